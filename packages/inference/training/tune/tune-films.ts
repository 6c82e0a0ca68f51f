/** The films of a run: the site's, and those that are rehearsed. */
import { createHash } from "node:crypto";

import { readManifest, type ManifestRow } from "../../src/evaluate/manifest.ts";
import type { FilmRow } from "../data/films.ts";
import { withoutEvergreen } from "../data/evergreen.ts";
import {
  LEAST_TUNED,
  LEAST_TUNED_OF_A_KIND,
  type Rehearsal,
} from "./tune-settings.ts";

/** A film as a run wants it. */
export interface TuneFilm {
  file: string;
  path: string;
  patient: string;
  /** Null: nothing is said of pneumonia. */
  isSick: boolean | null;
  /** Child, adult or unknown, by age. */
  isChild: boolean | null;
  /** Readers' boxes in fractions of the film's sides. */
  boxes: FilmRow["boxes"];
}

const ADULT_YEARS = 16;

/**
 * The site's films with a plain label, without those of the evergreen test,
 * which nothing of this run ever opens.
 *
 * @throws Error where a patient of the test stands in another split as well,
 *   or where there are too few films.
 */
export async function readTuneFilms(
  manifest: string,
  note: (line: string) => void,
): Promise<TuneFilm[]> {
  const rows = withoutEvergreen(await readManifest(manifest, null, note), note);
  const films = rows.map(toFilm).filter(({ isSick }) => isSick !== null);
  const sick = films.filter(({ isSick }) => isSick).length;
  const least = Math.min(sick, films.length - sick);
  if (films.length < LEAST_TUNED || least < LEAST_TUNED_OF_A_KIND) {
    throw new Error(
      `A fine-tuning needs ${String(LEAST_TUNED)} films, ${String(LEAST_TUNED_OF_A_KIND)} with pneumonia and ${String(LEAST_TUNED_OF_A_KIND)} without; there are ${String(films.length)}, ${String(sick)} with pneumonia. Nothing was written.`,
    );
  }
  return films;
}

/**
 * Films that the base learnt from, with their labels, or stand-ins without:
 * of these nothing counts but what the base itself says.
 */
export async function readRehearsal(
  manifest: string | null,
  kind: Rehearsal,
  note: (line: string) => void,
): Promise<TuneFilm[]> {
  if (manifest === null || kind === "none") return [];
  const rows = withoutEvergreen(await readManifest(manifest, null, note), note);
  const films = rows.map(toFilm);
  if (kind === "base-films")
    return films.filter(
      (_, at) => rows[at]?.more.mayTrain === true && rows[at].split !== "val",
    );
  // Whatever stands in the manifest, the base's word is what is kept.
  return films;
}

function toFilm(row: ManifestRow): TuneFilm {
  const { width, height } = row.more;
  return {
    file: row.file,
    path: row.path,
    patient: row.patient,
    isSick: row.label === "other" ? null : row.label === "pneumonia",
    isChild: row.ageYears === null ? null : row.ageYears < ADULT_YEARS,
    boxes:
      width === null || height === null
        ? []
        : row.boxes.map((box) => ({
            x: box.x / width,
            y: box.y / height,
            width: box.width / width,
            height: box.height / height,
          })),
  };
}

/** Which of two halves a patient is in: the same in every run. */
export function halfOf({ patient }: TuneFilm): 0 | 1 {
  const digest = createHash("sha256").update(`fold ${patient}`).digest();
  return (digest[0] ?? 0) < 128 ? 0 : 1;
}
