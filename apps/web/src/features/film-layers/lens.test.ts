import { describe, expect, it } from "vitest";
import { greyTable } from "../film-windows/grey-table.ts";
import { LENS_SIZE, lensPower, paintLens } from "./lens.ts";

/** Rows "0 100" and "200 255". */
const film = {
  width: 2,
  height: 2,
  pixels: Uint16Array.from([0, 100, 200, 255]),
};
const plain = Uint8ClampedArray.from({ length: 256 }, (_, value) => value);

/** A film pixel is half a lens large on the canvas, so that a lens of power 1 holds the film. */
const side = LENS_SIZE / 2;
const upright = { a: side, b: 0, c: 0, d: side, e: 0, f: 0 };
const middle = { x: side, y: side };

const reds = (picture: Uint8ClampedArray) =>
  Array.from(picture).filter((_, at) => at % 4 === 0);

describe("what a lens shows", () => {
  it("are the film's own pixels at their centres", () => {
    const lens = { at: middle, view: upright, power: 1, samples: 2 };
    expect(reds(paintLens(film, plain, lens))).toEqual([0, 100, 200, 255]);
  });

  it("lies between them elsewhere", () => {
    // a lens of power 2 around the middle sees from 0.5 to 1.5 of the film:
    // one sample, at the corner of all four
    const lens = { at: middle, view: upright, power: 2, samples: 1 };
    // (0 + 100 + 200 + 255) / 4 = 138.75
    expect(reds(paintLens(film, plain, lens))).toEqual([139]);
  });

  it("is turned as the film is", () => {
    const turned = { a: 0, b: side, c: -side, d: 0, e: 2 * side, f: 0 };
    const lens = { at: middle, view: turned, power: 1, samples: 2 };
    expect(reds(paintLens(film, plain, lens))).toEqual([200, 0, 255, 100]);
  });

  it("is black beside the film", () => {
    const lens = { at: { x: -500, y: 0 }, view: upright, power: 1, samples: 2 };
    expect(reds(paintLens(film, plain, lens))).toEqual([0, 0, 0, 0]);
  });
});

describe("the power of a lens", () => {
  it("is two, and more where the film is drawn small", () => {
    expect(lensPower(0.8)).toBe(2);
    expect(lensPower(0.25)).toBe(4);
  });
});

describe("the greys of a film", () => {
  const window = { center: 128, width: 256 };

  it("run from black to white over a window of all values", () => {
    const greys = greyTable(
      { maxValue: 255, windowShape: "linear" },
      window,
      false,
    );
    expect([greys[0], greys[255]]).toEqual([0, 255]);
    expect(greys).toHaveLength(256);
  });

  it("are turned round where the film is inverted", () => {
    const shape = { maxValue: 255, windowShape: "sigmoid" } as const;
    // at the centre of a sigmoid is a half
    expect(greyTable(shape, window, false)[128]).toBe(128);
    expect(greyTable(shape, window, true)[0]).toBe(
      255 - (greyTable(shape, window, false)[0] ?? 0),
    );
  });
});
