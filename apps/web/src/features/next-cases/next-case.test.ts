import { describe, expect, it } from "vitest";
import { nextCase } from "./next-case.ts";

const list = ["a", "b", "c", "d"].map((id) => ({ id }));

describe("the next case of a list", () => {
  it("is the one after the current", () => {
    expect(nextCase(list, "b", 1)?.id).toBe("c");
  });

  it("begins again at the top after the last", () => {
    expect(nextCase(list, "d", 3)?.id).toBe("a");
  });

  it("stands where the current one stood when that has left the list", () => {
    const left = list.filter(({ id }) => id !== "b");
    expect(nextCase(left, "b", 1)?.id).toBe("c");
  });

  it("is the first for a case that never was in the list", () => {
    expect(nextCase(list, "x", null)?.id).toBe("a");
  });

  it("is never the current one, and nothing when nothing is left", () => {
    expect(nextCase([{ id: "a" }], "a", 0)).toBeNull();
    expect(nextCase([], "a", 0)).toBeNull();
  });
});
