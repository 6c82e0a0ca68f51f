import { describe, expect, it } from "vitest";

import type { ActivationMap } from "../types.ts";
import { activationAt, activationMap, enlarge } from "./activation-map.ts";
import { boxesOf } from "./boxes.ts";

const rule = { relative: 0.5, absolute: 0.1, minArea: 0, most: 5 };

function map(values: number[], side: number): ActivationMap {
  return {
    finding: "pneumonia",
    width: side,
    height: side,
    values: Float32Array.from(values),
    rect: { x: 100, y: 50, width: 400, height: 200 },
  };
}

describe("activationMap", () => {
  it("is never negative, whatever the logits", () => {
    const rect = { x: 0, y: 0, width: 8, height: 8 };
    const made = activationMap(
      "pneumonia",
      Float32Array.of(-50, -1, 0, 3),
      2,
      rect,
    );
    expect(Array.from(made.values).every((v) => v >= 0 && v <= 1)).toBe(true);
    // The logistic function of 0 is one half.
    expect(made.values[2]).toBeCloseTo(0.5, 6);
  });

  it("enlarges between cell centres without leaving their range", () => {
    // Two columns, 0 and 1, four times finer: eight columns whose centres lie
    // at −3/8, −1/8, 1/8, … cells from the first centre: 0, 0, 1/8, 3/8, …
    const fine = enlarge(map([0, 1, 0, 1], 2), 4);
    const expected = [0, 0, 0.125, 0.375, 0.625, 0.875, 1, 1];
    expect(Array.from(fine.values.slice(0, 8))).toEqual(expected);
  });
});

describe("activationAt", () => {
  // Cells of 200 × 100 pixels over x 100…500, y 50…250.
  const half = map([0, 1, 0, 1], 2);

  it("is a cell's value at its centre and between two half way", () => {
    expect(activationAt(half, 200, 100)).toBe(0);
    expect(activationAt(half, 400, 100)).toBe(1);
    expect(activationAt(half, 300, 200)).toBe(0.5);
  });

  it("is 0 outside the rectangle of the map", () => {
    expect(activationAt(half, 501, 100)).toBe(0);
    expect(activationAt(half, 400, 49)).toBe(0);
  });
});

describe("boxesOf", () => {
  it("finds nothing on a map without any activation", () => {
    expect(boxesOf(map(Array<number>(16).fill(0), 4), rule)).toEqual([]);
  });

  it("gives the box in the pixels of the source film", () => {
    const values = Array<number>(16).fill(0);
    values[5] = 1; // second row, second column of four
    const [box, ...rest] = boxesOf(map(values, 4), rule);
    expect(rest).toEqual([]);
    // The cell covers x 200…300 and y 100…150; between centres the map falls
    // to one half at its borders, so the region is the cell itself.
    expect(box?.x).toBe(200);
    expect(box?.y).toBe(100);
    expect(box?.width).toBe(100);
    expect(box?.height).toBe(50);
    expect(box?.score).toBeGreaterThan(0.5);
  });

  it("keeps regions apart that only touch at a corner, strongest first", () => {
    const values = Array<number>(36).fill(0);
    values[0] = 0.7;
    values[35] = 1;
    const boxes = boxesOf(map(values, 6), rule);
    expect(boxes).toHaveLength(2);
    expect(boxes[0]?.score).toBeGreaterThan(boxes[1]?.score ?? 1);
    expect(boxes[1]?.x).toBe(100);
  });

  it("drops regions smaller than the rule's least area", () => {
    const values = Array<number>(16).fill(0);
    values[5] = 1;
    // One cell of sixteen is 6.25 % of the film.
    expect(boxesOf(map(values, 4), { ...rule, minArea: 0.1 })).toEqual([]);
  });
});
