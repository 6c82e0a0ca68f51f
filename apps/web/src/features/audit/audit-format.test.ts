import { describe, expect, it } from "vitest";
import { formatClock, groupByDay, nearDay } from "./audit-format.ts";

const at = (time: string) => ({ at: time });

describe("groupByDay", () => {
  const events = [
    at("2026-11-22T18:00:00Z"),
    at("2026-11-22T17:00:00Z"),
    at("2026-11-22T16:59:59Z"),
  ];

  it("draws the line at the reader's midnight", () => {
    const days = groupByDay(events, "Asia/Ho_Chi_Minh");
    expect(days.map((day) => [day.key, day.events.length])).toEqual([
      ["2026-11-23", 2],
      ["2026-11-22", 1],
    ]);
  });

  it("keeps one day together", () => {
    expect(groupByDay(events, "UTC")).toEqual([{ key: "2026-11-22", events }]);
    expect(groupByDay([])).toEqual([]);
  });
});

describe("nearDay", () => {
  it("knows today and yesterday on the reader's calendar", () => {
    // 01:00 on the 23rd in Ho Chi Minh City
    const now = Date.parse("2026-11-22T18:00:00Z");
    expect(nearDay("2026-11-23", now, "Asia/Ho_Chi_Minh")).toBe("today");
    expect(nearDay("2026-11-22", now, "Asia/Ho_Chi_Minh")).toBe("yesterday");
    expect(nearDay("2026-11-21", now, "Asia/Ho_Chi_Minh")).toBeNull();
  });
});

describe("formatClock", () => {
  it("has 24 hours and seconds in both languages", () => {
    expect(formatClock("2026-11-23T14:05:09Z", "en", "UTC")).toBe("14:05:09");
    expect(formatClock("2026-11-23T14:05:09Z", "vi", "UTC")).toBe("14:05:09");
  });
});
