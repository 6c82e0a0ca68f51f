/** The chance that a box is right, fitted and measured. */
import { calibrationError } from "../../src/metrics/calibration-error.ts";
import { bootstrap } from "../../src/metrics/bootstrap.ts";
import { auroc } from "../../src/metrics/ranking.ts";
import { scoredSet } from "../../src/metrics/scored-set.ts";
import type { BoxChance } from "../../src/models/manifest.ts";
import { sigmoid } from "../../src/triage/calibration.ts";
import { partOfPatient } from "../data/patient-parts.ts";
import { rounded, type Estimate } from "../report/intervals.ts";
import type { BoxFilm, ShownBox } from "./box-films.ts";
import { solve } from "./linear-algebra.ts";
import { froc, meanPrecision, type FoundBox } from "./box-figures.ts";

/** Fewer boxes of either kind and nothing is fitted. */
const LEAST_OF_EACH = 20;
const ROUNDS = 50;
// A weak pull to zero of every slope keeps small sets finite.
const RIDGE = 1;

/** The fit, and its figures on films that it did not see; null: too few. */
export function fitBoxChance(films: readonly BoxFilm[]): {
  rule: BoxChance;
  figures: Record<string, Estimate>;
} | null {
  const boxes = films.flatMap(({ shown }) => shown);
  const right = boxes.filter(({ isRight }) => isRight).length;
  if (Math.min(right, boxes.length - right) < LEAST_OF_EACH) return null;
  const rule = logistic(boxes);
  const halves = [0, 1].map((half) =>
    logistic(
      films
        .filter(({ patient }) => partOfPatient(patient, 2) !== half)
        .flatMap(({ shown }) => shown),
    ),
  );
  const judged = films.map((film) => {
    const fit = halves[partOfPatient(film.patient, 2)] ?? rule;
    return {
      patient: film.patient,
      marked: film.marked,
      found: film.shown.map((box): FoundBox => ({
        ...box,
        chance: chance(box, fit),
      })),
    };
  });
  const all = judged.flatMap(({ found, patient }) =>
    found.map((box) => ({ box, patient })),
  );
  const scored = scoredSet(
    all.map(({ box }) => box.chance),
    all.map(({ box }) => box.isRight),
  );
  const patients = all.map(({ patient }) => patient);
  return {
    rule,
    figures: {
      boxRight: rounded(
        bootstrap(patients, (weights) => {
          let sum = 0;
          let count = 0;
          for (const [at, { box }] of all.entries()) {
            const weight = weights[at] ?? 0;
            count += weight;
            if (box.isRight) sum += weight;
          }
          return count === 0 ? null : sum / count;
        }),
      ),
      boxChanceEce: rounded(
        bootstrap(patients, (weights) => calibrationError(scored, weights)),
      ),
      boxChanceAuroc: rounded(
        bootstrap(patients, (weights) => auroc(scored, weights)),
      ),
      ...froc(judged),
      meanPrecision: meanPrecision(judged),
    },
  };
}

function chance({ features }: ShownBox, rule: BoxChance): number {
  const [score, area, film] = features;
  return sigmoid(
    rule.intercept + rule.score * score + rule.area * area + rule.film * film,
  );
}

/** Maximum likelihood with a ridge by Newton steps. */
function logistic(boxes: readonly ShownBox[]): BoxChance {
  let at: number[] = [0, 0, 0, 0];
  for (let round = 0; round < ROUNDS; round += 1) {
    const slope = at.map((value, i) => (i === 0 ? 0 : RIDGE * value));
    const curve = at.map((_, i) =>
      at.map((__, j): number => (i !== j ? 0 : i === 0 ? 1e-6 : RIDGE)),
    );
    for (const { features, isRight } of boxes) {
      const x = [1, ...features];
      const p = sigmoid(x.reduce((sum, v, i) => sum + v * (at[i] ?? 0), 0));
      const error = p - (isRight ? 1 : 0);
      for (const [i, v] of x.entries()) {
        slope[i] = (slope[i] ?? 0) + error * v;
        const row = curve[i] ?? [];
        for (const [j, w] of x.entries()) {
          row[j] = (row[j] ?? 0) + p * (1 - p) * v * w;
        }
      }
    }
    const step = solve(curve, slope);
    at = at.map((value, i) => value - (step[i] ?? 0));
    if (Math.max(...step.map(Math.abs)) < 1e-9) break;
  }
  const [intercept = 0, score = 0, area = 0, film = 0] = at;
  return { intercept, score, area, film };
}
