import { describe, expect, it } from "vitest";
import { isQuiet } from "./quiet-hours.ts";

const at = (hour: number, minute = 0) => new Date(2026, 2, 2, hour, minute);

describe("quiet hours", () => {
  it("go over midnight where they end before they begin", () => {
    const night = { fromMinute: 22 * 60, toMinute: 6 * 60 };
    expect(isQuiet(night, at(22))).toBe(true);
    expect(isQuiet(night, at(3))).toBe(true);
    expect(isQuiet(night, at(6))).toBe(false);
    expect(isQuiet(night, at(21, 59))).toBe(false);
  });

  it("lie within a day otherwise, and nowhere without any", () => {
    const noon = { fromMinute: 12 * 60, toMinute: 13 * 60 };
    expect(isQuiet(noon, at(12))).toBe(true);
    expect(isQuiet(noon, at(13))).toBe(false);
    expect(isQuiet(null, at(12))).toBe(false);
  });
});
