/** Calibration and cut-offs of each age group, from plain and shifted films. */
import type { Calibration } from "../src/models/manifest.ts";
import { calibrate, scoreOf } from "../src/triage/calibration.ts";
import { fitPlatt, type Scored } from "./fit-platt.ts";
import { rankAuc } from "./scores.ts";

/** Scores of one set of films, plain or shifted. */
export interface ScoredSet {
  name: string;
  logits: ArrayLike<number>;
  /** Smooth maxima of the maps. */
  strongest: ArrayLike<number>;
  positive: readonly boolean[];
}

/** What the manifest holds for one group. */
export interface GroupFit {
  calibration: Calibration;
  thresholds: { balanced: number; triage: number };
}

/** Sensitivity asked of the triage point, on every set of the group. */
const TRIAGE_SENSITIVITY = 0.975;
/** Sensitivity asked of the balanced point, on the sets taken together. */
const BALANCED_SENSITIVITY = 0.9;

/** Weights of the map that are tried. */
const MAP_WEIGHTS = [0, 0.25, 0.5, 1, 2, 4, 8];

/** Scores of a set with the map weighed in. */
export function scoresOf(set: ScoredSet, mapWeight: number): number[] {
  return set.positive.map((_, at) =>
    scoreOf(set.logits[at] ?? 0, set.strongest[at] ?? 0, { mapWeight }),
  );
}

/** The weight with the largest mean area under the curve over the sets. */
function chooseMapWeight(sets: readonly ScoredSet[]): number {
  let best = { weight: 0, area: -1 };
  for (const weight of MAP_WEIGHTS) {
    const areas = sets.map((set) =>
      rankAuc(scoresOf(set, weight), set.positive),
    );
    const area = areas.reduce((a, b) => a + b, 0) / areas.length;
    if (area > best.area) best = { weight, area };
  }
  return best.weight;
}

/**
 * Fits one group. Plain and shifted copies of a film share one unit of
 * weight, so that the fit's certainty does not grow with copies.
 *
 * @param leastSensitivity asked of the balanced point on the first set
 * @param others sets of further hospitals that help choose the map's weight
 */
export function fitGroup(
  sets: readonly ScoredSet[],
  leastSensitivity: number,
  others: readonly ScoredSet[] = [],
): GroupFit {
  const mapWeight = chooseMapWeight([...sets, ...others]);
  const scored = sets.map((set) => ({
    positive: set.positive,
    scores: scoresOf(set, mapWeight),
  }));
  const films: Scored[] = scored.flatMap(({ positive, scores }) =>
    positive.map((isPositive, at) => ({
      logit: scores[at] ?? 0,
      isPositive,
      weight: 1 / sets.length,
    })),
  );
  const count = Math.max(...sets.map((set) => set.positive.length));
  const calibration = fitPlatt(films, count, mapWeight);
  const probabilities = films.map((film) => ({
    ...film,
    p: calibrate(film.logit, calibration).probability,
  }));
  const triage = Math.min(
    ...scored.map(({ positive, scores }) =>
      cutForSensitivity(
        scores
          .filter((_, at) => positive[at] === true)
          .map((score) => calibrate(score, calibration).probability),
        TRIAGE_SENSITIVITY,
      ),
    ),
  );
  const [plain] = scored;
  const highest = cutForSensitivity(
    (plain?.scores ?? [])
      .filter((_, at) => plain?.positive[at] === true)
      .map((score) => calibrate(score, calibration).probability),
    leastSensitivity,
  );
  const balanced = Math.min(balancedCut(probabilities), highest);
  return {
    calibration,
    thresholds: {
      balanced: round(balanced),
      triage: round(Math.min(triage, balanced)),
    },
  };
}

/** The highest cut that keeps the sensitivity among these positives. */
function cutForSensitivity(
  positives: readonly number[],
  sensitivity: number,
): number {
  const sorted = [...positives].sort((a, b) => a - b);
  const lost = Math.floor((1 - sensitivity) * sorted.length);
  return sorted[lost] ?? 0;
}

/** Largest sensitivity + specificity (Youden) with enough sensitivity. */
function balancedCut(
  films: readonly { p: number; isPositive: boolean; weight: number }[],
): number {
  const sorted = [...films].sort((a, b) => a.p - b.p);
  const sum = (isPositive: boolean): number =>
    sorted.reduce(
      (n, f) => n + (f.isPositive === isPositive ? f.weight : 0),
      0,
    );
  const positives = sum(true);
  const negatives = sum(false);
  let missed = 0;
  let cleared = 0;
  let best = { youden: -1, cut: 0.5 };
  for (let at = 0; at < sorted.length - 1; at += 1) {
    const film = sorted[at];
    const next = sorted[at + 1];
    if (film === undefined || next === undefined) break;
    if (film.isPositive) missed += film.weight;
    else cleared += film.weight;
    const sensitivity = 1 - missed / positives;
    const youden = sensitivity + cleared / negatives - 1;
    if (sensitivity >= BALANCED_SENSITIVITY && youden > best.youden) {
      best = { youden, cut: (film.p + next.p) / 2 };
    }
  }
  return best.cut;
}

function round(p: number): number {
  return Number(p.toFixed(4));
}

/** Sensitivity, specificity, accuracy at a cut, and expected calibration error. */
export function describe(
  set: ScoredSet,
  fit: GroupFit,
  cut: number = fit.thresholds.balanced,
): { sensitivity: number; specificity: number; accuracy: number; ece: number } {
  const p = scoresOf(set, fit.calibration.mapWeight).map(
    (score) => calibrate(score, fit.calibration).probability,
  );
  const share = (of: boolean): number => {
    const members = p.filter((_, at) => set.positive[at] === of);
    const right = members.filter((value) => value >= cut === of);
    return right.length / members.length;
  };
  const right = p.filter((value, at) => value >= cut === set.positive[at]);
  return {
    sensitivity: share(true),
    specificity: share(false),
    accuracy: right.length / p.length,
    ece: expectedCalibrationError(p, set.positive),
  };
}

const ECE_BINS = 15;

/** Mean gap between probability and frequency over 15 equal bins. */
export function expectedCalibrationError(
  probabilities: readonly number[],
  positive: readonly boolean[],
): number {
  const bins = Array.from({ length: ECE_BINS }, () => ({ p: 0, y: 0 }));
  for (const [at, p] of probabilities.entries()) {
    const bin = bins[Math.min(ECE_BINS - 1, Math.floor(p * ECE_BINS))];
    if (bin === undefined) continue;
    bin.p += p;
    bin.y += positive[at] === true ? 1 : 0;
  }
  const gaps = bins.reduce((sum, bin) => sum + Math.abs(bin.p - bin.y), 0);
  return gaps / probabilities.length;
}
