/** Calibration, cut-offs and figures of every age group. */
import type { ModelManifest } from "../src/models/manifest.ts";
import { calibrate } from "../src/triage/calibration.ts";
import { wilson, withInterval, type Estimate } from "./intervals.ts";
import {
  describe,
  fitGroup,
  scoresOf,
  type GroupFit,
  type ScoredSet,
} from "./operating-points.ts";
import { rankAuc } from "./scores.ts";

/**
 * Sensitivity on plain validation films that the balanced point must keep.
 * Children's films with pneumonia look alike from hospital to hospital and a
 * missed one costs most, so theirs is asked for more.
 */
const LEAST_SENSITIVITY = { child: 0.94, adult: 0.9, default: 0.9 };

/** Calibration and cut-offs of every group. */
export type Fits = Record<"child" | "adult" | "default", GroupFit>;
export type Figures = ModelManifest["metrics"];

/** Fits children, adults and the neutral default. */
export function fitGroups(sets: ReadonlyMap<string, ScoredSet>): Fits {
  const take = (names: string[]): ScoredSet[] =>
    names.flatMap((name) => sets.get(name) ?? []);
  const children = take(["children", "children-shifted"]);
  const adults = take(["adults", "adult-pool", "adults-shifted"]);
  const others = take(["other-sources"]);
  return {
    child: fitGroup(children, LEAST_SENSITIVITY.child),
    adult: fitGroup(adults, LEAST_SENSITIVITY.adult, others),
    default: fitGroup(
      [...children, ...adults],
      LEAST_SENSITIVITY.default,
      others,
    ),
  };
}

/** Figures of every set at its group's operating points. */
export function figures(
  sets: ReadonlyMap<string, ScoredSet>,
  fits: Fits,
): Figures {
  const result: Figures = {};
  for (const set of sets.values()) {
    const group = set.name.startsWith("child")
      ? "child"
      : set.name.startsWith("adult")
        ? "adult"
        : "default";
    const measure = (what: (part: ScoredSet) => number): Estimate =>
      withInterval(set, what);
    const fit = fits[group];
    const { triage } = fit.thresholds;
    result[set.name] = {
      auroc: measure((part) =>
        rankAuc(scoresOf(part, fit.calibration.mapWeight), part.positive),
      ),
      accuracy: measure((part) => describe(part, fit).accuracy),
      sensitivity: measure((part) => describe(part, fit).sensitivity),
      specificity: measure((part) => describe(part, fit).specificity),
      ece: measure((part) => describe(part, fit).ece),
      triageSensitivity: measure(
        (part) => describe(part, fit, triage).sensitivity,
      ),
      triageSpecificity: measure(
        (part) => describe(part, fit, triage).specificity,
      ),
    };
    result[`${set.name}-reliability`] = reliability(set, fit);
  }
  return result;
}

const BINS = 10;
/** Bins with fewer films say nothing. */
const LEAST_FILMS = 5;

/** Share of films with pneumonia by tenth of the probability shown. */
function reliability(
  set: ScoredSet,
  { calibration }: GroupFit,
): Record<string, Estimate> {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, ill: 0 }));
  const scores = scoresOf(set, calibration.mapWeight);
  for (const [at, score] of scores.entries()) {
    const { probability } = calibrate(score, calibration);
    const bin = bins[Math.min(BINS - 1, Math.floor(probability * BINS))];
    if (bin === undefined) continue;
    bin.count += 1;
    if (set.positive[at] === true) bin.ill += 1;
  }
  return Object.fromEntries(
    bins.flatMap(({ count, ill }, at) =>
      count < LEAST_FILMS
        ? []
        : [
            [
              `${(at / BINS).toFixed(1)}–${((at + 1) / BINS).toFixed(1)}`,
              wilson(ill / count, count),
            ],
          ],
    ),
  );
}
