import { describe, expect, it } from "vitest";
import { labelPlaces } from "./label-places.ts";

const box = (x: number, y: number, label: string) => ({
  at: { x, y, width: 100, height: 100 },
  label,
});

describe("labels of boxes", () => {
  it("stand above their box, inside it at the film's upper edge", () => {
    const places = labelPlaces([
      box(10, 50, "Pneumonia"),
      box(300, 4, "Nodule"),
    ]);
    expect(places).toEqual([
      { x: 11, y: 45 },
      { x: 301, y: 17 },
    ]);
  });

  it("never lie over each other, however many boxes begin at one place", () => {
    const places = labelPlaces(
      ["Pneumonia 96 %", "Effusion 34 %", "Nodule 20 %"].map((label, n) =>
        box(50 + n, 100 + 2 * n, label),
      ),
    );
    const lines = places.map(({ y }) => y).toSorted((a, b) => a - b);
    expect(lines[0]).toBe(95);
    expect((lines[1] ?? 0) - 95).toBeGreaterThanOrEqual(13);
    expect((lines[2] ?? 0) - (lines[1] ?? 0)).toBeGreaterThanOrEqual(13);
  });
});
