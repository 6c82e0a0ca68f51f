import { describe, expect, it } from "vitest";
import { measureOf, movedBy, onFilm, pathOf, toPoints } from "./shape.ts";

const film = { width: 100, height: 80 };

describe("what a shape measures", () => {
  it("a ruler: millimetres by the spacing, else pixels", () => {
    const ruler = { kind: "RULER", points: [0, 0, 30, 40] } as const;
    expect(measureOf(ruler, null)).toEqual({
      kind: "RULER",
      value: 50,
      unit: "px",
    });
    // 30 columns of 0.2 mm are 6 mm, 40 rows of 0.1 mm are 4 mm
    expect(measureOf(ruler, [0.1, 0.2])?.value).toBe(Math.hypot(6, 4));
  });

  it("an angle, also across the turn of the circle", () => {
    const right = { kind: "ANGLE", points: [10, 0, 0, 0, 0, 10] } as const;
    expect(measureOf(right, null)?.value).toBeCloseTo(90, 9);
    const across = { kind: "ANGLE", points: [-10, 1, 0, 0, -10, -1] } as const;
    // twice atan(0.1)
    expect(measureOf(across, null)?.value).toBeCloseTo(11.4212, 4);
  });

  it("a ratio: heart by chest, none without a chest", () => {
    const ratio = (chest: number) => ({
      kind: "RATIO" as const,
      points: [20, 10, 65, 10, 5, 20, 5 + chest, 20],
    });
    expect(measureOf(ratio(90), null)?.value).toBe(0.5);
    expect(measureOf(ratio(0), null)?.value).toBeNull();
    expect(measureOf({ kind: "BOX", points: [0, 0, 1, 1] }, null)).toBeNull();
  });
});

describe("a point of a shape", () => {
  it("stays on the film and is kept to a hundredth of a pixel", () => {
    expect(onFilm({ x: -3, y: 90 }, film)).toEqual({ x: 0, y: 80 });
    expect(onFilm({ x: 1.23456, y: 7 }, film)).toEqual({ x: 1.23, y: 7 });
  });

  it("moves with its shape, which keeps its form at the edge", () => {
    expect(movedBy([10, 10, 30, 20], { x: 5, y: -4 }, film)).toEqual([
      15, 6, 35, 16,
    ]);
    expect(movedBy([10, 10, 30, 20], { x: 900, y: -900 }, film)).toEqual([
      80, 0, 100, 10,
    ]);
  });
});

describe("the path of a shape", () => {
  it("is drawn as far as there are points", () => {
    const path = (kind: Parameters<typeof pathOf>[0], points: number[]) =>
      pathOf(kind, toPoints(points));
    expect(path("BOX", [1, 2, 5, 9])).toBe("M1 2H5V9H1Z");
    expect(path("ELLIPSE", [5, 9, 1, 3])).toBe(
      "M1 6a2 3 0 1 0 4 0a2 3 0 1 0 -4 0Z",
    );
    expect(path("FREEHAND", [1, 1, 2, 2, 3, 1])).toBe("M1 1L2 2L3 1Z");
    expect(path("RATIO", [1, 1, 2, 1, 0, 3, 4, 3])).toBe("M1 1L2 1M0 3L4 3");
    expect(path("BOX", [1, 2])).toBe("M1 2");
    expect(path("ANGLE", [])).toBe("");
  });
});
