/** The heads while they are fine-tuned, on features that stay as they are. */
import * as tf from "@tensorflow/tfjs-core";

import { runHeads, type HeadOutput } from "../../src/models/network.ts";
import type { WeightMap } from "../../src/models/trunk.ts";
import { crossEntropy } from "../net/loss.ts";

/** The weights that fine-tuning moves; trunk and gate stay the base's. */
const TUNED = /^(head|map|film|viral|findings)\//u;

/** As in training from the start (`net/config.ts`). */
const CELLS_WEIGHT = 1.5;
/** What is not taught here is held, in every film, to what the base says. */
const HELD_WEIGHT = 0.4;

/** Variables that begin as the base's heads. */
export function headVariables(base: WeightMap): Map<string, tf.Variable> {
  const tuned = [...base].filter(([name]) => TUNED.test(name));
  return new Map(
    tuned.map(([name, value]) => [name, tf.variable(tf.clone(value))]),
  );
}

/** What one step learns from. */
export interface HeadBatch {
  features: tf.Tensor4D;
  /** Share of every cell in a reader's box, `[batch, n, n, 1]`. */
  boxes: tf.Tensor4D;
  /** Softened truth, `[batch, 1]`, and 1 where there is one. */
  label: tf.Tensor2D;
  hasLabel: tf.Tensor2D;
  /** 1 where `boxes` say where, and where not, `[batch, 1, 1, 1]`. */
  hasBoxes: tf.Tensor4D;
  /** 1 for films that are rehearsed, `[batch, 1]`. */
  isRehearsed: tf.Tensor2D;
}

/**
 * The films' labels and boxes, and the base's own answers: of pneumonia on
 * films that are rehearsed, of everything else on all films (distillation,
 * Hinton 2015; against forgetting, Li and Hoiem 2016).
 */
export function headLoss(
  variables: WeightMap,
  base: HeadOutput,
  batch: HeadBatch,
  keepWeight: number,
): tf.Scalar {
  const out = runHeads(batch.features, variables);
  const { hasLabel, isRehearsed, hasBoxes } = batch;
  const cells = tf.reshape(isRehearsed, [-1, 1, 1, 1]);
  const parts: tf.Tensor[] = [
    maskedMean(crossEntropy(out.logit, batch.label), hasLabel),
    tf.mul(
      maskedMean(meanOfCells(crossEntropy(out.map, batch.boxes)), hasBoxes),
      CELLS_WEIGHT,
    ),
    tf.mul(maskedMean(heldTo(out.logit, base.logit), isRehearsed), keepWeight),
    tf.mul(
      maskedMean(meanOfCells(heldTo(out.map, base.map)), cells),
      keepWeight * CELLS_WEIGHT,
    ),
    tf.mul(tf.mean(heldTo(out.viral, base.viral)), HELD_WEIGHT),
  ];
  if (out.others !== null && base.others !== null) {
    parts.push(
      tf.mul(
        tf.add(
          tf.mean(heldTo(out.others.logits, base.others.logits)),
          tf.mean(heldTo(out.others.maps, base.others.maps)),
        ),
        HELD_WEIGHT,
      ),
    );
  }
  return tf.addN<tf.Scalar>(
    parts.map((part) => tf.reshape<tf.Rank.R0>(part, [])),
  );
}

/**
 * How far logits are from those of the base: 0 where they are the same (the
 * cross-entropy less the base's own entropy).
 */
function heldTo(logits: tf.Tensor, base: tf.Tensor): tf.Tensor {
  const target = tf.sigmoid(base);
  return tf.sub(crossEntropy(logits, target), crossEntropy(base, target));
}

function meanOfCells(values: tf.Tensor): tf.Tensor {
  return tf.mean(values, [1, 2], true);
}

/** Mean of `values` where `mask` is 1; 0 when it is nowhere. */
function maskedMean(values: tf.Tensor, mask: tf.Tensor): tf.Tensor {
  const total = tf.sum(tf.mul(values, mask));
  return tf.div(total, tf.maximum(tf.sum(mask), 1));
}
