import { describe, expect, it } from "vitest";
import {
  durationBetween,
  formatCountdown,
  formatDate,
  formatDateTime,
  formatExactTime,
  formatExamTime,
  formatRecentTime,
} from "./dates.ts";

const NOON = Date.parse("2026-11-23T12:00:00Z");

describe("how long ago", () => {
  it.each([
    ["2026-11-23T11:59:18Z", { unit: "seconds", count: 42 }],
    ["2026-11-23T11:48:00Z", { unit: "minutes", count: 12 }],
    ["2026-11-23T10:18:00Z", { unit: "hours", count: 1, minutes: 42 }],
    ["2026-11-20T12:00:00Z", { unit: "days", count: 3 }],
  ])("of %s is one plain unit", (from, expected) => {
    expect(durationBetween(from, NOON)).toEqual(expected);
  });

  it("is never negative when the clocks differ", () => {
    expect(durationBetween("2026-11-23T12:00:30Z", NOON)).toEqual({
      unit: "seconds",
      count: 0,
    });
  });
});

describe("dates", () => {
  it("follow the language", () => {
    expect(formatDateTime("2026-11-23T02:12:00Z", "en", "Asia/Bangkok")).toBe(
      "23 Nov 2026, 09:12",
    );
    expect(formatDateTime("2026-11-03T02:12:00Z", "vi", "Asia/Bangkok")).toBe(
      "09:12 03/11/2026",
    );
    expect(formatExactTime("2026-11-03T02:12:07Z", "vi", "Asia/Bangkok")).toBe(
      "09:12:07 03/11/2026",
    );
    expect(formatDate("2026-11-03", "vi", "America/Los_Angeles")).toBe(
      "03/11/2026",
    );
  });

  it("of today are a time by the clock, others have their day", () => {
    const now = Date.parse("2026-11-23T16:30:00Z");
    const at = (iso: string, locale: "en" | "vi") =>
      formatRecentTime(iso, locale, now, "Asia/Bangkok");
    expect(at("2026-11-23T07:02:00Z", "en")).toBe("14:02");
    expect(at("2026-11-23T07:02:00Z", "vi")).toBe("14:02");
    // Before midnight there, on the same day by Greenwich.
    expect(at("2026-11-22T16:59:00Z", "en")).toBe("22 Nov 2026, 23:59");
    expect(at("2026-11-22T17:00:00Z", "en")).toBe("00:00");
  });

  it("keep a birthday on its day in every time zone", () => {
    expect(formatDate("1963-04-01", "en", "America/Los_Angeles")).toBe(
      "1 Apr 1963",
    );
  });
});

describe("when a film was taken", () => {
  const studyDate = "2026-11-03";

  it("is the clock on the wall there, in every time zone", () => {
    expect(formatExamTime({ studyDate, studyTime: "09:12:00" }, "en")).toBe(
      "3 Nov 2026, 09:12",
    );
  });

  it("is a day alone where the time is unknown, never midnight", () => {
    expect(formatExamTime({ studyDate, studyTime: null }, "en")).toBe(
      "3 Nov 2026",
    );
    expect(formatExamTime({ studyDate }, "vi")).toBe("03/11/2026");
  });

  it("is nothing where the day is unknown", () => {
    expect(formatExamTime({ studyTime: "09:12:00" }, "en")).toBeNull();
  });
});

describe("the time left on a claim", () => {
  it("counts down in minutes and seconds", () => {
    expect(formatCountdown("2026-11-23T12:08:41Z", NOON)).toBe("8:41");
    expect(formatCountdown("2026-11-23T12:00:05Z", NOON)).toBe("0:05");
  });

  it("is over at zero", () => {
    expect(formatCountdown("2026-11-23T12:00:00Z", NOON)).toBeNull();
  });
});
