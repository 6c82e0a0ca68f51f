import { describe, expect, it } from "vitest";
import { inTwoColumns } from "./two-columns.ts";

const columns = (...heights: number[]) =>
  inTwoColumns(heights, (height) => height);

describe("two columns", () => {
  it("come out as even as whole groups allow", () => {
    expect(columns(4, 8, 6, 30, 9)).toEqual([[4, 8, 6, 9], [30]]);
    expect(columns(5, 5, 5, 5)).toEqual([
      [5, 5],
      [5, 5],
    ]);
  });

  it("keep the order, and the first group in the first column", () => {
    expect(columns(30, 4, 8, 6, 9)).toEqual([[30], [4, 8, 6, 9]]);
    expect(columns(1, 2, 3)).toEqual([[1, 2], [3]]);
  });

  it("are one where there is one group, and none without any", () => {
    expect(columns(7)).toEqual([[7]]);
    expect(columns()).toEqual([]);
  });
});
