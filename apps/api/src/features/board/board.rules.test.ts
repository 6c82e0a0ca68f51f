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

  it("has a row for a moment at which nothing waited", () => {
    const counts = [{ at: NOW, urgency: "SOON" as const, count: 3 }];
    const earlier = new Date("2026-03-02T09:00:00.000Z");
    expect(byMoment([earlier, NOW], counts)).toEqual([
      { at: earlier, critical: 0, urgent: 0, soon: 0, routine: 0 },
      { at: NOW, critical: 0, urgent: 0, soon: 3, routine: 0 },
    ]);
  });
});
