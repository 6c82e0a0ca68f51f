import { trainingPatient, type FilmOrientation } from "@lung-iris/inference";
import type { DatabaseClient } from "@lung-iris/prisma";
import { memberSplits } from "../dataset-files/patient-split.ts";
import { pseudonymsFor } from "../dataset-files/pseudonyms.ts";
import { orientationOf } from "../films/film-orientation.ts";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";
import { readRegions } from "../labels/label.rules.ts";
import {
  decidedFilms,
  patientsOfSite,
  type DecidedFilm,
} from "./evergreen.store.ts";
import type { KnownFilm } from "./known-film.ts";

/** The newest evergreen films that one judgement looks at: minutes, not hours. */
const MOST_EVERGREEN = 2_000;

/** A site's own film of the evergreen test, and where its bytes lie. */
export interface EvergreenFilm {
  film: KnownFilm;
  sha256: string;
  orientation: FilmOrientation;
}

/**
 * The newest decided films of patients whose split is the test.
 *
 * @param secret the installation's; splits and pseudonyms come from it
 */
export async function evergreenFilms(
  client: DatabaseClient,
  secret: string,
  siteId: string,
): Promise<EvergreenFilm[]> {
  const splitOf = memberSplits(secret, siteId);
  const names = pseudonymsFor(secret, siteId);
  const films: EvergreenFilm[] = [];
  for await (const row of decidedFilms(client, siteId)) {
    if (splitOf(row.patientId) !== "TEST") continue;
    films.push({
      film: knownFilm(row, names.patient(row.patientId)),
      sha256: row.sha256,
      orientation: orientationOf(row),
    });
    if (films.length >= MOST_EVERGREEN) break;
  }
  return films;
}

/**
 * Every patient of the site whose split is the test, decided or not, as model
 * folders name those that they learnt from.
 */
export async function evergreenPatients(
  client: DatabaseClient,
  secret: string,
  siteId: string,
): Promise<Set<string>> {
  const splitOf = memberSplits(secret, siteId);
  const names = pseudonymsFor(secret, siteId);
  const patients = new Set<string>();
  for await (const id of patientsOfSite(client, siteId))
    if (splitOf(id) === "TEST")
      patients.add(trainingPatient(names.patient(id)));
  return patients;
}

function knownFilm(row: DecidedFilm, patient: string): KnownFilm {
  const letter = { FEMALE: "F", MALE: "M", OTHER: "O", UNKNOWN: null } as const;
  return {
    set: "EVERGREEN",
    patient,
    isSick: row.isSick,
    ageYears: row.ageYears,
    sex: letter[row.sex],
    source: row.source ?? "unknown",
    regions: readRegions(row.regions).filter(
      ({ imageId, finding }) =>
        imageId === row.imageId && finding === LEADING_FINDING,
    ),
  };
}
