/** What a recalibration's pages draw: reliability before and after, and the fit. */
import { toScoredSet } from "../../src/evaluate/measure.ts";
import { bootstrap } from "../../src/metrics/bootstrap.ts";
import {
  calibrationError,
  chanceOfCalibrationError,
  reliabilityBins,
} from "../../src/metrics/calibration-error.ts";
import { fitPlatt } from "../fit/fit-platt.ts";
import { rounded, wilson, type Estimate } from "../report/intervals.ts";
import type { RecalibratedGroup } from "./recalibrate-group.ts";
import { isSick, type Answered } from "./site-groups.ts";

/** One bin of equal width; empty ones are left out. */
interface BinRecord {
  films: number;
  /** Mean probability given. */
  given: number;
  /** Share with pneumonia, with Wilson's interval. */
  found: Estimate;
}

/** How far the given probabilities are from what was found, in one number. */
interface ErrorRecord {
  /** ECE over the same bins, with the interval of resampled patients. */
  error: Estimate;
  /** What of it so few films make, were every probability right. */
  byChance: number;
}

/** As the candidate's manifest holds it, under training.recalibration.groups. */
interface FitRecord {
  group: string;
  /** Films that were fitted on. */
  films: number;
  /** Platt's two numbers, with intervals of resampled patients. */
  slope: Estimate;
  intercept: Estimate;
  reliability: {
    /** "site": those fitted on, each by the other half's fit. "evergreen": no fit saw them. */
    films: "site" | "evergreen";
    before: BinRecord[];
    after: BinRecord[];
    errors: { before: ErrorRecord; after: ErrorRecord };
  }[];
}

export function fitRecord(recalibrated: RecalibratedGroup): FitRecord {
  const { group, fit, before, after } = recalibrated;
  const { evergreenBefore, evergreenAfter } = recalibrated;
  const sets = [
    { films: "site" as const, before, after },
    {
      films: "evergreen" as const,
      before: evergreenBefore,
      after: evergreenAfter,
    },
  ];
  return {
    group: group.name,
    films: before.length,
    slope: intervalOf(before, fit.calibration, "slope"),
    intercept: intervalOf(before, fit.calibration, "intercept"),
    reliability: sets
      .filter((set) => set.before.length > 0)
      .map((set) => ({
        films: set.films,
        before: binsOf(set.before),
        after: binsOf(set.after),
        errors: { before: errorOf(set.before), after: errorOf(set.after) },
      })),
  };
}

function binsOf(answers: readonly Answered[]): BinRecord[] {
  return reliabilityBins(toScoredSet(answers)).map(
    ({ count, meanProbability, observed }) => ({
      films: count,
      given: Number(meanProbability.toFixed(4)),
      found: wilson(observed, count),
    }),
  );
}

function errorOf(answers: readonly Answered[]): ErrorRecord {
  const set = toScoredSet(answers);
  const error = bootstrap(
    answers.map(({ row }) => row.patient),
    (weights) => calibrationError(set, weights),
  );
  const byChance = chanceOfCalibrationError(set) ?? 0;
  return { error: rounded(error), byChance: Number(byChance.toFixed(4)) };
}

/** Of the fit itself the value; of fits on resampled patients the interval. */
function intervalOf(
  films: readonly Answered[],
  fit: Readonly<Record<"slope" | "intercept", number>>,
  number: "slope" | "intercept",
): Estimate {
  const resampled = bootstrap(
    films.map(({ row }) => row.patient),
    (weights) => {
      const drawn = films.flatMap((film, at) => {
        const weight = weights[at] ?? 0;
        const scored = { logit: film.score, isPositive: isSick(film), weight };
        return weight > 0 ? [scored] : [];
      });
      const kinds = new Set(drawn.map(({ isPositive }) => isPositive));
      if (kinds.size < 2) return null;
      return fitPlatt(drawn, drawn.length, 0)[number];
    },
  );
  return rounded(resampled && { ...resampled, value: fit[number] });
}
