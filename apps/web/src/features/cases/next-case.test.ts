import { describe, expect, it } from "vitest";
import { nextToRead } from "./next-case.ts";

const row = (id: string, viewerCanClaim = true) => ({ id, viewerCanClaim });
const list = [row("a"), row("b"), row("c", false), row("d")];

describe("the next case to read", () => {
  it("is the next in the list that nobody reads", () => {
    expect(nextToRead(list, "b", 1)?.id).toBe("d");
  });

  it("begins again at the top after the last", () => {
    expect(nextToRead(list, "d", 3)?.id).toBe("a");
  });

  it("stands where the current one stood when that has left the list", () => {
    const signed = [row("a"), row("c"), row("d")];
    expect(nextToRead(signed, "b", 1)?.id).toBe("c");
  });

  it("is the first for a case that never was in the list", () => {
    expect(nextToRead(list, "x", null)?.id).toBe("a");
  });

  it("is never the current one, and nothing when nothing is left", () => {
    expect(nextToRead([row("a"), row("b", false)], "a", 0)).toBeNull();
    expect(nextToRead([], "a", 0)).toBeNull();
  });
});
