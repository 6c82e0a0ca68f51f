import { describe, expect, it } from "vitest";
import { rangeOf } from "./value-range.ts";

describe("the range of a film's values", () => {
  it("is that of all of a small one", () => {
    expect(rangeOf(Uint16Array.of(12, 4, 900, 4))).toBe(896);
    expect(rangeOf(Uint16Array.of(7))).toBe(0);
    expect(rangeOf(new Uint16Array())).toBe(0);
  });

  it("is that of a part of a large one", () => {
    const values = new Uint16Array(3_000_000).map((_, at) => at >> 6);
    expect(rangeOf(values)).toBe(values.at(-1));
  });
});
