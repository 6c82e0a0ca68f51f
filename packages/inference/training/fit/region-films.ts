/** Films on which somebody marked where the disease is. */
import { readFile } from "node:fs/promises";

import { decodeFilm } from "../../src/image/decode-film.ts";
import { IDENTITY_WARP, warp } from "../data/augment-geometry.ts";
import type { FilmCache } from "../data/film-cache.ts";
import type { FilmRow } from "../data/films.ts";
import type { ScoreNet } from "./score-net.ts";
import { scoreFilms } from "./scores.ts";

/** A positive film's map logits and where the disease truly is. */
export interface RegionFilm {
  logits: Float32Array;
  cells: number;
  patient: string;
  /** Whether a point is in the disease; parts of the film's sides, 0…1. */
  isInside(x: number, y: number): boolean;
}

/** Whether a point lies in one of the boxes. */
export function insideBoxes(
  boxes: readonly { x: number; y: number; width: number; height: number }[],
): (x: number, y: number) => boolean {
  return (x, y) =>
    boxes.some(
      (b) => x >= b.x && y >= b.y && x < b.x + b.width && y < b.y + b.height,
    );
}

async function insideMask(
  file: string,
): Promise<(x: number, y: number) => boolean> {
  const mask = await decodeFilm(await readFile(file));
  return (x, y) => {
    const row = Math.floor(y * mask.height);
    const at = row * mask.width + Math.floor(x * mask.width);
    return (mask.pixels[at] ?? 0) > mask.maxValue / 2;
  };
}

/** Films of `adult-val` with radiologists' boxes, of `mask-val` with masks. */
export async function regionFilms(
  net: ScoreNet,
  rows: readonly FilmRow[],
  cache: FilmCache,
): Promise<{ boxed: RegionFilm[]; masked: RegionFilm[] }> {
  const pick = (is: (row: FilmRow) => boolean): number[] =>
    rows.flatMap((row, at) =>
      row.label === "pneumonia" && is(row) ? [at] : [],
    );
  const make = async (films: readonly number[]): Promise<RegionFilm[]> => {
    const { maps, cells } = await scoreFilms(net, films.length, (at) =>
      warp(cache.film(films[at] ?? 0), cache.size, net.size, IDENTITY_WARP),
    );
    const area = cells ** 2;
    return Promise.all(
      films.map(async (index, at) => {
        const mask = rows[index]?.maskFile ?? null;
        return {
          logits: maps.slice(at * area, (at + 1) * area),
          cells,
          patient: rows[index]?.patient ?? "",
          isInside:
            mask === null
              ? insideBoxes(rows[index]?.boxes ?? [])
              : await insideMask(mask),
        };
      }),
    );
  };
  return {
    boxed: await make(
      pick((row) => row.split === "adult-val" && row.boxes.length > 0),
    ),
    masked: await make(
      pick((row) => row.split === "mask-val" && row.maskFile !== null),
    ),
  };
}
