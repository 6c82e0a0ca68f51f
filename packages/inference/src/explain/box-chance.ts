/** How likely a box is right, by a rule in the manifest. */
import type { BoxChance } from "../models/manifest.ts";
import { sigmoid } from "../triage/calibration.ts";

/** What is known of a box before anybody looks. */
export interface BoxFacts {
  /** Mean of the map inside it, 0…1. */
  score: number;
  /** Part of the map's rectangle that it covers. */
  area: number;
  /** Calibrated probability of the finding in the film. */
  probability: number;
}

// Ends of the scale have no finite logit.
const LEAST = 1e-4;

/** The facts on the scale of the fit: log odds, and a logarithm of the area. */
export function chanceFeatures({
  score,
  area,
  probability,
}: BoxFacts): [score: number, area: number, film: number] {
  return [logit(score), Math.log(Math.max(LEAST, area)), logit(probability)];
}

/** Chance, 0…1, that the box's middle lies where the finding is marked. */
export function chanceOf(box: BoxFacts, rule: BoxChance): number {
  const [score, area, film] = chanceFeatures(box);
  return sigmoid(
    rule.intercept + rule.score * score + rule.area * area + rule.film * film,
  );
}

function logit(p: number): number {
  const inside = Math.min(1 - LEAST, Math.max(LEAST, p));
  return Math.log(inside / (1 - inside));
}
