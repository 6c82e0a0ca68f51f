/** Builds the gate's training and judging sets as features on the net. */
import {
  contradictsPolarity,
  polarityScore,
} from "../../src/image/polarity.ts";
import { sampleGrid } from "../../src/image/sample-grid.ts";
import { augment, STANDARD_AUGMENTATION } from "../data/augment.ts";
import type { FilmCache } from "../data/film-cache.ts";
import {
  BREAKAGES,
  brokenFilm,
  classOfBreakage,
  drawnPicture,
  GATE_CLASSES,
  goodFilm,
} from "./gate-films.ts";
import type { GateSet } from "./gate-train.ts";
import type { ScoreNet } from "./score-net.ts";
import type { FilmRow } from "../data/films.ts";
import { showProgress } from "../net/progress.ts";
import type { Random } from "../data/random.ts";

/** One picture to be shown to the net, and what it is. */
export interface GatePicture {
  /** What it is, finer than its class: for judging kind by kind. */
  kind: string;
  classIndex: number;
  child: number;
  weight: number;
  make(random: Random): Float32Array;
}

/** True films: `count` of `indices`, drawn at random. */
export function goodPictures(
  rows: readonly FilmRow[],
  indices: readonly number[],
  cache: FilmCache,
  size: number,
): GatePicture[] {
  return indices.map((index) => {
    const row = rows[index];
    const child = row?.isChild ?? null;
    return {
      kind: `film:${row?.source ?? ""}`,
      classIndex: 0,
      child: child === null ? -1 : child ? 1 : 0,
      weight: 1,
      make: (random) => goodFilm(cache.film(index), cache.size, size, random),
    };
  });
}

/** Broken films: every way of breaking for each of `indices` in turn. */
export function brokenPictures(
  indices: readonly number[],
  cache: FilmCache,
  size: number,
  each: number,
): GatePicture[] {
  return BREAKAGES.flatMap((breakage, offset) =>
    Array.from({ length: each }, (_, at) => {
      const index = indices[(at * BREAKAGES.length + offset) % indices.length];
      return {
        kind: breakage,
        classIndex: GATE_CLASSES.indexOf(classOfBreakage(breakage)),
        child: -1,
        weight: 1,
        make: (random: Random) =>
          brokenFilm(
            cache.film(index ?? 0),
            cache.size,
            size,
            breakage,
            random,
          ),
      };
    }),
  );
}

/** Pictures that are no chest films, `copies` of each, differently moved. */
export function otherPictures(
  kinds: readonly string[],
  cache: FilmCache,
  size: number,
  copies: (kind: string) => number,
): GatePicture[] {
  const strong = {
    ...STANDARD_AUGMENTATION,
    zoom: 0.3,
    aspect: 0.3,
    rotateDegrees: 20,
  };
  return kinds.flatMap((kind, index) =>
    Array.from({ length: copies(kind) }, (_, copy) => ({
      kind,
      classIndex: GATE_CLASSES.indexOf(
        kind === "chest_lateral" ? "lateral" : "not-a-chest-film",
      ),
      child: -1,
      weight: 1,
      make: (random: Random) => {
        const moved =
          copy === 0
            ? { ...strong, zoom: 0, aspect: 0, rotateDegrees: 0, shift: 0 }
            : strong;
        const film = augment(
          cache.film(index),
          cache.size,
          size,
          moved,
          random,
        );
        // A side view stays one when inverted only to a human; leave it.
        const isInverted = kind !== "chest_lateral" && random.chance(0.2);
        return isInverted ? film.grey.map((v) => 1 - v) : film.grey;
      },
    })),
  );
}

/** Drawn pictures. */
export function drawnPictures(count: number, size: number): GatePicture[] {
  return Array.from({ length: count }, () => ({
    kind: "drawn",
    classIndex: GATE_CLASSES.indexOf("not-a-chest-film"),
    child: -1,
    weight: 1,
    make: (random: Random) => drawnPicture(size, random),
  }));
}

/** Runs the net over the pictures and keeps what the gate looks at. */
export async function gateSetOf(
  pictures: readonly GatePicture[],
  net: ScoreNet,
  random: Random,
): Promise<GateSet> {
  const { size } = net;
  let values = new Float32Array(0);
  const contradicts = new Uint8Array(pictures.length);
  let columns = 0;
  for (const [at, picture] of pictures.entries()) {
    const grey = picture.make(random);
    const grid = sampleGrid(size, size, (index) => grey[index] ?? 0);
    contradicts[at] = contradictsPolarity(polarityScore(grid)) ? 1 : 0;
    const { features } = await net.run(grey);
    if (at === 0) {
      columns = features.length;
      values = new Float32Array(pictures.length * columns);
    }
    values.set(features, at * columns);
    showProgress("gate films", at + 1, pictures.length);
  }
  return {
    values,
    columns,
    classes: Int32Array.from(pictures, (p) => p.classIndex),
    child: Int8Array.from(pictures, (p) => p.child),
    weights: Float32Array.from(pictures, (p) => p.weight),
    contradicts,
  };
}

/** The part of a set whose picture passes, in order. */
export function subset(set: GateSet, isIn: (at: number) => boolean): GateSet {
  const rows = Array.from(set.classes, (_, at) => at).filter(isIn);
  const values = new Float32Array(rows.length * set.columns);
  for (const [to, from] of rows.entries()) {
    values.set(
      set.values.subarray(from * set.columns, (from + 1) * set.columns),
      to * set.columns,
    );
  }
  return {
    values,
    columns: set.columns,
    classes: Int32Array.from(rows, (r) => set.classes[r] ?? 0),
    child: Int8Array.from(rows, (r) => set.child[r] ?? -1),
    weights: Float32Array.from(rows, (r) => set.weights[r] ?? 1),
    contradicts: Uint8Array.from(rows, (r) => set.contradicts[r] ?? 0),
  };
}
