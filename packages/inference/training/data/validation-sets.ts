/** The films a run is judged on while it trains. */
import { augment, type AugmentConfig } from "./augment.ts";
import { IDENTITY_WARP, warp } from "./augment-geometry.ts";
import { DEVICE_LOOKS, seenByDevice } from "./device-looks.ts";
import type { FilmCache } from "./film-cache.ts";
import { NO_LOOK } from "./look.ts";
import type { FilmRow } from "./films.ts";
import { Random } from "./random.ts";
import type { Sources } from "./sources.ts";

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
  look: NO_LOOK,
};

/** What the sets are made from. */
export interface SetInputs {
  rows: readonly FilmRow[];
  cache: FilmCache;
  sources: Sources;
  /** Side of the net's input. */
  size: number;
}

/**
 * The configuration's sets. Children and adults come three times: as they
 * are, `-shifted` and `-devices`. Films of nobody's configuration are put
 * into children and adults by what is known of their age.
 */
export function validationSets(inputs: SetInputs): ValidationSet[] {
  const members = membersOf(inputs);
  return Array.from(members).flatMap(([name, rows]) => {
    const plain: ValidationSet = {
      name,
      rows,
      film: (at) => moved(inputs, rows[at] ?? 0),
    };
    if (name !== "children" && name !== "adults") return [plain];
    const lenders = lendersOf(name, members);
    return [
      plain,
      shifted(inputs, name, rows),
      devices(inputs, name, rows, lenders),
    ];
  });
}

function membersOf({ rows, sources }: SetInputs): Map<string, number[]> {
  const pick = (isMember: (row: FilmRow) => boolean): number[] =>
    rows.flatMap((row, at) =>
      row.label !== "other" && isMember(row) ? [at] : [],
    );
  const configured = sources.sets
    .map(({ name, split, only, without = [] }): [string, number[]] => [
      name,
      pick(
        (row) =>
          row.split === split &&
          (only?.includes(row.source) ?? true) &&
          !without.includes(row.source) &&
          row.source in sources.collections,
      ),
    ])
    .filter(([, found]) => found.length > 0);
  if (configured.length > 0) return new Map(configured);
  const isKept = (row: FilmRow): boolean => row.split === "val";
  return new Map([
    ["children", pick((row) => isKept(row) && row.isChild === true)],
    ["adults", pick((row) => isKept(row) && row.isChild !== true)],
  ]);
}

/** Looks are borrowed from films of other sets than the set's own. */
function lendersOf(
  name: string,
  members: ReadonlyMap<string, number[]>,
): number[] {
  const others = Array.from(members)
    .filter(([other]) => other !== name)
    .flatMap(([, rows]) => rows);
  return others.length > 0 ? others : (members.get(name) ?? []);
}

function moved({ cache, size }: SetInputs, index: number): Float32Array {
  return warp(cache.film(index), cache.size, size, IDENTITY_WARP);
}

function shifted(
  { cache, size }: SetInputs,
  name: string,
  rows: number[],
): ValidationSet {
  return {
    name: `${name}-shifted`,
    rows,
    film: (at) => {
      const index = rows[at] ?? 0;
      const random = new Random(977 + index);
      const film = augment(cache.film(index), cache.size, size, SHIFT, random);
      return film.grey;
    },
  };
}

function devices(
  { cache, size }: SetInputs,
  name: string,
  rows: number[],
  lenders: readonly number[],
): ValidationSet {
  return {
    name: `${name}-devices`,
    rows,
    film: (at) => {
      const index = rows[at] ?? 0;
      const look = DEVICE_LOOKS[at % DEVICE_LOOKS.length] ?? "hazy";
      const random = new Random(6151 + index);
      const from = lenders[random.below(lenders.length)] ?? index;
      const source = cache.film(index);
      const film = { source, sourceSize: cache.size, size };
      return seenByDevice(look, film, cache.film(from), random);
    },
  };
}
