/** Calibration and cut-offs of each age group, from plain and shifted films. */
import { auroc } from "../../src/metrics/ranking.ts";
import { scoredSet } from "../../src/metrics/scored-set.ts";
import type { Calibration, UnsureRule } from "../../src/models/manifest.ts";
import { calibrate, scoreOf } from "../../src/triage/calibration.ts";
import { fitAcrossLooks, type Scored } from "./fit-platt.ts";
import { conformalReach, type FilmLooks } from "./reach.ts";
import { unsureBetween } from "./unsure.ts";

/** What the net said of one set of films, plain or in another look. */
export interface FilmScores {
  name: string;
  logits: ArrayLike<number>;
  /** Smooth maxima of the maps. */
  strongest: ArrayLike<number>;
  positive: readonly boolean[];
  /** Films of one patient are resampled together. */
  patients: readonly string[];
}

/** What the manifest holds for one group. */
export interface GroupFit {
  calibration: Calibration;
  thresholds: { balanced: number; triage: number };
  unsure: UnsureRule;
}

/** Sensitivity asked of the triage point, on every set of the group. */
const TRIAGE_SENSITIVITY = 0.975;
/** Sensitivity asked of the balanced point, on the sets taken together. */
const BALANCED_SENSITIVITY = 0.9;

/** Weights of the map that are tried. */
const MAP_WEIGHTS = [0, 0.25, 0.5, 1, 2, 4, 8];

/** Scores of a set with the map weighed in. */
export function scoresOf(set: FilmScores, mapWeight: number): number[] {
  return set.positive.map((_, at) =>
    scoreOf(set.logits[at] ?? 0, set.strongest[at] ?? 0, { mapWeight }),
  );
}

/** Probabilities of a set under a calibration. */
export function probabilitiesOf(
  set: FilmScores,
  calibration: Calibration,
): number[] {
  return scoresOf(set, calibration.mapWeight).map(
    (score) => calibrate(score, calibration).probability,
  );
}

/** The weight with the largest mean area under the curve over the sets. */
function chooseMapWeight(sets: readonly FilmScores[]): number {
  let best = { weight: 0, area: -1 };
  for (const weight of MAP_WEIGHTS) {
    const areas = sets.flatMap(
      (set) => auroc(scoredSet(scoresOf(set, weight), set.positive)) ?? [],
    );
    const area = areas.reduce((a, b) => a + b, 0) / areas.length;
    if (area > best.area) best = { weight, area };
  }
  return best.weight;
}

/** One film under the calibration; copies of a film share one unit of weight. */
export interface Calibrated {
  p: number;
  isPositive: boolean;
  weight: number;
}

/**
 * Fits one group. Plain and shifted copies of a film share one unit of
 * weight, so that the fit's certainty does not grow with copies.
 *
 * @param leastSensitivity asked of the balanced point on average over the
 *   sets: what a new hospital's films are like is none of them alone
 * @param others sets of further hospitals that help choose the map's weight
 */
export function fitGroup(
  sets: readonly FilmScores[],
  leastSensitivity: number,
  others: readonly FilmScores[] = [],
): GroupFit {
  const mapWeight = chooseMapWeight([...sets, ...others]);
  const weight = 1 / sets.length;
  const looks = sets.map((set) => {
    const scores = scoresOf(set, mapWeight);
    return set.positive.map((isPositive, at): Scored => ({
      logit: scores[at] ?? 0,
      isPositive,
      weight,
    }));
  });
  const count = Math.max(...sets.map((set) => set.positive.length));
  const fitted = fitAcrossLooks(looks, count, mapWeight);
  const reach = conformalReach(looksOf(sets, mapWeight), fitted);
  const calibration = { ...fitted, reach: reach ?? fitted.reach };
  const calibrated = looks.map((films) =>
    films.map((film): Calibrated => ({
      ...film,
      p: calibrate(film.logit, calibration).probability,
    })),
  );
  const all = calibrated.flat();
  const triage = Math.min(
    ...calibrated.map((films) =>
      cutForSensitivity([positivesOf(films)], TRIAGE_SENSITIVITY),
    ),
  );
  const highest = cutForSensitivity(
    calibrated.map(positivesOf),
    leastSensitivity,
  );
  const balanced = Math.min(balancedCut(all), highest);
  return {
    calibration,
    thresholds: {
      balanced: round(balanced),
      triage: round(Math.min(triage, balanced)),
    },
    unsure: unsureBetween(all, round(balanced)),
  };
}

function positivesOf(films: readonly Calibrated[]): number[] {
  return films.filter((film) => film.isPositive).map((film) => film.p);
}

/**
 * Films as they are with their further looks: sets whose name goes on from
 * another's hold the same films in the same order.
 */
export function looksOf(
  sets: readonly FilmScores[],
  mapWeight: number,
): FilmLooks[] {
  return sets
    .map((set) => ({
      plain: scoresOf(set, mapWeight),
      others: sets
        .filter(({ name }) => name.startsWith(`${set.name}-`))
        .filter(({ positive }) => positive.length === set.positive.length)
        .map((look) => scoresOf(look, mapWeight)),
    }))
    .filter(({ others }) => others.length > 0);
}

/** The highest cut that keeps the sensitivity on average over the sets. */
function cutForSensitivity(
  sets: readonly (readonly number[])[],
  sensitivity: number,
): number {
  const sorted = sets
    .flatMap((positives) =>
      positives.map((p) => ({ p, part: 1 / positives.length / sets.length })),
    )
    .sort((a, b) => a.p - b.p);
  let lost = 0;
  for (const { p, part } of sorted) {
    lost += part;
    if (lost > 1 - sensitivity + 1e-9) return p;
  }
  return 0;
}

/** Largest sensitivity + specificity (Youden) with enough sensitivity. */
export function balancedCut(films: readonly Calibrated[]): number {
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
