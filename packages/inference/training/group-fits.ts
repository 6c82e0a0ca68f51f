/** Calibration, cut-offs and figures of every age group. */
import type { ModelManifest } from "../src/models/manifest.ts";
import { withInterval, type Estimate } from "./intervals.ts";
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
const LEAST_SENSITIVITY = { child: 0.93, adult: 0.9, default: 0.9 };

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
  }
  return result;
}
