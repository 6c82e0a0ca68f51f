/** How well the further heads rank: the hint and the findings. */
import { OTHER_FINDINGS } from "../../src/findings/catalogue.ts";
import type { FilmNumbers, ScoreNet } from "./score-net.ts";
import { IDENTITY_WARP, warp } from "../data/augment-geometry.ts";
import type { FilmCache } from "../data/film-cache.ts";
import { bootstrap } from "../../src/metrics/bootstrap.ts";
import { auroc } from "../../src/metrics/ranking.ts";
import { scoredSet } from "../../src/metrics/scored-set.ts";
import { rounded, type Estimate } from "../report/intervals.ts";
import type { FilmRow } from "../data/films.ts";

/** One number or row of numbers of every film, in order. */
async function ofFilms<T>(
  net: ScoreNet,
  films: readonly number[],
  cache: FilmCache,
  take: (numbers: FilmNumbers) => T,
): Promise<T[]> {
  const rows: T[] = [];
  for (const index of films) {
    const grey = warp(cache.film(index), cache.size, net.size, IDENTITY_WARP);
    rows.push(take(await net.run(grey)));
  }
  return rows;
}

/** Scores of one finding on the films whose label is known. */
export interface FindingScores {
  code: string;
  logits: number[];
  positive: boolean[];
  /** Films of one patient are resampled together. */
  patients: string[];
}

/** The further findings on films of the given splits whose labels are known. */
export async function findingScores(
  net: ScoreNet,
  rows: readonly FilmRow[],
  splits: readonly string[],
  cache: FilmCache,
): Promise<FindingScores[]> {
  const films = rows.flatMap((row, at) =>
    row.truths !== null && splits.includes(row.split) ? [at] : [],
  );
  const logits = await ofFilms(net, films, cache, ({ others }) => others);
  return OTHER_FINDINGS.map(({ code }, finding) => {
    const known = films.flatMap((index, at) => {
      const label = rows[index]?.truths?.[finding] ?? Number.NaN;
      return Number.isNaN(label) ? [] : [{ at, index, label }];
    });
    return {
      code,
      logits: known.map(({ at }) => logits[at]?.[finding] ?? Number.NaN),
      positive: known.map(({ label }) => label > 0.5),
      patients: known.map(({ index }) => rows[index]?.patient ?? ""),
    };
  });
}

/** Viral against bacterial among children of `val` with pneumonia. */
export async function hintFigures(
  net: ScoreNet,
  rows: readonly FilmRow[],
  cache: FilmCache,
): Promise<{ hintViral: Record<string, Estimate> }> {
  const graded = rows.flatMap((row, at) =>
    row.split === "val" && row.isGraded ? [at] : [],
  );
  const viral = await ofFilms(net, graded, cache, (film) => film.viral);
  if (graded.length === 0) return { hintViral: {} };
  const scored = scoredSet(
    viral,
    graded.map((index) => rows[index]?.sublabel === "viral"),
  );
  const patients = graded.map((index) => rows[index]?.patient ?? "");
  return {
    hintViral: {
      auroc: rounded(bootstrap(patients, (weights) => auroc(scored, weights))),
    },
  };
}
