import { describe, expect, it } from "vitest";
import { greyPixels, paintFilm } from "./paint-film.ts";

const film = {
  width: 2,
  height: 2,
  pixels: Uint16Array.of(0, 100, 200, 40),
};
/** Each value is its own grey. */
const greys = greyPixels(
  Uint8ClampedArray.from({ length: 256 }, (_, at) => at),
);

/** The greys of a painted canvas, row by row. */
function painted(
  view: { scale: number; offsetX?: number; offsetY?: number },
  width: number,
  height: number,
  of = film,
): number[] {
  const pixels = new Uint32Array(width * height).fill(0x12345678);
  const { scale, offsetX = 0, offsetY = 0 } = view;
  const transform = { scaleX: scale, scaleY: scale, offsetX, offsetY };
  paintFilm(of, greys, transform, { width, height, pixels });
  // Opaque, and as red as it is blue.
  for (const pixel of pixels) expect(pixel >>> 24).toBe(255);
  return [...pixels].map((pixel) => pixel & 0xff);
}

describe("a film painted on a canvas", () => {
  it("is itself at one to one", () => {
    expect(painted({ scale: 1 }, 2, 2)).toEqual([0, 100, 200, 40]);
  });

  it("lies where it is put, black beside it", () => {
    expect(painted({ scale: 1, offsetX: 1 }, 4, 3)).toEqual([
      ...[0, 0, 100, 0],
      ...[0, 200, 40, 0],
      ...[0, 0, 0, 0],
    ]);
    expect(painted({ scale: 1, offsetX: -1, offsetY: -1 }, 2, 2)).toEqual([
      ...[40, 0],
      ...[0, 0],
    ]);
  });

  it("has straight lines between the middles of its pixels", () => {
    // Middles of canvas pixels at -0.25, 0.25, 0.75 and 1.25 of the film.
    expect(painted({ scale: 2 }, 4, 1)).toEqual([0, 25, 75, 100]);
  });

  it("is the mean of its pixels where it is small", () => {
    expect(painted({ scale: 0.5 }, 1, 1)).toEqual([85]);
  });

  it("is painted to its own edge, of odd size and beyond the screen's", () => {
    const row = { width: 3, height: 1, pixels: Uint16Array.of(10, 20, 40) };
    expect(painted({ scale: 0.5, offsetX: 0.5 }, 3, 1, row)).toHaveLength(3);
    expect(painted({ scale: 1, offsetX: -9 }, 2, 1, row)).toEqual([0, 0]);
    expect(painted({ scale: 1, offsetX: 9 }, 2, 1, row)).toEqual([0, 0]);
  });

  it("keeps sixteen bits until it is windowed", () => {
    const deep = { width: 2, height: 1, pixels: Uint16Array.of(65_535, 0) };
    const last = new Uint32Array(65_536);
    last[65_535] = 0xffffffff;
    const pixels = new Uint32Array(2);
    paintFilm(
      deep,
      last,
      { scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 },
      { width: 2, height: 1, pixels },
    );
    expect([...pixels]).toEqual([0xffffffff, 0]);
  });
});
