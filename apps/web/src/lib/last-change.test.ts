import { beforeEach, describe, expect, it, vi } from "vitest";
import { hasJustChanged, noteChange } from "./last-change.ts";

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});

describe("the last change of a tab", () => {
  it("is just made for five seconds", () => {
    noteChange(100_000);
    expect(hasJustChanged(100_900)).toBe(true);
    expect(hasJustChanged(105_000)).toBe(false);
  });

  it("was not made where nothing was changed", () => {
    expect(hasJustChanged(100_000)).toBe(false);
  });
});
