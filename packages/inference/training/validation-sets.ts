/** The films a run is judged on while it trains. */
import { augment, type AugmentConfig } from "./augment.ts";
import { IDENTITY_WARP, warp } from "./augment-geometry.ts";
import type { FilmCache } from "./film-cache.ts";
import type { FilmRow } from "./manifest-rows.ts";
import { Random } from "./random.ts";

/** One set: which rows, and how its films are made. */
export interface ValidationSet {
  name: string;
  rows: number[];
  /** Grey 0…1 of the set's film `at`. */
  film(at: number): Float32Array;
}

/**
 * A shift the training augmentation does not draw: other zoom, tone and
 * sharpness at once, as another hospital's detector would give. The official
 * children's test differs from `val` in such ways.
 */
const SHIFT: AugmentConfig = {
  flip: 0,
  rotateDegrees: 6,
  zoom: 0.22,
  aspect: 0.2,
  shift: 0.08,
  gamma: 0.75,
  contrast: 0.6,
  shade: 0.5,
  blur: 0.5,
  sharpen: 0.5,
  noise: 0.08,
  jpeg: 0.4,
  cover: 0,
  gain: 0.2,
};

/** `val` and `adult-val`, plain and shifted; `adult-pool` for the end. */
export function validationSets(
  rows: readonly FilmRow[],
  cache: FilmCache,
  size: number,
): ValidationSet[] {
  const pick = (isMember: (row: FilmRow) => boolean): number[] =>
    rows.flatMap((row, at) =>
      row.label !== "other" && isMember(row) ? [at] : [],
    );
  const children = pick((r) => r.split === "val" && r.source === "kermany");
  const adults = pick((r) => r.split === "adult-val");
  const pool = pick((r) => r.split === "adult-pool");
  const others = pick(
    (r) => r.split === "val" && r.source !== "kermany" && r.source !== "rsna",
  );
  const plain = (name: string, members: number[]): ValidationSet => ({
    name,
    rows: members,
    film: (at) =>
      warp(cache.film(members[at] ?? 0), cache.size, size, IDENTITY_WARP),
  });
  const shifted = (name: string, members: number[]): ValidationSet => ({
    name,
    rows: members,
    film: (at) => {
      const index = members[at] ?? 0;
      const random = new Random(977 + index);
      const film = augment(cache.film(index), cache.size, size, SHIFT, random);
      return film.grey;
    },
  });
  return [
    plain("children", children),
    shifted("children-shifted", children),
    plain("adults", adults),
    shifted("adults-shifted", adults),
    plain("adult-pool", pool),
    plain("other-sources", others),
  ];
}
