import { describe, expect, it } from "vitest";
import { measureOf } from "./mark-measures.ts";
import { areaOf, outlineOf } from "./mark-shapes.ts";

describe("the polygon of a region", () => {
  it("is the outline as drawn, an ellipse's within half a per cent", () => {
    const frame = { x: 10, y: 20, width: 60, height: 40 };
    const points = [10, 20, 70, 60];
    const ellipse = outlineOf({ kind: "ELLIPSE", points, ...frame });
    expect(ellipse).toHaveLength(72);
    const exact = Math.PI * 30 * 20;
    expect(Math.abs(areaOf(ellipse ?? []) / exact - 1)).toBeLessThan(0.006);
    const drawn = [0, 0, 4, 0, 4, 3];
    expect(outlineOf({ kind: "FREEHAND", points: drawn, ...frame })).toEqual(
      drawn,
    );
    expect(areaOf(drawn)).toBe(6);
    expect(outlineOf({ kind: "BOX", points, ...frame })).toBeNull();
    expect(outlineOf({ kind: "RULER", points, ...frame })).toBeNull();
  });
});

describe("what a mark measures", () => {
  it("is millimetres by the spacing of rows and columns, else pixels", () => {
    const ruler = { kind: "RULER", points: [0, 0, 30, 40] } as const;
    expect(measureOf(ruler, [])).toEqual({
      kind: "RULER",
      value: 50,
      unit: "px",
    });
    // 30 columns of 0.2 mm are 6 mm, 40 rows of 0.1 mm are 4 mm
    expect(measureOf(ruler, [0.1, 0.2])).toMatchObject({
      value: Math.hypot(6, 4),
      unit: "mm",
    });
  });

  it("is an angle that pixels of two lengths do not bend", () => {
    const right = { kind: "ANGLE", points: [10, 0, 0, 0, 0, 10] } as const;
    expect(measureOf(right, [])?.value).toBeCloseTo(90, 9);
    const half = { kind: "ANGLE", points: [10, 0, 0, 0, 10, 10] } as const;
    expect(measureOf(half, [])?.value).toBeCloseTo(45, 9);
    // rows twice as far apart as columns: atan(2)
    expect(measureOf(half, [0.2, 0.1])?.value).toBeCloseTo(63.4349, 4);
    const flat = { kind: "ANGLE", points: [-1, 0, 0, 0, 1, -1e-9] } as const;
    expect(measureOf(flat, [])?.value).toBeCloseTo(180, 5);
  });

  it("is heart by chest, and nothing for a chest without width", () => {
    const points = [30, 50, 80, 50, 5, 60, 105, 60];
    expect(measureOf({ kind: "RATIO", points }, [])?.value).toBe(0.5);
    const empty = [30, 50, 80, 50, 5, 60, 5, 60];
    expect(measureOf({ kind: "RATIO", points: empty }, [])?.value).toBeNull();
    expect(measureOf({ kind: "BOX", points }, [])).toBeNull();
  });
});
