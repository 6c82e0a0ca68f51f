import { describe, expect, it } from "vitest";
import { createFilmSpace, frameOf, isFitted } from "./film-space.ts";

const film = {
  id: "film",
  width: 2000,
  height: 2500,
  pixels: new Uint16Array(0),
  maxValue: 4095,
  window: { center: 2048, width: 4096 },
  windowShape: "linear" as const,
  lies: { turns: 0, flipped: false } as const,
  pixelSpacing: [0.2, 0.1] as const,
};

/** Draws world (0, 0) at canvas (10, 20), 5 CSS pixels a world unit. */
const viewport = {
  worldToCanvas: ([x, y]: readonly number[]): [number, number] => [
    10 + 5 * (x ?? 0),
    20 + 5 * (y ?? 0),
  ],
};

describe("film coordinates in Cornerstone's world", () => {
  it("start half a pixel before the world's origin on the WebGL path", () => {
    const space = createFilmSpace(viewport, film, "gpu");
    // rows are 0.2 mm apart (y), columns 0.1 mm (x): half of each
    expect(space.toWorld({ x: 0, y: 0 })).toEqual([-0.05, -0.1, 0]);
  });

  it("start at the world's origin on the processor path", () => {
    const space = createFilmSpace(viewport, film, "cpu");
    expect(space.toWorld({ x: 0, y: 0 })).toEqual([0, 0, 0]);
    expect(space.toWorld({ x: 100, y: 100 })).toEqual([10, 20, 0]);
  });

  it("count pixels where the spacing is unknown", () => {
    const space = createFilmSpace(
      viewport,
      { ...film, pixelSpacing: null },
      "cpu",
    );
    expect(space.toWorld({ x: 7, y: 9 })).toEqual([7, 9, 0]);
  });

  it("give the transform of the film on the canvas", () => {
    const transform = createFilmSpace(viewport, film, "cpu").transform();
    // 5 px a mm: columns 0.1 mm apart make 0.5 px, rows 0.2 mm make 1 px
    expect(transform?.scaleX).toBeCloseTo(0.5, 9);
    expect(transform?.scaleY).toBeCloseTo(1, 9);
    expect(transform).toMatchObject({ offsetX: 10, offsetY: 20 });
  });
});

describe("whether a film is fitted", () => {
  const canvas = { width: 900, height: 500 };

  it("knows a film that fills the height and is centred", () => {
    const fitted = { scaleX: 0.2, scaleY: 0.2, offsetX: 250, offsetY: 0 };
    expect(isFitted(fitted, film, canvas)).toBe(true);
  });

  it("knows one that was moved or zoomed", () => {
    const moved = { scaleX: 0.2, scaleY: 0.2, offsetX: 240, offsetY: 0 };
    const zoomed = { scaleX: 0.4, scaleY: 0.4, offsetX: 50, offsetY: -250 };
    expect(isFitted(moved, film, canvas)).toBe(false);
    expect(isFitted(zoomed, film, canvas)).toBe(false);
  });
});

describe("the part of a film that is shown", () => {
  const canvas = { width: 800, height: 500 };

  it("is all of it, around its middle, when the film fits", () => {
    // 2500 rows on 500 px: 0.2, and 400 px wide in the middle of 800
    const view = { scaleX: 0.2, scaleY: 0.2, offsetX: 200, offsetY: 0 };
    const frame = frameOf(view, film, canvas);
    expect(frame.zoom).toBeCloseTo(1, 9);
    expect(frame.x).toBeCloseTo(0.5, 9);
    expect(frame.y).toBeCloseTo(0.5, 9);
  });

  it("is the same for a film of another size, zoomed to the same place", () => {
    const small = { width: 500, height: 625 };
    const big = { scaleX: 0.6, scaleY: 0.6, offsetX: 100, offsetY: -400 };
    const same = { ...big, scaleX: 2.4, scaleY: 2.4 };
    const one = frameOf(big, film, canvas);
    const other = frameOf(same, small, canvas);
    expect(one.zoom).toBeCloseTo(3, 9);
    expect(other.zoom).toBeCloseTo(one.zoom, 9);
    expect(other.x).toBeCloseTo(one.x, 9);
    expect(other.y).toBeCloseTo(one.y, 9);
  });
});
