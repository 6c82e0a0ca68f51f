import { describe, expect, it } from "vitest";
import { isStrayTap } from "./stray-tap.ts";

describe("what falls on a dialog that has just opened", () => {
  const tap = { detail: 1, timeStamp: 1_200, pointerType: "touch" };

  it("is no answer when it is a second tap or click", () => {
    expect(isStrayTap(tap, 1_000)).toBe(true);
    const click = { detail: 2, timeStamp: 1_200, pointerType: "mouse" };
    expect(isStrayTap(click, 1_000)).toBe(true);
  });

  it("is one by key, by a click of its own, and later by a finger", () => {
    expect(isStrayTap({ detail: 0, timeStamp: 1_010 }, 1_000)).toBe(false);
    expect(isStrayTap({ ...tap, pointerType: "mouse" }, 1_000)).toBe(false);
    expect(isStrayTap({ ...tap, timeStamp: 1_600 }, 1_000)).toBe(false);
  });
});
