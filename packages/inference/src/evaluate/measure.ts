import { bootstrap } from "../metrics/bootstrap.ts";
import { brier, calibrationError } from "../metrics/calibration-error.ts";
import { proportion, type Figure } from "../metrics/figure.ts";
import { auprc, auroc } from "../metrics/ranking.ts";
import { scoredSet, type ScoredSet } from "../metrics/scored-set.ts";
import type { Localisation } from "./localisation.ts";
import {
  measureLocalisation,
  type Located,
  type LocalisationMeasures,
} from "./measure-localisation.ts";
import type { Outcome } from "./outcome.ts";

/** Figures of a set of films, as `design.md` names them. */
export interface Measures {
  /** Films labelled normal or pneumonia, refused ones among them. */
  n: number;
  positives: number;
  /** Of `n`, those without an answer; they are in no other figure. */
  refused: number;
  accuracy: Figure | null;
  sensitivity: Figure | null;
  specificity: Figure | null;
  auroc: Figure | null;
  auprc: Figure | null;
  /** Ten bins of equal width. */
  ece: Figure | null;
  brier: Figure | null;
  pointing: Figure | null;
  pointingChance: Figure | null;
  iou: Figure | null;
  /** The three above and more, apart for what was drawn; null without any. */
  localisation: {
    boxes: LocalisationMeasures | null;
    masks: LocalisationMeasures | null;
  };
}

type Answered = Extract<Outcome, { status: "assessed" }>;

/**
 * Measures a set of outcomes. Films labelled `other` count in nothing;
 * accuracy, sensitivity and specificity are those of the product's own answer
 * at its balanced operating point.
 */
export function measure(outcomes: readonly Outcome[]): Measures {
  const binary = outcomes.filter(({ row }) => row.label !== "other");
  const answered = binary.filter(isAnswered);
  const patients = answered.map(({ row }) => row.patient);
  const set = toScoredSet(answered);
  const interval = (
    statistic: (set: ScoredSet, weights: Uint32Array) => number | null,
  ): Figure | null => bootstrap(patients, (weights) => statistic(set, weights));
  return {
    n: binary.length,
    positives: binary.filter(({ row }) => row.label === "pneumonia").length,
    refused: binary.length - answered.length,
    ...operatingPoint(answered),
    auroc: interval(auroc),
    auprc: interval(auprc),
    ece: interval(calibrationError),
    brier: interval(brier),
    ...localisation(answered),
  };
}

/** True for films that got a probability. */
export function isAnswered(outcome: Outcome): outcome is Answered {
  return outcome.status === "assessed";
}

/** Probabilities and truth of answered films. */
export function toScoredSet(answered: readonly Answered[]): ScoredSet {
  return scoredSet(
    answered.map(({ probability }) => probability),
    answered.map(({ row }) => row.label === "pneumonia"),
  );
}

/** Counts of the product's answers against the truth. */
export function confusion(answered: readonly Answered[]): {
  truePositive: number;
  falseNegative: number;
  trueNegative: number;
  falsePositive: number;
} {
  const count = (sick: boolean, positive: boolean): number =>
    answered.filter(
      (o) => (o.row.label === "pneumonia") === sick && o.positive === positive,
    ).length;
  return {
    truePositive: count(true, true),
    falseNegative: count(true, false),
    trueNegative: count(false, false),
    falsePositive: count(false, true),
  };
}

function operatingPoint(
  answered: readonly Answered[],
): Pick<Measures, "accuracy" | "sensitivity" | "specificity"> {
  const { truePositive, falseNegative, trueNegative, falsePositive } =
    confusion(answered);
  return {
    accuracy: proportion(truePositive + trueNegative, answered.length),
    sensitivity: proportion(truePositive, truePositive + falseNegative),
    specificity: proportion(trueNegative, trueNegative + falsePositive),
  };
}

function localisation(
  answered: readonly Answered[],
): Pick<Measures, "pointing" | "pointingChance" | "iou" | "localisation"> {
  const located = answered.flatMap(({ row, localisation: found }) =>
    found === null ? [] : [{ patient: row.patient, found }],
  );
  const drawnAs = (drawn: Localisation["drawn"]): LocalisationMeasures | null =>
    measureOrNull(located.filter(({ found }) => found.drawn === drawn));
  const boxes = drawnAs("boxes");
  const masks = drawnAs("masks");
  // Mostly all films are of one kind, and its figures are those of all.
  const all =
    boxes === null || masks === null
      ? (boxes ?? masks)
      : measureLocalisation(located);
  return {
    pointing: all?.pointing ?? null,
    pointingChance: all?.pointingChance ?? null,
    iou: all?.iou ?? null,
    localisation: { boxes, masks },
  };
}

function measureOrNull(
  located: readonly Located[],
): LocalisationMeasures | null {
  return located.length === 0 ? null : measureLocalisation(located);
}
