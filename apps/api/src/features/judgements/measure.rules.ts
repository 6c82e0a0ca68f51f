import {
  auroc,
  bootstrap,
  calibrationError,
  chanceOfCalibrationError,
  proportion,
  scoredSet,
  type Figure,
  type ScoredSet,
} from "@lung-iris/inference";
import type { BarMeasure } from "../bars/bars-document.ts";
import { quantile } from "../../platform/quantile.ts";
import type { FilmAnswer, JudgedFilm } from "./judged-film.ts";

/** From this age on somebody is an adult, as model and policies have it. */
const ADULT_FROM_YEARS = 16;

/** By what films are told apart; "all" takes them together. */
export const DIMENSIONS = ["all", "age", "sex", "source"] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Films that are judged together. */
export interface FilmGroup {
  dimension: Dimension;
  /** "child", "F", "Siemens"; "all" of all. */
  name: string;
  films: readonly JudgedFilm[];
}

/** A figure of the candidate, with the live model's beside it. */
export interface Measured {
  /** Films that the figure rests on, and how many of them are sick. */
  films: number;
  sick: number;
  candidate: Figure | null;
  live: Figure | null;
  /** What of the candidate's ECE so few films make by chance; else null. */
  byChance: number | null;
  /** Of a loss of AUROC, the two that it lies between; else null. */
  aurocs: { candidate: Figure; live: Figure } | null;
}

/** All films, then each age group, sex and source by itself. */
export function groupsOf(films: readonly JudgedFilm[]): FilmGroup[] {
  const by = (
    dimension: Dimension,
    nameOf: (film: JudgedFilm) => string,
  ): FilmGroup[] => {
    const names = [...new Set(films.map(nameOf))].sort();
    return names.map((name) => ({
      dimension,
      name,
      films: films.filter((film) => nameOf(film) === name),
    }));
  };
  return [
    { dimension: "all", name: "all", films },
    ...by("age", ({ ageYears }) =>
      ageYears === null
        ? "unknown"
        : ageYears < ADULT_FROM_YEARS
          ? "child"
          : "adult",
    ),
    ...by("sex", ({ sex }) => sex ?? "unknown"),
    ...by("source", ({ source }) => source),
  ];
}

/**
 * One measure over films, with 95 % intervals: of AUROC and ECE by 1,000
 * resamples of patients (the same draws for both models, so that their
 * difference is paired), of shares after Wilson, of the median by resamples.
 */
export function measureFilms(
  measure: BarMeasure,
  films: readonly JudgedFilm[],
): Measured {
  switch (measure) {
    case "AUROC_LOSS":
      return aurocLoss(films);
    case "ECE":
      return eceOf(films);
    case "TRIAGE_SENSITIVITY": {
      const sick = films.filter(({ isSick }) => isSick);
      return share(films, sick, (answer) => answer.isTriaged);
    }
    case "REFUSALS":
      return share(films, films, ({ probability }) => probability === null);
    case "POINTING": {
      const marked = films.filter(
        ({ candidate, live }) =>
          candidate.pointed !== null && live.pointed !== null,
      );
      return share(marked, marked, ({ pointed }) => pointed === true);
    }
    case "MILLISECONDS":
      return {
        ...countsOf(films),
        candidate: medianOf(films, ({ candidate }) => candidate.milliseconds),
        live: medianOf(films, ({ live }) => live.milliseconds),
        byChance: null,
        aurocs: null,
      };
  }
}

/**
 * How much the candidate loses: positive is worse. Films that either model
 * refused are in neither AUROC; the bar on refusals is theirs.
 */
function aurocLoss(films: readonly JudgedFilm[]): Measured {
  const both = films.filter(
    ({ candidate, live }) =>
      candidate.probability !== null && live.probability !== null,
  );
  const labels = both.map(({ isSick }) => isSick);
  const scoresOf = (pick: (film: JudgedFilm) => FilmAnswer) =>
    scoredSet(
      both.map((film) => pick(film).probability ?? 0),
      labels,
    );
  const candidate = scoresOf((film) => film.candidate);
  const live = scoresOf((film) => film.live);
  const patients = both.map(({ patient }) => patient);
  const figureOf = (of: ScoredSet) =>
    bootstrap(patients, (weights) => auroc(of, weights));
  const [ofCandidate, ofLive] = [figureOf(candidate), figureOf(live)];
  return {
    ...countsOf(both),
    candidate: bootstrap(patients, (weights) => {
      const [before, after] = [auroc(live, weights), auroc(candidate, weights)];
      return before === null || after === null ? null : before - after;
    }),
    live: null,
    byChance: null,
    aurocs: ofCandidate && ofLive && { candidate: ofCandidate, live: ofLive },
  };
}

function eceOf(films: readonly JudgedFilm[]): Measured {
  const answered = (pick: (film: JudgedFilm) => FilmAnswer): Answered[] =>
    films.flatMap((film) => {
      const { probability } = pick(film);
      return probability === null
        ? []
        : [{ patient: film.patient, isSick: film.isSick, probability }];
    });
  const ofCandidate = answered((film) => film.candidate);
  return {
    films: ofCandidate.length,
    sick: ofCandidate.filter(({ isSick }) => isSick).length,
    candidate: eceFigure(ofCandidate),
    live: eceFigure(answered((film) => film.live)),
    byChance: chanceOfCalibrationError(setOf(ofCandidate)),
    aurocs: null,
  };
}

interface Answered {
  patient: string;
  isSick: boolean;
  probability: number;
}

function setOf(films: readonly Answered[]): ScoredSet {
  return scoredSet(
    films.map(({ probability }) => probability),
    films.map(({ isSick }) => isSick),
  );
}

function eceFigure(films: readonly Answered[]): Figure | null {
  if (films.length === 0) return null;
  const set = setOf(films);
  return bootstrap(
    films.map(({ patient }) => patient),
    (weights) => calibrationError(set, weights),
  );
}

function share(
  films: readonly JudgedFilm[],
  of: readonly JudgedFilm[],
  isHit: (answer: FilmAnswer) => boolean,
): Measured {
  const hits = (pick: (film: JudgedFilm) => FilmAnswer): Figure | null =>
    proportion(of.filter((film) => isHit(pick(film))).length, of.length);
  return {
    ...countsOf(films),
    candidate: hits((film) => film.candidate),
    live: hits((film) => film.live),
    byChance: null,
    aurocs: null,
  };
}

function medianOf(
  films: readonly JudgedFilm[],
  pick: (film: JudgedFilm) => number,
): Figure | null {
  const values = films.map(pick);
  return bootstrap(
    films.map((_, at) => String(at)),
    (weights) =>
      median(
        values.flatMap((value, at) =>
          Array.from({ length: weights[at] ?? 0 }, () => value),
        ),
      ),
  );
}

function median(values: number[]): number | null {
  return values.length === 0
    ? null
    : quantile(
        values.sort((a, b) => a - b),
        0.5,
      );
}

function countsOf(films: readonly JudgedFilm[]): {
  films: number;
  sick: number;
} {
  return {
    films: films.length,
    sick: films.filter(({ isSick }) => isSick).length,
  };
}
