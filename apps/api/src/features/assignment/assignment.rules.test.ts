import { describe, expect, it } from "vitest";
import type { AssignmentRule } from "../policies/policy-document.ts";
import {
  isWithin,
  leastLoaded,
  minuteOfDay,
  rulesFor,
} from "./assignment.rules.ts";

const rule = (name: string, rest: Partial<AssignmentRule> = {}) => ({
  name,
  fromMinute: null,
  toMinute: null,
  bodyParts: [],
  modalities: [],
  readerId: null,
  poolId: "pool",
  leastLoaded: false,
  ...rest,
});
// 22:30 in Hanoi, which keeps UTC+7 all year.
const arrivedAt = new Date("2026-03-02T15:30:00Z");
const ZONE = "Asia/Ho_Chi_Minh";
const facts = { arrivedAt, bodyParts: ["chest "], modality: "DX" };
const names = (rules: AssignmentRule[], of = facts) =>
  rulesFor(rules, of, ZONE).map(({ name }) => name);

describe("the rules of assignment", () => {
  it("count hours by the clock on the site's wall, over midnight too", () => {
    expect(minuteOfDay(arrivedAt, ZONE)).toBe(22 * 60 + 30);
    expect(minuteOfDay(new Date("2026-03-02T17:00:00Z"), ZONE)).toBe(0);
    const night = { fromMinute: 22 * 60, toMinute: 6 * 60 };
    const day = { fromMinute: 6 * 60, toMinute: 22 * 60 };
    expect(isWithin(night, 22 * 60)).toBe(true);
    expect(isWithin(night, 5 * 60 + 59)).toBe(true);
    expect(isWithin(night, 6 * 60)).toBe(false);
    expect(isWithin(day, 6 * 60)).toBe(true);
    expect(isWithin(day, 22 * 60)).toBe(false);
    expect(names([rule("day", day), rule("night", night)])).toEqual(["night"]);
  });

  it("fit by body part and modality, whatever their case, all in order", () => {
    const rules = [
      rule("hand", { bodyParts: ["HAND"] }),
      rule("chest", { bodyParts: ["HAND", "CHEST"] }),
      rule("computed", { modalities: ["CR"] }),
      rule("direct", { modalities: ["dx"] }),
      rule("all"),
    ];
    expect(names(rules)).toEqual(["chest", "direct", "all"]);
    expect(names(rules, { ...facts, bodyParts: [] })).toEqual([
      "direct",
      "all",
    ]);
  });

  it("find who has least to do, waiting and being read together", () => {
    const loads = new Map([
      ["a", { waiting: 2, reading: 1 }],
      ["b", { waiting: 1, reading: 1 }],
      ["c", { waiting: 0, reading: 2 }],
    ]);
    expect(leastLoaded(loads)).toBe("b");
    expect(leastLoaded(new Map())).toBeNull();
  });
});
