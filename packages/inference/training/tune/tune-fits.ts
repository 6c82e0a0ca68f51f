/** Calibration, points and figures of fine-tuned heads, by films held out. */
import { PNEUMONIA } from "../../src/findings/catalogue.ts";
import type { ManifestFinding } from "../../src/models/manifest.ts";
import {
  LEAST_SENSITIVITY,
  type Fits,
  figures,
  type Figures,
} from "../fit/group-fits.ts";
import {
  fitGroup,
  type FilmScores,
  type GroupFit,
} from "../fit/operating-points.ts";
import { LEAST_FILMS, LEAST_OF_A_KIND } from "../recalibrate/site-groups.ts";
import type { TuneFilm } from "./tune-films.ts";

/** A film with what heads that were not taught it say. */
export interface AnsweredFilm {
  film: TuneFilm;
  logit: number;
  strongest: number;
}

/** The fits of a candidate, and whose are those of all films together. */
export interface TuneFits {
  fits: Fits;
  /** Age groups with too few films for a fit of their own. */
  pooled: ("child" | "adult")[];
}

/** Fits every group that has films enough; the others get that of all films. */
export function fitTuned(answers: readonly AnsweredFilm[]): TuneFits {
  const all = fitGroup([scoresOf("site", answers)], LEAST_SENSITIVITY.default);
  const fits: Fits = { child: all, adult: all, default: all };
  const pooled: TuneFits["pooled"] = [];
  for (const name of ["child", "adult"] as const) {
    const own = answers.filter(({ film }) => groupOf(film) === name);
    const sick = own.filter(({ film }) => film.isSick).length;
    const least = Math.min(sick, own.length - sick);
    if (own.length < LEAST_FILMS || least < LEAST_OF_A_KIND) pooled.push(name);
    else fits[name] = fitGroup([scoresOf(name, own)], LEAST_SENSITIVITY[name]);
  }
  return { fits, pooled };
}

/** Figures of the site's films by group, under some fits; names say which. */
export function siteFigures(
  answers: readonly AnsweredFilm[],
  fits: Fits,
  ending: string,
): Figures {
  const sets = new Map<string, FilmScores>();
  const add = (name: string, films: readonly AnsweredFilm[]): void => {
    if (films.length > 0) sets.set(name, scoresOf(name, films));
  };
  // `figures` judges a set by the group that its name begins with.
  add(
    `children-site-${ending}`,
    answers.filter(({ film }) => film.isChild === true),
  );
  add(
    `adults-site-${ending}`,
    answers.filter(({ film }) => film.isChild === false),
  );
  add(`site-${ending}`, answers);
  return figures(sets, fits);
}

/** The fits that a model has, in the form in which new ones come. */
export function fitsOf(findings: readonly ManifestFinding[]): Fits {
  const finding = findings.find(({ code }) => code === PNEUMONIA.code);
  if (finding === undefined)
    throw new Error("The base does not look for pneumonia.");
  const of = (group: keyof Fits): GroupFit => {
    const thresholds = finding.thresholds[group];
    const { balanced } = thresholds;
    return {
      calibration: finding.calibration[group],
      thresholds,
      unsure: finding.unsure?.[group] ?? { from: balanced, to: balanced },
    };
  };
  return { child: of("child"), adult: of("adult"), default: of("default") };
}

function groupOf({ isChild }: TuneFilm): "child" | "adult" | null {
  if (isChild === null) return null;
  return isChild ? "child" : "adult";
}

function scoresOf(name: string, answers: readonly AnsweredFilm[]): FilmScores {
  return {
    name,
    logits: answers.map(({ logit }) => logit),
    strongest: answers.map(({ strongest }) => strongest),
    positive: answers.map(({ film }) => film.isSick === true),
    patients: answers.map(({ film }) => film.patient),
  };
}
