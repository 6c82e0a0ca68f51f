/** What a fit says of films whose truth is known, and figures of it. */
import { bootstrap } from "../../src/metrics/bootstrap.ts";
import { calibrationError } from "../../src/metrics/calibration-error.ts";
import { auroc } from "../../src/metrics/ranking.ts";
import { scoredSet } from "../../src/metrics/scored-set.ts";
import { rounded, type Estimate } from "../report/intervals.ts";
import {
  probabilitiesOf,
  type FilmScores,
  type GroupFit,
} from "./operating-points.ts";

/** A film under a fit. */
export interface JudgedFilm {
  p: number;
  isPositive: boolean;
  /** At or above the balanced point, the triage point. */
  isAlarm: boolean;
  isTriaged: boolean;
  isSure: boolean;
  patient: string;
}

/** Every film of a set as the fit sees it. */
export function judgedBy(
  set: FilmScores,
  { calibration, thresholds, unsure }: GroupFit,
): JudgedFilm[] {
  return probabilitiesOf(set, calibration).map((p, at) => ({
    p,
    isPositive: set.positive[at] === true,
    isAlarm: p >= thresholds.balanced,
    isTriaged: p >= thresholds.triage,
    isSure: p < unsure.from || p >= unsure.to,
    patient: set.patients[at] ?? "",
  }));
}

/** Figures of judged films with intervals by patient. */
export function figuresOf(
  films: readonly JudgedFilm[],
): Record<string, Estimate> {
  const scored = scoredSet(
    films.map(({ p }) => p),
    films.map(({ isPositive }) => isPositive),
  );
  const patients = films.map(({ patient }) => patient);
  const interval = (
    statistic: (weights: Uint32Array) => number | null,
  ): Estimate => rounded(bootstrap(patients, statistic));
  const share = (
    is: (film: JudgedFilm) => boolean,
    isCounted: (film: JudgedFilm) => boolean = () => true,
  ): Estimate =>
    interval((weights) => {
      let found = 0;
      let counted = 0;
      for (const [at, film] of films.entries()) {
        if (!isCounted(film)) continue;
        const weight = weights[at] ?? 0;
        counted += weight;
        if (is(film)) found += weight;
      }
      return counted === 0 ? null : found / counted;
    });
  const isSick = (film: JudgedFilm): boolean => film.isPositive;
  const isWell = (film: JudgedFilm): boolean => !film.isPositive;
  const isRight = (film: JudgedFilm): boolean =>
    film.isAlarm === film.isPositive;
  const isWrong = (film: JudgedFilm): boolean => !isRight(film);
  return {
    auroc: interval((weights) => auroc(scored, weights)),
    accuracy: share(isRight),
    sensitivity: share(isRight, isSick),
    specificity: share(isRight, isWell),
    ece: interval((weights) => calibrationError(scored, weights)),
    triageSensitivity: share(({ isTriaged }) => isTriaged, isSick),
    triageSpecificity: share(({ isTriaged }) => !isTriaged, isWell),
    unsure: share(({ isSure }) => !isSure),
    errorAll: share(isWrong),
    errorSure: share(isWrong, ({ isSure }) => isSure),
  };
}
