import { describe, expect, it } from "vitest";
import {
  clockOf,
  minuteOf,
  moved,
  newRule,
  readRule,
} from "./assignment-rule.ts";

describe("a rule of assignment being edited", () => {
  it("has hours as a clock says them", () => {
    expect(clockOf(0)).toBe("00:00");
    expect(clockOf(22 * 60 + 5)).toBe("22:05");
    expect(clockOf(null)).toBe("");
    expect(minuteOf("22:05")).toBe(22 * 60 + 5);
    expect(minuteOf("")).toBeNull();
  });

  it("moves by one place and not off the list", () => {
    const rules = [newRule("a"), newRule("b"), newRule("c")];
    const names = (list: typeof rules) => list.map(({ name }) => name).join("");
    expect(names(moved(rules, 0, 1))).toBe("bac");
    expect(names(moved(rules, 2, -1))).toBe("acb");
    expect(names(moved(rules, 0, -1))).toBe("abc");
    expect(names(moved(rules, 2, 1))).toBe("abc");
  });

  it("is read back as it was written down", () => {
    const rule = newRule("a");
    expect(readRule(JSON.stringify([3, rule]))).toEqual(rule);
    expect(readRule(null)).toBeNull();
  });
});
