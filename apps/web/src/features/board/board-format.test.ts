import { describe, expect, it } from "vitest";
import { minutesBetween, worstWait } from "./board-format.ts";

const asOf = "2026-03-02T09:00:00.000Z";
const klass = (
  urgency: "CRITICAL" | "URGENT",
  ceilingMinutes: number,
  oldestSince: string | null,
) => ({ urgency, waiting: 1, overdue: 0, ceilingMinutes, oldestSince });

describe("the board's numbers", () => {
  it("counts whole minutes and none before", () => {
    expect(minutesBetween("2026-03-02T08:58:01.000Z", asOf)).toBe(1);
    expect(minutesBetween("2026-03-02T09:00:05.000Z", asOf)).toBe(0);
  });

  it("shows the wait that has used most of its ceiling, not the longest", () => {
    const classes = [
      klass("CRITICAL", 15, "2026-03-02T08:50:00.000Z"),
      klass("URGENT", 120, "2026-03-02T08:00:00.000Z"),
    ];
    expect(worstWait({ classes, asOf })).toEqual({
      minutes: 10,
      ceilingMinutes: 15,
      isOverdue: false,
    });
  });

  it("says when the ceiling is reached, and nothing where nothing waits", () => {
    const reached = [klass("CRITICAL", 15, "2026-03-02T08:45:00.000Z")];
    expect(worstWait({ classes: reached, asOf })?.isOverdue).toBe(true);
    const none = [klass("CRITICAL", 15, null)];
    expect(worstWait({ classes: none, asOf })).toBeNull();
  });
});
