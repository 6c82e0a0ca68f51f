import { describe, expect, it } from "vitest";

import { DEFAULT_FILM_LIMITS } from "./film-limits.ts";
import { rasterAspect } from "./pixel-shape.ts";
import { filmFromRaster } from "./raster-film.ts";

// What programs save of films as 16-bit PNG; values are worked out by hand.
const SIDE = 64;
const slope = (top: number): number[] =>
  Array.from({ length: SIDE * SIDE }, (_, i) =>
    Math.round((top * ((i % SIDE) + Math.trunc(i / SIDE))) / (2 * SIDE - 2)),
  );
const isEdge = (i: number): boolean => i % SIDE < 5 || i % SIDE >= SIDE - 5;

function grey(values: readonly number[], channels = 1, bits: 8 | 16 = 16) {
  const film = filmFromRaster(
    {
      width: SIDE,
      height: SIDE,
      channels,
      bits,
      samples: bits === 16 ? Uint16Array.from(values) : Uint8Array.from(values),
      damage: null,
      aspect: 1,
    },
    "png",
    DEFAULT_FILM_LIMITS,
  );
  return { pixels: [...film.pixels], maxValue: film.maxValue };
}

describe("the depth of a 16-bit picture", () => {
  it.each([
    [10, 1000],
    [12, 4000],
    [14, 16_000],
  ])("is the %i bits that it uses", (bits, top) => {
    expect(grey(slope(top))).toEqual({
      pixels: slope(top),
      maxValue: 2 ** bits - 1,
    });
  });

  it.each([
    ["one dead pixel", (i: number) => i === 77],
    ["letters", (i: number) => i % SIDE > 50 && i > 2000 && i < 3000],
    ["a border", isEdge],
  ])("is not that of %s in the highest word", (_, isPainted) => {
    const values = slope(4000).map((v, i) => (isPainted(i) ? 65_535 : v));
    expect(grey(values)).toEqual({
      // They are as white as the film can be.
      pixels: slope(4000).map((v, i) => (isPainted(i) ? 4095 : v)),
      maxValue: 4095,
    });
  });

  it("begins where an offset puts it, above a black border too", () => {
    const values = slope(4000).map((v) => v + 32_768);
    expect(grey(values)).toEqual({ pixels: slope(4000), maxValue: 4095 });
    const framed = values.map((v, i) => (isEdge(i) ? 0 : v));
    const { pixels, maxValue } = grey(framed);
    expect(maxValue).toBe(4095);
    expect(pixels[2 * SIDE]).toBe(0);
  });

  it("stays that of a picture with nothing but noise in it", () => {
    const noise = slope(400).map((v) => v + 30_000);
    expect(grey(noise)).toEqual({ pixels: noise, maxValue: 65_535 });
  });
});

describe("transparency", () => {
  const withAlpha = (values: number[], alpha: number) =>
    values.flatMap((value) => [value, alpha]);

  it.each([65_535, 4095, 0])(
    "of %i all over a 16-bit film hides nothing",
    (alpha) => {
      const { pixels } = grey(withAlpha(slope(4000), alpha), 2);
      expect(pixels).toEqual(slope(4000));
    },
  );

  it("lies over black where it is meant", () => {
    const { pixels } = grey(withAlpha(slope(200), 51), 2, 8);
    expect(pixels.at(-1)).toBe(40);
  });
});

describe("the shape of a pixel", () => {
  const jfif = (units: number, x: number, y: number) =>
    Uint8Array.from([
      ...[0xff, 0xd8, 0xff, 0xe0, 0, 16],
      ...Buffer.from("JFIF\0"),
      ...[1, 2, units, x >> 8, x & 255, y >> 8, y & 255, 0, 0],
      ...[0xff, 0xda],
    ]);

  it.each([
    ["a proportion", jfif(0, 2, 1), 2],
    ["dots an inch", jfif(1, 204, 98), 204 / 98],
    ["square dots", jfif(1, 72, 72), 1],
    ["nothing", jfif(0, 0, 0), 1],
    ["what cannot be", jfif(1, 600, 1), 1],
    ["no picture", new Uint8Array(0), 1],
  ])("is read of a JPEG that says %s", (_, bytes, aspect) => {
    expect(rasterAspect(bytes)).toBe(aspect);
  });

  it("makes a film square, and says so", () => {
    const film = filmFromRaster(
      {
        width: SIDE,
        height: SIDE,
        channels: 1,
        bits: 16,
        samples: Uint16Array.from(slope(4000)),
        damage: null,
        aspect: 2,
      },
      "png",
      DEFAULT_FILM_LIMITS,
    );
    expect([film.width, film.height]).toEqual([SIDE, 2 * SIDE]);
    expect(film.warnings).toEqual(["pixels-made-square"]);
  });
});
