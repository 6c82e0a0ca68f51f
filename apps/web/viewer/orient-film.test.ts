import { describe, expect, it } from "vitest";
import { filmToCanvas } from "../src/features/viewer/view-transform.ts";
import type { Orientation } from "../src/features/viewer/viewer-contract.ts";
import { orientFilm, orientationMatrix } from "./orient-film.ts";

/** Rows "1 2 3" and "4 5 6". */
const film = {
  id: "film",
  width: 3,
  height: 2,
  pixels: Uint16Array.from([1, 2, 3, 4, 5, 6]),
  maxValue: 6,
  window: { center: 3, width: 6 },
  windowShape: "linear" as const,
  lies: { turns: 0, flipped: false } as const,
  pixelSpacing: [0.2, 0.1] as const,
};

const rows = (orientation: Orientation) => {
  const { pixels, width, height } = orientFilm(film, orientation);
  return Array.from({ length: height }, (_, y) =>
    [...pixels.subarray(y * width, (y + 1) * width)].join(" "),
  );
};

describe("a film that is turned and mirrored", () => {
  it.each([
    [{ turns: 0, flipped: false }, ["1 2 3", "4 5 6"]],
    [{ turns: 1, flipped: false }, ["4 1", "5 2", "6 3"]],
    [{ turns: 2, flipped: false }, ["6 5 4", "3 2 1"]],
    [{ turns: 3, flipped: false }, ["3 6", "2 5", "1 4"]],
    [{ turns: 0, flipped: true }, ["3 2 1", "6 5 4"]],
    [{ turns: 1, flipped: true }, ["1 4", "2 5", "3 6"]],
    [{ turns: 2, flipped: true }, ["4 5 6", "1 2 3"]],
    [{ turns: 3, flipped: true }, ["6 3", "5 2", "4 1"]],
  ] as const)("%o", (orientation, expected) => {
    expect(rows(orientation)).toEqual(expected);
  });

  it("keeps the spacing of rows and columns with them", () => {
    const turned = orientFilm(film, { turns: 1, flipped: false });
    expect(turned).toMatchObject({
      width: 2,
      height: 3,
      pixelSpacing: [0.1, 0.2],
    });
  });

  it("has every point where its pixel is", () => {
    for (const turns of [0, 1, 2, 3] as const) {
      for (const flipped of [false, true]) {
        const orientation = { turns, flipped };
        const shown = orientFilm(film, orientation);
        const matrix = orientationMatrix(film, orientation);
        // the middle of the pixel with value 2, in the film's first row
        const { x, y } = filmToCanvas(matrix, { x: 1.5, y: 0.5 });
        const at = Math.floor(y) * shown.width + Math.floor(x);
        expect(shown.pixels[at]).toBe(2);
      }
    }
  });

  it("larger than a tile, comes back after four turns", () => {
    const side = { width: 150, height: 70 };
    const pixels = Uint16Array.from(
      { length: 150 * 70 },
      (_, at) => (at * 7919) % 4096,
    );
    let turned: typeof film | ReturnType<typeof orientFilm> = {
      ...film,
      ...side,
      pixels,
    };
    for (let count = 0; count < 4; count++) {
      turned = orientFilm(turned, { turns: 1, flipped: false });
    }
    expect(turned.pixels).toEqual(pixels);
  });
});
