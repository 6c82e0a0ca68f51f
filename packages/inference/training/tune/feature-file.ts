/**
 * What the trunk makes of each film in each of its looks, on disk: the trunk
 * stays as it is, so that its work is done once, and a run that was killed
 * goes on where the file ends.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";

import * as tf from "@tensorflow/tfjs-core";

import { decodeFilm } from "../../src/image/decode-film.ts";
import { prepareFilm, toTrunkScale } from "../../src/models/preprocess.ts";
import {
  LAST_BLOCK,
  LITE0_BLOCKS,
  MAP_STRIDE,
} from "../../src/models/shape.ts";
import {
  foldedLayers,
  runTrunk,
  type WeightMap,
} from "../../src/models/trunk.ts";
import { augment, STANDARD_AUGMENTATION } from "../data/augment.ts";
import {
  coverage,
  IDENTITY_WARP,
  type Warp,
} from "../data/augment-geometry.ts";
import { Random } from "../data/random.ts";
import type { TuneFilm } from "./tune-films.ts";

/** Changed looks are cut out of a film this much larger, as in training. */
const SOURCE_FACTOR = 7 / 6;
const BYTES = 4;
/** Apart, so that films draw different looks; any odd number does. */
const SEED_STEP = 7919;

/** Features of films, a record a look: the plain one first. */
export interface FeatureFile {
  /** Records of a film. */
  readonly looks: number;
  readonly cells: number;
  /** Films whose picture could not be read; nothing is to be asked of them. */
  readonly unreadable: ReadonlySet<number>;
  /** Features `[records, cells, cells, channels]` and boxes `[records, cells, cells, 1]`. */
  read(records: readonly { film: number; look: number }[]): {
    features: tf.Tensor4D;
    boxes: tf.Tensor4D;
  };
  close(): void;
}

export interface FeatureOptions {
  path: string;
  films: readonly TuneFilm[];
  /** Looks beside the plain one. */
  changed: number;
  seed: number;
  /** Weights of the base, on the engine. */
  weights: WeightMap;
  input: { size: number; lowPercentile: number; highPercentile: number };
  /** Told after each film; true: stop here. */
  onFilm: (done: number, total: number) => Promise<boolean>;
  note: (line: string) => void;
}

const channels = LITE0_BLOCKS[LAST_BLOCK]?.outChannels ?? 0;

/** Makes what is missing of the file; null where it was told to stop. */
export async function openFeatureFile(
  options: FeatureOptions,
): Promise<FeatureFile | null> {
  const { path, films, changed, input } = options;
  const cells = input.size / MAP_STRIDE;
  const looks = changed + 1;
  const record = cells * cells * (channels + 1);
  const perFilm = looks * record * BYTES;
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, "a+");
  try {
    const { size } = await file.stat();
    const there = Math.min(films.length, Math.floor(size / perFilm));
    // A kill may have left part of a film behind.
    await file.truncate(there * perFilm);
    for (let at = there; at < films.length; at += 1) {
      const film = films[at];
      if (film === undefined) break;
      await file.write(await recordsOf(film, at, options, record));
      if (await options.onFilm(at + 1, films.length)) return null;
    }
  } finally {
    await file.close();
  }
  return opened(path, { films: films.length, looks, cells, record });
}

/** All records of a film, or not-a-number where it cannot be read. */
async function recordsOf(
  film: TuneFilm,
  at: number,
  options: FeatureOptions,
  record: number,
): Promise<Uint8Array> {
  const { input, changed, seed, weights, note } = options;
  const cells = input.size / MAP_STRIDE;
  const out = new Float32Array((changed + 1) * record).fill(Number.NaN);
  const put = (look: number, grey: Float32Array, how: Warp): void => {
    const start = look * record;
    out.set(lateFeatures(grey, input.size, weights), start);
    out.set(coverage(film.boxes, how, cells), start + cells * cells * channels);
  };
  try {
    const picture = await decodeFilm(await readFile(film.path));
    put(0, prepareFilm(picture, input).grey, IDENTITY_WARP);
    if (changed > 0) {
      const side = Math.round(input.size * SOURCE_FACTOR);
      const { grey } = prepareFilm(picture, { ...input, size: side });
      const bytes = Uint8Array.from(grey, (v) => Math.round(v * 255));
      const random = new Random(seed + at * SEED_STEP);
      for (let look = 1; look <= changed; look += 1) {
        const made = augment(
          bytes,
          side,
          input.size,
          STANDARD_AUGMENTATION,
          random,
        );
        put(look, made.grey, made.warp);
      }
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    note(`${film.file} cannot be read and is left out: ${why}`);
    out.fill(Number.NaN);
  }
  return new Uint8Array(out.buffer);
}

function lateFeatures(
  grey: Float32Array,
  size: number,
  weights: WeightMap,
): Float32Array {
  return tf.tidy(() => {
    const x = tf.tensor4d(toTrunkScale(grey), [1, size, size, 1]);
    const [late] = runTrunk(x, foldedLayers(weights), [LAST_BLOCK]);
    if (late === undefined) throw new Error("the trunk gave no features");
    return Float32Array.from(late.dataSync());
  });
}

function opened(
  path: string,
  shape: { films: number; looks: number; cells: number; record: number },
): FeatureFile {
  const { films, looks, cells, record } = shape;
  const descriptor = openSync(path, "r");
  const area = cells * cells;
  const readAt = (place: number, into: Float32Array): void => {
    const bytes = new Uint8Array(into.buffer);
    const from = place * record * BYTES;
    if (readSync(descriptor, bytes, 0, bytes.length, from) !== bytes.length)
      throw new Error(`${path} ends before its last film`);
  };
  if (fstatSync(descriptor).size < films * looks * record * BYTES)
    throw new Error(`${path} has fewer films than the run`);
  const unreadable = new Set<number>();
  const first = new Float32Array(1);
  for (let film = 0; film < films; film += 1) {
    readAt(film * looks, first);
    if (Number.isNaN(first[0])) unreadable.add(film);
  }
  return {
    looks,
    cells,
    unreadable,
    read(records) {
      const features = new Float32Array(records.length * area * channels);
      const boxes = new Float32Array(records.length * area);
      const one = new Float32Array(record);
      for (const [at, { film, look }] of records.entries()) {
        readAt(film * looks + look, one);
        features.set(one.subarray(0, area * channels), at * area * channels);
        boxes.set(one.subarray(area * channels), at * area);
      }
      return {
        features: tf.tensor4d(features, [
          records.length,
          cells,
          cells,
          channels,
        ]),
        boxes: tf.tensor4d(boxes, [records.length, cells, cells, 1]),
      };
    },
    close: () => closeSync(descriptor),
  };
}
