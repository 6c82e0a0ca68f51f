/** Platt scaling by Newton's method, with the covariance of the fit. */
import type { Calibration } from "../src/models/manifest.ts";
import { sigmoid } from "../src/triage/calibration.ts";
import { invertSymmetric2 } from "./linear-algebra.ts";

const ROUNDS = 60;
// A weak pull to slope 1 and intercept 0 keeps separable sets finite.
const RIDGE = 0.5;

/** One scored film: logit, truth, weight (copies of one film share 1). */
export interface Scored {
  logit: number;
  isPositive: boolean;
  weight: number;
}

/**
 * Maximum likelihood of `sigmoid(slope·z + intercept)` with Platt's softened
 * targets (Platt 1999).
 */
export function fitPlatt(
  films: readonly Scored[],
  count: number,
  mapWeight: number,
): Calibration {
  const positives = films.reduce(
    (n, f) => n + (f.isPositive ? f.weight : 0),
    0,
  );
  const negatives = films.reduce(
    (n, f) => n + (f.isPositive ? 0 : f.weight),
    0,
  );
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  let slope = 1;
  let intercept = 0;
  let covariance: [number, number, number] = [0, 0, 0];
  for (let round = 0; round < ROUNDS; round += 1) {
    let gs = RIDGE * (slope - 1);
    let gi = RIDGE * 0.02 * intercept;
    let hss = RIDGE;
    let hsi = 0;
    let hii = RIDGE * 0.02;
    for (const film of films) {
      const p = sigmoid(slope * film.logit + intercept);
      const error = (p - (film.isPositive ? high : low)) * film.weight;
      const curve = Math.max(p * (1 - p), 1e-9) * film.weight;
      gs += error * film.logit;
      gi += error;
      hss += curve * film.logit * film.logit;
      hsi += curve * film.logit;
      hii += curve;
    }
    covariance = invertSymmetric2(hss, hsi, hii);
    const [ss, si, ii] = covariance;
    const ds = ss * gs + si * gi;
    const di = si * gs + ii * gi;
    slope = Math.max(0.05, slope - ds);
    intercept -= di;
    if (Math.abs(ds) + Math.abs(di) < 1e-9) break;
  }
  return { slope, intercept, covariance, films: count, mapWeight };
}
