/** One batch of augmented films with everything the loss needs. */
import * as tf from "@tensorflow/tfjs-core";

import { OTHER_FINDINGS } from "../../src/findings/catalogue.ts";
import { toTrunkScale } from "../../src/models/preprocess.ts";
import { augment, drawWarp, type AugmentConfig } from "./augment.ts";
import { coverage, IDENTITY_WARP, warp } from "./augment-geometry.ts";
import type { FilmCache } from "./film-cache.ts";
import type { FilmRow } from "./films.ts";
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
  /** Targets of the findings beside pneumonia, `[batch, findings]`. */
  findings: tf.Tensor2D;
  /** 1 where a target is known, of the same shape. */
  hasFindings: tf.Tensor2D;
  dispose(): void;
}

/** Softer targets for labels that were mined from report text. */
function targetOf(row: FilmRow, smoothing: number): number {
  const hard = row.label === "pneumonia" ? 1 : 0;
  const soft = row.isMined ? 0.15 : smoothing;
  return hard * (1 - 2 * soft) + soft;
}

/**
 * Draws, augments and packs the films at `indices`, each in `looks` looks one
 * after the other: the same patient, moved alike, seen by other devices.
 */
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
    looks: number;
    /** Any film, whose look may be borrowed. */
    partner: () => number;
  },
): Batch {
  const { size, cells, looks, random, augmentation } = options;
  const count = indices.length * looks;
  const borrowed = (): Float32Array =>
    warp(cache.film(options.partner()), cache.size, size, IDENTITY_WARP);
  const films = new Float32Array(count * size * size);
  const label = new Float32Array(count);
  const cover = new Float32Array(count * cells * cells);
  const hasCells = new Float32Array(count);
  const viral = new Float32Array(count);
  const hasViral = new Float32Array(count);
  const hasLabel = new Float32Array(count);
  const width = OTHER_FINDINGS.length;
  const findings = new Float32Array(count * width);
  const hasFindings = new Float32Array(count * width);
  let how = IDENTITY_WARP;
  for (let at = 0; at < count; at += 1) {
    const index = indices[Math.floor(at / looks)] ?? 0;
    const row = rows[index];
    if (row === undefined) continue;
    if (at % looks === 0) how = drawWarp(augmentation, random);
    const film = augment(
      cache.film(index),
      cache.size,
      size,
      augmentation,
      random,
      borrowed,
      how,
    );
    films.set(toTrunkScale(film.grey), at * size * size);
    label[at] = targetOf(row, options.smoothing);
    const hasBoxes = row.boxes.length > 0;
    if (hasBoxes) {
      cover.set(coverage(row.boxes, film.warp, cells), at * cells * cells);
    }
    hasCells[at] = hasBoxes || (row.label === "normal" && !row.isMined) ? 1 : 0;
    viral[at] = row.sublabel === "viral" ? 1 : 0;
    hasViral[at] = row.isGraded ? 1 : 0;
    hasLabel[at] = row.label === "other" ? 0 : 1;
    for (const [finding, target] of (row.targets ?? []).entries()) {
      if (Number.isNaN(target)) continue;
      findings[at * width + finding] = target;
      hasFindings[at * width + finding] = 1;
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
    findings: tf.tensor2d(findings, [count, width]),
    hasFindings: tf.tensor2d(hasFindings, [count, width]),
  };
  return { ...tensors, dispose: () => tf.dispose(tensors) };
}
