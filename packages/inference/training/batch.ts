/** One batch of augmented films with everything the loss needs. */
import * as tf from "@tensorflow/tfjs-core";

import { toTrunkScale } from "../src/models/preprocess.ts";
import { augment, type AugmentConfig } from "./augment.ts";
import { coverage } from "./augment-geometry.ts";
import type { FilmCache } from "./film-cache.ts";
import type { FilmRow } from "./manifest-rows.ts";
import { NIH_FINDINGS } from "./nih-findings.ts";
import type { Random } from "./random.ts";

/** Tensors of one batch; `dispose` frees them. */
export interface Batch {
  films: tf.Tensor4D;
  /** 1 pneumonia, 0 normal, softened for weak labels, `[batch, 1]`. */
  label: tf.Tensor2D;
  /** Share of every cell in a radiologist's box, `[batch, n, n, 1]`. */
  cells: tf.Tensor4D;
  /** 1 where `cells` is known, `[batch, 1, 1, 1]`. */
  hasCells: tf.Tensor4D;
  /** 1 viral, 0 bacterial, `[batch, 1]`. */
  viral: tf.Tensor2D;
  /** 1 where `viral` is known. */
  hasViral: tf.Tensor2D;
  /** 1 where the film is labelled normal or pneumonia, `[batch, 1]`. */
  hasLabel: tf.Tensor2D;
  /** 1 for each of the 14 findings that the report names, `[batch, 14]`. */
  nih: tf.Tensor2D;
  /** 1 where `nih` is known. */
  hasNih: tf.Tensor2D;
  dispose(): void;
}

const ADULT_YEARS = 16;

/** Softer targets for labels that were mined from report text. */
function targetOf(row: FilmRow, smoothing: number): number {
  const hard = row.label === "pneumonia" ? 1 : 0;
  const soft = row.labelSource === "nih-nlp" ? 0.15 : smoothing;
  return hard * (1 - 2 * soft) + soft;
}

/** Child, adult or unknown, from the collection and the age. */
export function isChild(row: FilmRow): boolean | null {
  if (row.source === "kermany") return true;
  if (row.ageYears !== null) {
    if (row.ageYears >= ADULT_YEARS) return false;
    return row.ageYears <= 10 ? true : null;
  }
  return row.source === "rsna" ? false : null;
}

/** Draws, augments and packs the films at `indices`. */
export function makeBatch(
  rows: readonly FilmRow[],
  indices: readonly number[],
  cache: FilmCache,
  options: {
    size: number;
    cells: number;
    augmentation: AugmentConfig;
    smoothing: number;
    random: Random;
  },
): Batch {
  const { size, cells } = options;
  const count = indices.length;
  const films = new Float32Array(count * size * size);
  const label = new Float32Array(count);
  const cover = new Float32Array(count * cells * cells);
  const hasCells = new Float32Array(count);
  const viral = new Float32Array(count);
  const hasViral = new Float32Array(count);
  const hasLabel = new Float32Array(count);
  const nih = new Float32Array(count * NIH_FINDINGS.length);
  const hasNih = new Float32Array(count);
  for (const [at, index] of indices.entries()) {
    const row = rows[index];
    if (row === undefined) continue;
    const film = augment(
      cache.film(index),
      cache.size,
      size,
      options.augmentation,
      options.random,
    );
    films.set(toTrunkScale(film.grey), at * size * size);
    label[at] = targetOf(row, options.smoothing);
    const hasBoxes = row.boxes.length > 0;
    if (hasBoxes) {
      cover.set(coverage(row.boxes, film.warp, cells), at * cells * cells);
    }
    const isRead = row.labelSource !== "nih-nlp";
    hasCells[at] = hasBoxes || (row.label === "normal" && isRead) ? 1 : 0;
    viral[at] = row.sublabel === "viral" ? 1 : 0;
    const isGraded = row.source === "kermany" && row.label === "pneumonia";
    hasViral[at] = isGraded ? 1 : 0;
    hasLabel[at] = row.label === "other" ? 0 : 1;
    if (row.source !== "nih") continue;
    hasNih[at] = 1;
    for (const [finding, name] of NIH_FINDINGS.entries()) {
      const isNamed = row.findings.includes(name);
      nih[at * NIH_FINDINGS.length + finding] = isNamed ? 1 : 0;
    }
  }
  const tensors = {
    films: tf.tensor4d(films, [count, size, size, 1]),
    label: tf.tensor2d(label, [count, 1]),
    cells: tf.tensor4d(cover, [count, cells, cells, 1]),
    hasCells: tf.tensor4d(hasCells, [count, 1, 1, 1]),
    viral: tf.tensor2d(viral, [count, 1]),
    hasViral: tf.tensor2d(hasViral, [count, 1]),
    hasLabel: tf.tensor2d(hasLabel, [count, 1]),
    nih: tf.tensor2d(nih, [count, NIH_FINDINGS.length]),
    hasNih: tf.tensor2d(hasNih, [count, 1]),
  };
  return { ...tensors, dispose: () => tf.dispose(tensors) };
}
