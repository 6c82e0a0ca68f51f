/** Platt scaling by damped Newton steps, with the covariance of the fit. */
import type { Calibration } from "../../src/models/manifest.ts";
import { sigmoid } from "../../src/triage/calibration.ts";
import { invertSymmetric2 } from "./linear-algebra.ts";

const ROUNDS = 100;
const HALVINGS = 30;
// A weak pull to slope 1 of standardised scores and intercept 0 keeps
// separable sets finite.
const RIDGE = 0.05;
// 97.5th percentile of the normal distribution: 95 % two-sided, where nothing
// better is known.
const NORMAL_REACH = 1.959964;

/** One scored film: logit, truth, weight (copies of one film share 1). */
export interface Scored {
  logit: number;
  isPositive: boolean;
  weight: number;
}

/** A film in the fit: standardised score, softened target, weight. */
interface Point {
  z: number;
  target: number;
  weight: number;
}

/**
 * Maximum likelihood of `sigmoid(slope·z + intercept)` with Platt's softened
 * targets (Platt 1999). Scores are standardised for the fit, so that their
 * scale does not matter, and the result is brought back.
 */
export function fitPlatt(
  films: readonly Scored[],
  count: number,
  mapWeight: number,
): Calibration {
  const { mean, deviation } = spreadOf(films);
  const points = toPoints(films, mean, deviation);
  let at = { slope: 1, intercept: 0 };
  let loss = lossAt(points, at);
  let covariance: [number, number, number] = [0, 0, 0];
  for (let round = 0; round < ROUNDS; round += 1) {
    const step = newtonStep(points, at);
    ({ covariance } = step);
    let part = 1;
    let next = at;
    let nextLoss = Infinity;
    for (let halving = 0; halving < HALVINGS; halving += 1) {
      next = {
        slope: at.slope - part * step.slope,
        intercept: at.intercept - part * step.intercept,
      };
      nextLoss = lossAt(points, next);
      if (nextLoss <= loss) break;
      part /= 2;
    }
    if (!(nextLoss < loss - 1e-12)) break;
    at = next;
    loss = nextLoss;
  }
  const ratio = mean / deviation;
  const [ss, si, ii] = covariance;
  return {
    // A set whose scores rank the wrong way has no calibration.
    slope: Math.max(1e-3, at.slope / deviation),
    intercept: at.intercept - at.slope * ratio,
    covariance: [
      ss / deviation ** 2,
      (si - ss * ratio) / deviation,
      ii - 2 * si * ratio + ss * ratio ** 2,
    ],
    films: count,
    mapWeight,
    reach: NORMAL_REACH,
  };
}

/**
 * One calibration for several looks of the same films, with the uncertainty
 * of a look that none of them is: to the fit's own covariance comes that of
 * slope and intercept between looks (a random effect, DerSimonian and Laird
 * 1986, with equal weights).
 */
export function fitAcrossLooks(
  looks: readonly (readonly Scored[])[],
  count: number,
  mapWeight: number,
): Calibration {
  const joint = fitPlatt(looks.flat(), count, mapWeight);
  if (looks.length < 2) return joint;
  const each = looks.map((films) =>
    fitPlatt(
      films.map((film) => ({ ...film, weight: 1 })),
      count,
      mapWeight,
    ),
  );
  const [ss, si, ii] = joint.covariance;
  const between = (
    a: "slope" | "intercept",
    b: "slope" | "intercept",
  ): number =>
    each.reduce(
      (sum, fit) => sum + (fit[a] - joint[a]) * (fit[b] - joint[b]),
      0,
    ) / each.length;
  return {
    ...joint,
    covariance: [
      ss + between("slope", "slope"),
      si + between("slope", "intercept"),
      ii + between("intercept", "intercept"),
    ],
  };
}

function spreadOf(films: readonly Scored[]): {
  mean: number;
  deviation: number;
} {
  const mean = films.reduce((sum, f) => sum + f.logit, 0) / films.length;
  const variance =
    films.reduce((sum, f) => sum + (f.logit - mean) ** 2, 0) / films.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}

function toPoints(
  films: readonly Scored[],
  mean: number,
  deviation: number,
): Point[] {
  const weightOf = (isPositive: boolean): number =>
    films.reduce(
      (sum, f) => sum + (f.isPositive === isPositive ? f.weight : 0),
      0,
    );
  const positives = weightOf(true);
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (weightOf(false) + 2);
  return films.map((film) => ({
    z: (film.logit - mean) / deviation,
    target: film.isPositive ? high : low,
    weight: film.weight,
  }));
}

interface Line {
  slope: number;
  intercept: number;
}

function lossAt(points: readonly Point[], { slope, intercept }: Line): number {
  const pull = 0.5 * RIDGE * ((slope - 1) ** 2 + intercept ** 2);
  return points.reduce((sum, { z, target, weight }) => {
    const x = slope * z + intercept;
    // Cross-entropy on the logit: max(x, 0) − x·t + log(1 + exp(−|x|)).
    const entropy =
      Math.max(x, 0) - x * target + Math.log1p(Math.exp(-Math.abs(x)));
    return sum + weight * entropy;
  }, pull);
}

function newtonStep(
  points: readonly Point[],
  { slope, intercept }: Line,
): Line & { covariance: [number, number, number] } {
  let gs = RIDGE * (slope - 1);
  let gi = RIDGE * intercept;
  let hss = RIDGE;
  let hsi = 0;
  let hii = RIDGE;
  for (const { z, target, weight } of points) {
    const p = sigmoid(slope * z + intercept);
    const error = (p - target) * weight;
    const curve = p * (1 - p) * weight;
    gs += error * z;
    gi += error;
    hss += curve * z * z;
    hsi += curve * z;
    hii += curve;
  }
  const covariance = invertSymmetric2(hss, hsi, hii);
  const [ss, si, ii] = covariance;
  return { slope: ss * gs + si * gi, intercept: si * gs + ii * gi, covariance };
}
