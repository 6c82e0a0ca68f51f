import { describe, expect, it } from "vitest";
import { nextCase } from "./next-case.ts";

const row = (id: string, viewerCanClaim = true) => ({ id, viewerCanClaim });
const list = [row("a"), row("b"), row("c", false), row("d")];

describe("the next case to read", () => {
  it("is the next in the list that nobody reads", () => {
    expect(nextCase(list, "b", 1, true)?.id).toBe("d");
  });

  it("begins again at the top after the last", () => {
    expect(nextCase(list, "d", 3, true)?.id).toBe("a");
  });

  it("stands where the current one stood when that has left the list", () => {
    const signed = [row("a"), row("c"), row("d")];
    expect(nextCase(signed, "b", 1, true)?.id).toBe("c");
  });

  it("is the first for a case that never was in the list", () => {
    expect(nextCase(list, "x", null, true)?.id).toBe("a");
  });

  it("is simply the next for somebody who does not read", () => {
    expect(nextCase(list, "b", 1, false)?.id).toBe("c");
  });

  it("is never the current one, and nothing when nothing is left", () => {
    expect(nextCase([row("a"), row("b", false)], "a", 0, true)).toBeNull();
    expect(nextCase([], "a", 0, true)).toBeNull();
  });
});
