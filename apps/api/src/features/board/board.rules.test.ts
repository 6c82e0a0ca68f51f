import { describe, expect, it } from "vitest";
import { byMoment, hourSpans, momentsOf } from "./board.rules.ts";

const NOW = new Date("2026-03-02T09:20:00.000Z");

describe("the board's time line", () => {
  it("is 24 full hours and the one that runs, each beginning where the last ends", () => {
    const hours = hourSpans(NOW);
    expect(hours).toHaveLength(25);
    expect(hours[0]?.from.toISOString()).toBe("2026-03-01T09:00:00.000Z");
    expect(hours.at(-1)).toEqual({
      from: new Date("2026-03-02T09:00:00.000Z"),
      to: new Date("2026-03-02T10:00:00.000Z"),
    });
    hours.slice(1).forEach(({ from }, at) => {
      expect(from).toEqual(hours[at]?.to);
    });
  });

  it("ends now, named once where now is a full hour", () => {
    expect(momentsOf(hourSpans(NOW), NOW)).toHaveLength(26);
    const full = new Date("2026-03-02T09:00:00.000Z");
    expect(momentsOf(hourSpans(full), full)).toHaveLength(25);
  });

  it("counts what came less what was signed, moment by moment", () => {
    const moments = [1, 2, 3].map((hour) => new Date(hour * 3_600_000));
    const urgency = "SOON" as const;
    const waited = byMoment(moments, {
      arrived: [
        { urgency, place: 0, count: 3 },
        { urgency, place: 2, count: 1 },
        { urgency: "CRITICAL", place: 1, count: 1 },
        // Came after the last moment.
        { urgency, place: 3, count: 9 },
      ],
      signed: [{ urgency, place: 1, count: 2 }],
    });
    expect(waited.map(({ soon }) => soon)).toEqual([3, 1, 2]);
    expect(waited.map(({ critical }) => critical)).toEqual([0, 1, 1]);
    expect(waited.map(({ at }) => at)).toEqual(moments);
  });
});
