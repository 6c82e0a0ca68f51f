import { describe, expect, it } from "vitest";
import {
  barPosition,
  formatCount,
  formatInterval,
  formatProbability,
  patientAge,
} from "./triage-format.ts";

const plain = (text: string) => text.replaceAll("\u202f", " ");

describe("a probability", () => {
  it("has at most two digits", () => {
    expect(plain(formatProbability(0.8249))).toBe("82 %");
    expect(plain(formatProbability(0.075))).toBe("8 %");
  });

  it("is never certain", () => {
    expect(plain(formatProbability(0.9999))).toBe("> 99 %");
    expect(plain(formatProbability(0.0001))).toBe("< 1 %");
  });

  it("carries its interval", () => {
    expect(formatInterval(0.741, 0.884)).toBe("74–88");
  });

  it("stays on its bar", () => {
    expect(barPosition(0.5)).toBe(50);
    expect(barPosition(1.2)).toBe(100);
    expect(barPosition(-0.1)).toBe(0);
  });
});

describe("an age", () => {
  const now = Date.parse("2026-11-23T00:00:00Z");

  it("is in months for a small child", () => {
    expect(patientAge(0.5, null, now)).toEqual({ unit: "months", count: 6 });
  });

  it("is taken from the examination before the birth date", () => {
    expect(patientAge(63, "2000-01-01", now)).toEqual({
      unit: "years",
      count: 63,
    });
  });

  it("is worked out from the birth date otherwise", () => {
    expect(patientAge(null, "1963-11-24", now)).toEqual({
      unit: "years",
      count: 62,
    });
  });

  it("is not made up", () => {
    expect(patientAge(null, null, now)).toBeNull();
  });
});

describe("a count", () => {
  it("is grouped as the language does", () => {
    expect(formatCount(12345, "en")).toBe("12,345");
    expect(formatCount(12345, "vi")).toBe("12.345");
  });

  it("says when it goes on", () => {
    expect(formatCount(1000, "en", true)).toBe("1,000+");
  });
});
