/**
 * Figures of films under fits that did not see them: by halves of the
 * patients, and by leaving out a look or a hospital. They tell what a fit's
 * own films cannot: whether calibration, cut-offs and intervals hold.
 */
import { partOfPatient } from "../data/patient-parts.ts";
import { wilson, type Estimate } from "../report/intervals.ts";
import { figuresOf, judgedBy } from "./judged-films.ts";
import {
  fitGroup,
  looksOf,
  scoresOf,
  type FilmScores,
  type GroupFit,
} from "./operating-points.ts";
import { coverageOf } from "./reach.ts";

type Fit = (sets: readonly FilmScores[]) => GroupFit;

/** What counts of a fit that did not see the films. */
const KEPT = [
  "accuracy",
  "sensitivity",
  "specificity",
  "ece",
  "unsure",
  "errorAll",
  "errorSure",
];

/** With fewer films of either truth a fit is chance, and its figures are none. */
const LEAST_OF_EACH = 5;

/**
 * Under `NAME-held-out` figures of the halves, under `NAME-left-out` those of
 * a fit without that set at all.
 *
 * @param least sensitivity asked of the balanced point
 */
export function heldOutFigures(
  sets: readonly FilmScores[],
  least: number,
): Record<string, Record<string, Estimate>> {
  if (sets.length === 0) return {};
  const fit: Fit = (films) => fitGroup(films, least);
  return { ...byHalves(sets, fit), ...withoutOne(sets, fit) };
}

function byHalves(
  sets: readonly FilmScores[],
  fit: Fit,
): Record<string, Record<string, Estimate>> {
  const parts = [true, false].map((isFirst) =>
    sets.map((set) => partOf(set, isFirst)),
  );
  if (!parts.every(hasEnough)) return {};
  const halves = parts.map((part, at) => ({
    fit: fit(part),
    judged: parts[1 - at] ?? [],
  }));
  const figures = Object.fromEntries(
    sets.map((set, at) => [
      `${set.name}-held-out`,
      only(
        figuresOf(
          halves.flatMap((half) => {
            const judged = half.judged[at];
            return judged === undefined ? [] : judgedBy(judged, half.fit);
          }),
        ),
      ),
    ]),
  );
  const covered = halves.flatMap((half) => {
    const { calibration } = half.fit;
    const films = looksOf(half.judged, calibration.mapWeight);
    const count = films.reduce((sum, { plain }) => sum + plain.length, 0);
    return count === 0
      ? []
      : [{ share: coverageOf(films, calibration), count }];
  });
  const [plain] = sets;
  const kept = figures[`${plain?.name ?? ""}-held-out`];
  const count = covered.reduce((sum, half) => sum + half.count, 0);
  if (kept === undefined || count === 0) return figures;
  const share = covered.reduce((sum, half) => sum + half.share * half.count, 0);
  // As many films as there are, not as many as their looks.
  kept["intervalCoverage"] = wilson(share / count, count);
  return figures;
}

function withoutOne(
  sets: readonly FilmScores[],
  fit: Fit,
): Record<string, Record<string, Estimate>> {
  if (sets.length < 2) return {};
  return Object.fromEntries(
    sets.flatMap((set): [string, Record<string, Estimate>][] => {
      const others = sets.filter((other) => other !== set);
      if (!hasEnough(others)) return [];
      const rest = fit(others);
      const judged = only(figuresOf(judgedBy(set, rest)));
      const films = sets.find(({ name }) => isLookOf(set, name));
      if (films !== undefined) {
        const { calibration } = rest;
        const seen = {
          plain: scoresOf(films, calibration.mapWeight),
          others: [scoresOf(set, calibration.mapWeight)],
        };
        const share = coverageOf([seen], calibration);
        judged["intervalCoverage"] = wilson(share, seen.plain.length);
      }
      return [[`${set.name}-left-out`, judged]];
    }),
  );
}

function hasEnough(sets: readonly FilmScores[]): boolean {
  const truths = sets.flatMap(({ positive }) => positive);
  const positives = truths.filter(Boolean).length;
  return Math.min(positives, truths.length - positives) >= LEAST_OF_EACH;
}

/** Whether the set is a look of the one so named. */
function isLookOf(set: FilmScores, name: string): boolean {
  return set.name.startsWith(`${name}-`);
}

function only(figures: Record<string, Estimate>): Record<string, Estimate> {
  return Object.fromEntries(
    Object.entries(figures).filter(([name]) => KEPT.includes(name)),
  );
}

/** The films of one half of the patients; the same half in every set. */
function partOf(set: FilmScores, isFirst: boolean): FilmScores {
  const kept = set.positive.flatMap((_, at) =>
    (partOfPatient(set.patients[at] ?? "", 2) === 0) === isFirst ? [at] : [],
  );
  return {
    name: set.name,
    logits: kept.map((at) => set.logits[at] ?? 0),
    strongest: kept.map((at) => set.strongest[at] ?? 0),
    positive: kept.map((at) => set.positive[at] === true),
    patients: kept.map((at) => set.patients[at] ?? ""),
  };
}
