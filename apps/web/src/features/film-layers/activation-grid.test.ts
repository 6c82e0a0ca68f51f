import { describe, expect, it } from "vitest";
import { paintActivations, resampleGrid } from "./activation-grid.ts";

describe("an activation map at another size", () => {
  it("is itself at its own size", () => {
    const values = [0, 0.25, 0.5, 1];
    const same = resampleGrid({ width: 2, height: 2, values }, 2, 2);
    expect([...same]).toEqual(values);
  });

  it("keeps an even map even, to the edges", () => {
    const values = new Array<number>(9).fill(0.5);
    const larger = resampleGrid({ width: 3, height: 3, values }, 30, 21);
    for (const value of larger) expect(value).toBeCloseTo(0.5, 5);
  });

  it("puts a cell's value in the middle of its area", () => {
    // Three cells over 9 samples: sample 4 lies in the middle of cell 1.
    const row = resampleGrid({ width: 3, height: 1, values: [0, 1, 0] }, 9, 1);
    expect(row[4]).toBeCloseTo(1, 5);
    expect(row.indexOf(Math.max(...row))).toBe(4);
  });

  it("follows the cubic between two cells", () => {
    // Keys' kernel half way between samples: (9 * (b + c) - (a + d)) / 16.
    // Cells 0, 0, 1, 1 over 8 samples: sample 3.5 would be half way, samples
    // 3 and 4 lie a quarter of a cell to either side of it. At distance 0.25
    // the weights are (from the kernel) -0.0703, 0.8672, 0.2266, -0.0234.
    const row = resampleGrid(
      { width: 4, height: 1, values: [0, 0, 1, 1] },
      8,
      1,
    );
    expect(row[3]).toBeCloseTo(0.2266 - 0.0234, 3);
    expect(row[4]).toBeCloseTo(1 - (0.2266 - 0.0234), 3);
  });

  it("never leaves 0…1, where the cubic would swing over", () => {
    const row = resampleGrid(
      { width: 4, height: 1, values: [0, 1, 1, 0] },
      64,
      1,
    );
    expect(Math.max(...row)).toBeLessThanOrEqual(1);
    expect(Math.min(...row)).toBeGreaterThanOrEqual(0);
  });
});

describe("painting activations", () => {
  it("leaves the film clear where there is no activation", () => {
    const rgba = paintActivations(Float32Array.from([0, 1]), "inferno");
    expect(rgba[3]).toBe(0);
    // inferno's last published entry, 252 255 164
    expect([...rgba.slice(4)]).toEqual([252, 255, 164, 255]);
  });
});
