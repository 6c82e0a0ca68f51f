/** From a net's logit to a probability that means what it says. Pure. */
import type { AgeGroupRule, Calibration } from "../models/manifest.ts";
import type { AssessContext, Finding } from "../types.ts";

/** Logistic function. */
export function sigmoid(z: number): number {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}

/**
 * What is calibrated: the film's logit and, by the group's weight, the
 * strongest place on its map. Radiologists' boxes taught the map, and among
 * adults it ranks films of other hospitals better than the film's logit alone.
 */
export function scoreOf(
  logit: number,
  strongest: number,
  calibration: Pick<Calibration, "mapWeight">,
): number {
  return logit + calibration.mapWeight * strongest;
}

/** Platt scaling (Platt 1999): the logit of the calibrated probability. */
export function calibratedLogit(
  score: number,
  { slope, intercept }: Pick<Calibration, "slope" | "intercept">,
): number {
  return slope * score + intercept;
}

/** Standard deviation of that logit by the fit's covariance (delta method). */
export function deviationAt(
  score: number,
  { covariance }: Pick<Calibration, "covariance">,
): number {
  const [ss, si, ii] = covariance;
  return Math.sqrt(Math.max(0, ss * score * score + 2 * si * score + ii));
}

/**
 * The calibrated probability of a score with the 95 % interval that holds what
 * other devices' films of the same chest would be given.
 */
export function calibrate(
  score: number,
  calibration: Calibration,
): { probability: number; interval: { low: number; high: number } } {
  const centre = calibratedLogit(score, calibration);
  const half = calibration.reach * deviationAt(score, calibration);
  return {
    probability: sigmoid(centre),
    interval: { low: sigmoid(centre - half), high: sigmoid(centre + half) },
  };
}

/** Which calibration and threshold a film gets. */
export interface AgeGroup {
  key: "child" | "adult" | "default";
  shown: Finding["group"];
}

/**
 * The age decides where it is known; else the film, where its look is clear;
 * else the neutral default, shown under the likelier group's name.
 *
 * @param childProbability what the net's hint says of the film
 */
export function ageGroupOf(
  context: AssessContext,
  childProbability: number,
  rule: AgeGroupRule,
): AgeGroup {
  const { ageYears } = context;
  if (
    typeof ageYears === "number" &&
    Number.isFinite(ageYears) &&
    ageYears >= 0
  ) {
    const name = ageYears < rule.adultFromYears ? "child" : "adult";
    return { key: name, shown: { name, from: "age" } };
  }
  if (childProbability >= rule.childFrom) {
    return { key: "child", shown: { name: "child", from: "film" } };
  }
  if (childProbability <= rule.adultTo) {
    return { key: "adult", shown: { name: "adult", from: "film" } };
  }
  const name = childProbability >= 0.5 ? "child" : "adult";
  return { key: "default", shown: { name, from: "default" } };
}
