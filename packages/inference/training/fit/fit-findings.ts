/** Calibration, figures and showing of the findings beside pneumonia. */
import { OTHER_FINDINGS } from "../../src/findings/catalogue.ts";
import { bootstrap } from "../../src/metrics/bootstrap.ts";
import { auroc } from "../../src/metrics/ranking.ts";
import { scoredSet } from "../../src/metrics/scored-set.ts";
import type { ManifestFinding, Measured } from "../../src/models/manifest.ts";
import { calibrate } from "../../src/triage/calibration.ts";
import { fitPlatt } from "./fit-platt.ts";
import type { FindingScores } from "./head-figures.ts";
import { rounded } from "../report/intervals.ts";
import { balancedCut } from "./operating-points.ts";
import { unsureBetween } from "./unsure.ts";

/** A finding is shown where the lower end of its area is above … */
const SHOWN_ABOVE = 0.75;
/** … measured on at least so many films that have it. */
const SHOWN_FROM_POSITIVES = 50;

/** The gate for showing a finding to readers. */
export function earnsShowing({ auroc, positives }: Measured): boolean {
  return positives >= SHOWN_FROM_POSITIVES && auroc.low > SHOWN_ABOVE;
}

/** Fewer than this on either side and nothing is fitted: the finding is left out. */
const LEAST_OF_EACH = 3;

/** What the manifest holds of every finding that could be measured. */
export function fitFindings(
  scores: readonly FindingScores[],
): ManifestFinding[] {
  return scores.flatMap((set, head) => {
    const entry = OTHER_FINDINGS[head];
    const positives = set.positive.filter(Boolean).length;
    const isTooFew =
      Math.min(positives, set.positive.length - positives) < LEAST_OF_EACH;
    if (entry === undefined || isTooFew) return [];
    const films = set.positive.map((isPositive, at) => ({
      logit: set.logits[at] ?? 0,
      isPositive,
      weight: 1,
    }));
    const calibration = fitPlatt(films, films.length, 0);
    const calibrated = films.map((film) => ({
      ...film,
      p: calibrate(film.logit, calibration).probability,
    }));
    const balanced = Number(balancedCut(calibrated).toFixed(4));
    const measured = measure(set, positives);
    const forAll = <T>(value: T): Record<"child" | "adult" | "default", T> => ({
      child: value,
      adult: value,
      default: value,
    });
    return [
      {
        code: entry.code,
        concept: entry.concept,
        head,
        calibration: forAll(calibration),
        thresholds: forAll({ balanced, triage: balanced }),
        unsure: forAll(unsureBetween(calibrated, balanced)),
        shown: earnsShowing(measured),
        measured,
      },
    ];
  });
}

function measure(set: FindingScores, positives: number): Measured {
  const scored = scoredSet(set.logits, set.positive);
  return {
    auroc: rounded(
      bootstrap(set.patients, (weights) => auroc(scored, weights)),
    ),
    films: set.positive.length,
    positives,
  };
}
