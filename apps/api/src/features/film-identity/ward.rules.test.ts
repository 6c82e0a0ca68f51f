import { describe, expect, it } from "vitest";
import { isOnWard, isWardName } from "./ward.rules.ts";

describe("a ward", () => {
  it.each([
    ["ICU", "ICU", true],
    ["icu", "ICU^3^12", true],
    ["ICU 3", "ICU^3^12", true],
    ["ICU 4", "ICU^3^12", false],
    ["ICU", "ICUX", false],
    ["ICU", "Old ICU", false],
    ["Cấp cứu", "CAP CUU - giuong 4", true],
    ["Đẻ", "DE 2", true],
    ["ICU 3", "ICU", false],
    ["ICU", "", false],
    ["ICU", null, false],
    ["-", "anything", false],
  ])("%s asked for, %s there: %s", (asked, there, is) => {
    expect(isOnWard(asked, there)).toBe(is);
  });

  it("has a word or a number", () => {
    expect(isWardName("3A")).toBe(true);
    expect(isWardName(" ^ ")).toBe(false);
  });
});
