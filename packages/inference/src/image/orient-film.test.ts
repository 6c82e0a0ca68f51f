import { describe, expect, it } from "vitest";
import type { Assessment, Film } from "../types.ts";
import {
  AS_STORED,
  inStoredPixels,
  orientedSize,
  orientFilm,
  orientPoint,
  orientRect,
  type FilmOrientation,
} from "./orient-film.ts";

/** 3 × 2: 1 2 3 above 4 5 6. */
const FILM: Film = {
  width: 3,
  height: 2,
  pixels: Uint16Array.of(1, 2, 3, 4, 5, 6),
  maxValue: 255,
  bitsStored: 8,
  format: "png",
  window: { center: 128, width: 256, shape: "linear" },
  pixelSpacing: [0.1, 0.2],
  warnings: [],
};

const ALL: FilmOrientation[] = ([0, 1, 2, 3] as const).flatMap((turns) => [
  { turns, isMirrored: false },
  { turns, isMirrored: true },
]);

/** Rows of the film as it lies, worked out by hand with a sheet of paper. */
const ROWS: Record<string, number[][]> = {
  "0": [
    [1, 2, 3],
    [4, 5, 6],
  ],
  "0m": [
    [3, 2, 1],
    [6, 5, 4],
  ],
  "1": [
    [4, 1],
    [5, 2],
    [6, 3],
  ],
  "1m": [
    [1, 4],
    [2, 5],
    [3, 6],
  ],
  "2": [
    [6, 5, 4],
    [3, 2, 1],
  ],
  "2m": [
    [4, 5, 6],
    [1, 2, 3],
  ],
  "3": [
    [3, 6],
    [2, 5],
    [1, 4],
  ],
  "3m": [
    [6, 3],
    [5, 2],
    [4, 1],
  ],
};

const nameOf = ({ turns, isMirrored }: FilmOrientation) =>
  `${String(turns)}${isMirrored ? "m" : ""}`;

describe.each(ALL.map((one) => [nameOf(one), one] as const))(
  "a film turned by %s",
  (name, orientation) => {
    it("has every pixel in its new place, and its spacing", () => {
      const film = orientFilm(FILM, orientation);
      const rows = ROWS[name] ?? [];
      expect([film.width, film.height]).toEqual([rows[0]?.length, rows.length]);
      expect([...film.pixels]).toEqual(rows.flat());
      const isSideways = orientation.turns % 2 === 1;
      expect(film.pixelSpacing).toEqual(isSideways ? [0.2, 0.1] : [0.1, 0.2]);
    });

    it("has points where their pixels are", () => {
      const film = orientFilm(FILM, orientation);
      for (const [at, value] of FILM.pixels.entries()) {
        const x = (at % FILM.width) + 0.5;
        const y = Math.floor(at / FILM.width) + 0.5;
        const lies = orientPoint({ x, y }, FILM, orientation);
        const index = Math.floor(lies.y) * film.width + Math.floor(lies.x);
        expect(film.pixels[index]).toBe(value);
      }
    });

    it("gives back what was said of it in pixels of its file", () => {
      const box = { x: 0, y: 1, width: 2, height: 1, finding: "pneumonia" };
      const map = { width: 3, height: 2, rect: { x: 0, y: 0, ...size(FILM) } };
      const said = {
        boxes: [orientRect(box, FILM, orientation)],
        cam: [
          {
            finding: "pneumonia",
            ...orientedSize(map, orientation),
            values: Float32Array.from(ROWS[name]?.flat() ?? []),
            rect: orientRect(map.rect, FILM, orientation),
          },
        ],
        // Only places are looked at.
      } as unknown as Assessment;
      const back = inStoredPixels(said, FILM, orientation);
      expect(back.boxes).toEqual([box]);
      expect(back.cam).toEqual([
        {
          finding: "pneumonia",
          ...map,
          values: Float32Array.from(FILM.pixels),
        },
      ]);
    });
  },
);

function size({ width, height }: Film) {
  return { width, height };
}

it("is not copied where nothing is turned", () => {
  expect(orientFilm(FILM, AS_STORED)).toBe(FILM);
});

it("is turned whole where it is larger than a square of the cache", () => {
  const width = 130;
  const height = 70;
  const pixels = Uint16Array.from({ length: width * height }, (_, i) => i);
  const large: Film = { ...FILM, width, height, pixels };
  for (const orientation of ALL) {
    const film = orientFilm(large, orientation);
    expect(new Set(film.pixels).size).toBe(width * height);
    const corner = orientPoint({ x: 0.5, y: 0.5 }, large, orientation);
    const at = Math.floor(corner.y) * film.width + Math.floor(corner.x);
    expect(film.pixels[at]).toBe(0);
  }
});
