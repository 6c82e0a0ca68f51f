/** Calibration, cut-offs and figures of every age group. */
import { reliabilityBins } from "../../src/metrics/calibration-error.ts";
import { proportion, type Figure } from "../../src/metrics/figure.ts";
import { scoredSet } from "../../src/metrics/scored-set.ts";
import type { ModelManifest } from "../../src/models/manifest.ts";
import { rounded, type Estimate } from "../report/intervals.ts";
import { heldOutFigures } from "./held-out.ts";
import { figuresOf, judgedBy } from "./judged-films.ts";
import {
  fitGroup,
  probabilitiesOf,
  type FilmScores,
  type GroupFit,
} from "./operating-points.ts";

/**
 * Sensitivity that the balanced point must keep on average over the looks.
 * Children's films with pneumonia look alike from hospital to hospital and a
 * missed one costs most, so theirs is asked for more.
 */
export const LEAST_SENSITIVITY = { child: 0.95, adult: 0.9, default: 0.9 };

/** Calibration and cut-offs of every group. */
export type Fits = Record<"child" | "adult" | "default", GroupFit>;
export type Figures = ModelManifest["metrics"];

/** Sets of children and of adults by name; the rest checks only. */
function setsOf(
  sets: ReadonlyMap<string, FilmScores>,
): Record<"children" | "adults" | "others", FilmScores[]> {
  const all = [...sets.values()].filter(({ positive }) => hasBoth(positive));
  const named = (start: string): FilmScores[] =>
    all.filter(({ name }) => name.startsWith(start));
  const children = named("child");
  const adults = named("adult");
  return {
    children,
    adults,
    others: all.filter((set) => ![...children, ...adults].includes(set)),
  };
}

function hasBoth(positive: readonly boolean[]): boolean {
  return positive.includes(true) && positive.includes(false);
}

/**
 * Fits children, adults and the neutral default. A group without films of
 * its own takes the other's.
 *
 * @throws Error where no set has films with and without pneumonia.
 */
export function fitGroups(sets: ReadonlyMap<string, FilmScores>): Fits {
  const { children, adults, others } = setsOf(sets);
  const all = [...children, ...adults];
  if (all.length === 0) {
    throw new Error(
      "nothing to calibrate on: validation needs films of children or adults " +
        "with and without pneumonia (split val)",
    );
  }
  const own = (films: FilmScores[]): FilmScores[] =>
    films.length > 0 ? films : all;
  return {
    child: fitGroup(own(children), LEAST_SENSITIVITY.child),
    adult: fitGroup(own(adults), LEAST_SENSITIVITY.adult, others),
    default: fitGroup(all, LEAST_SENSITIVITY.default, others),
  };
}

/** The group that a set is judged by. */
function groupOf(name: string): keyof Fits {
  if (name.startsWith("child")) return "child";
  return name.startsWith("adult") ? "adult" : "default";
}

/** Figures of every set at its group's operating points. */
export function figures(
  sets: ReadonlyMap<string, FilmScores>,
  fits: Fits,
): Figures {
  const result: Figures = {};
  for (const set of sets.values()) {
    if (!hasBoth(set.positive)) continue;
    const fit = fits[groupOf(set.name)];
    result[set.name] = figuresOf(judgedBy(set, fit));
    result[`${set.name}-reliability`] = reliability(set, fit);
  }
  const { children, adults } = setsOf(sets);
  return {
    ...result,
    ...heldOutFigures(children, LEAST_SENSITIVITY.child),
    ...heldOutFigures(adults, LEAST_SENSITIVITY.adult),
  };
}

/** Bins with fewer films say nothing. */
const LEAST_FILMS = 5;

/** Share of films with pneumonia by tenth of the probability shown. */
function reliability(
  set: FilmScores,
  { calibration }: GroupFit,
): Record<string, Estimate> {
  const p = probabilitiesOf(set, calibration);
  const bins = reliabilityBins(scoredSet(p, set.positive));
  return Object.fromEntries(
    bins.flatMap(({ count, meanProbability, observed }): [string, Figure][] => {
      if (count < LEAST_FILMS) return [];
      const tenth = Math.min(9, Math.floor(meanProbability * 10));
      const name = `${(tenth / 10).toFixed(1)}–${((tenth + 1) / 10).toFixed(1)}`;
      return [[name, rounded(proportion(Math.round(observed * count), count))]];
    }),
  );
}
