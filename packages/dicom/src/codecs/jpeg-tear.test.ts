import { describe, expect, it } from "vitest";

import { findTear } from "./jpeg-tear.ts";

const COLUMNS = 40;
const ROWS = 30;

/** Block means in grey levels times eight, with slopes and a little texture. */
function map(extra: (x: number, y: number) => number) {
  const values = Float64Array.from({ length: COLUMNS * ROWS }, (_, i) => {
    const x = i % COLUMNS;
    const y = Math.trunc(i / COLUMNS);
    return 8 * (x + y / 2 + ((x * 5 + y * 3) % 4) + extra(x, y));
  });
  return { columns: COLUMNS, rows: ROWS, values };
}

const after = (column: number, row: number, step: number) =>
  map((x, y) => (y > row || (y === row && x >= column) ? step : 0));

describe("a tear in the order of the scan", () => {
  it("is found in the middle of a row", () => {
    expect(findTear(after(17, 12, 30))).toContain("row 96");
    expect(findTear(after(17, 12, -30))).toContain("row 96");
  });

  it("is not seen in a whole film", () => {
    expect(findTear(map(() => 0))).toBeNull();
  });

  it("is not seen in a border across the film", () => {
    expect(findTear(map((_, y) => (y >= 12 ? 60 : 0)))).toBeNull();
  });

  it("is not seen in a slanting edge", () => {
    expect(findTear(map((x, y) => (y > 8 + x / 4 ? 60 : 0)))).toBeNull();
  });
});
