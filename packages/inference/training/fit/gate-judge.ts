/** What a gate's head does to sets of pictures, and the rule that follows. */
import * as tf from "@tensorflow/tfjs-core";

import { runGateHead } from "../../src/gate/gate-head.ts";
import { softmax } from "../../src/gate/verdict.ts";
import type { WeightMap } from "../../src/models/trunk.ts";
import type { GateSet } from "./gate-train.ts";

/** Head outputs of one picture. */
export interface GateScore {
  /** Probability of a true frontal film. */
  accept: number;
  distance: number;
  childLogit: number;
  /** The order of grey values says that the film is inverted. */
  isContradicted: boolean;
}

const BATCH = 512;

/** Scores of every picture of a set. */
export function scoreGate(set: GateSet, weights: WeightMap): GateScore[] {
  const scores: GateScore[] = [];
  const count = set.classes.length;
  for (let from = 0; from < count; from += BATCH) {
    const here = Math.min(BATCH, count - from);
    const part = set.values.slice(
      from * set.columns,
      (from + here) * set.columns,
    );
    const out = tf.tidy(() => {
      const features = tf.tensor2d(part, [here, set.columns]);
      const head = runGateHead(features, weights);
      return { ...head };
    });
    const logits = out.logits.arraySync();
    const child = out.child.dataSync();
    const distance = out.distance.dataSync();
    for (let at = 0; at < here; at += 1) {
      scores.push({
        accept: softmax(logits[at] ?? [])[0] ?? 0,
        distance: distance[at] ?? Number.NaN,
        childLogit: child[at] ?? 0,
        isContradicted: set.contradicts[from + at] === 1,
      });
    }
    tf.dispose(out);
  }
  return scores;
}

/** Lower quantile by sorting; `part` 0…1. */
function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.floor(part * sorted.length));
  return sorted[at] ?? Number.NaN;
}

/** The cut-offs that let all but `lost` of the true films pass. */
export function chooseGateRule(
  good: readonly GateScore[],
  lost: number,
): { acceptFrom: number; maxDistance: number } {
  const accepts = good.map((score) => score.accept);
  const distances = good.map((score) => score.distance);
  return {
    // Half of what may be lost goes to each of the two tests.
    acceptFrom: Math.min(0.5, quantile(accepts, lost / 2)),
    maxDistance: quantile(distances, 1 - lost / 2) * 1.1,
  };
}

/** Share of the pictures that the product refuses: rule or grey order. */
export function refusedShare(
  scores: readonly GateScore[],
  rule: { acceptFrom: number; maxDistance: number },
): number {
  const refused = scores.filter(
    (score) =>
      score.isContradicted ||
      score.accept < rule.acceptFrom ||
      score.distance > rule.maxDistance,
  );
  return refused.length / scores.length;
}
