import type { DicomPatient, DicomStudy } from "../encode/dicom-subject.ts";
import type { PhantomOptions } from "../types.ts";
import type { DemoContent, DemoFilm, DemoPatient } from "./demo-types.ts";
import { ROSTER } from "./roster.ts";
import type { RosterFilm, RosterPatient } from "./roster-types.ts";

const MINUTE_MS = 60_000;
const YEAR_MS = 365.25 * 24 * 60 * MINUTE_MS;
/** Detector of the demo's plate: portrait, as chest films mostly are. */
const FILM_WIDTH = 832;
const FILM_HEIGHT = 960;
const FILM_SQUARE = 896;

/** The day the roster's ages are meant for: keeps the anatomy the same for ever. */
const ROSTER_DAY = Date.parse("2026-11-23T00:00:00Z");

/** Moment from which the demo's times count back unless one is given. */
const DEFAULT_NOW = new Date("2026-11-23T08:00:00Z");

function digits(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

/** Header dates have no zone: they are the hospital's local time. */
function dicomDate(at: Date): string {
  return `${digits(at.getFullYear(), 4)}${digits(at.getMonth() + 1, 2)}${digits(at.getDate(), 2)}`;
}

function dicomTime(at: Date): string {
  return `${digits(at.getHours(), 2)}${digits(at.getMinutes(), 2)}${digits(at.getSeconds(), 2)}`;
}

function contentOf(
  patient: RosterPatient,
  film: RosterFilm,
  visit: number,
): DemoContent {
  if (film.notAChest !== undefined) {
    return { kind: "not-a-chest", what: film.notAChest, seed: film.seed };
  }
  const born = Date.parse(patient.born);
  const at = ROSTER_DAY - film.minutesBeforeNow * MINUTE_MS;
  const isPortrait = film.seed % 3 === 0;
  const options: PhantomOptions = {
    seed: film.seed,
    visit,
    width: isPortrait ? FILM_WIDTH : FILM_SQUARE,
    height: isPortrait ? FILM_HEIGHT : FILM_SQUARE,
    // Months of a small child's age matter; a year more does not move an adult.
    ageYears: Math.max(0, Math.round(((at - born) / YEAR_MS) * 4) / 4),
    sex: patient.sex,
    ...(patient.build === undefined ? {} : { build: patient.build }),
    view: film.view ?? "PA",
    ...(film.pathology === undefined ? {} : { pathology: film.pathology }),
    ...(film.sites === undefined ? {} : { sites: film.sites }),
    ...(film.extent === undefined ? {} : { extent: film.extent }),
    ...(film.density === undefined ? {} : { density: film.density }),
  };
  return { kind: "phantom", options };
}

const EXTENSION = { png: "png", jpeg: "jpg", dicom: "dcm" } as const;

function planFilm(
  patient: RosterPatient,
  mrn: string,
  film: RosterFilm,
  index: number,
  now: Date,
): DemoFilm {
  const takenAt = new Date(now.getTime() - film.minutesBeforeNow * MINUTE_MS);
  const ageYears = (takenAt.getTime() - Date.parse(patient.born)) / YEAR_MS;
  const view = film.view ?? "PA";
  const accessionNumber = `A${film.seed}${index + 1}`;
  const description = view === "AP" ? "Chest AP, bedside" : "Chest PA";
  const subject: DicomPatient = {
    familyName: patient.family,
    givenName: patient.given,
    id: mrn,
    birthDate: patient.born.replaceAll("-", ""),
    sex: patient.sex,
    ageYears,
    weightKg: patient.weightKg,
  };
  const study: DicomStudy = {
    date: dicomDate(takenAt),
    time: dicomTime(takenAt),
    accessionNumber,
    description,
    institution: "Demo hospital",
  };
  return {
    fileName: `${mrn}-${index + 1}.${EXTENSION[film.format]}`,
    format: film.format,
    content: contentOf(patient, film, index),
    view,
    minutesBeforeNow: film.minutesBeforeNow,
    takenAt,
    ageYears,
    accessionNumber,
    description,
    clinicalFlags: film.flags ?? [],
    clinicalNote: film.note ?? null,
    patient: subject,
    study,
    dicomOptions: {
      view,
      photometric: film.photometric ?? "MONOCHROME2",
      transferSyntax: film.implicit ? "implicit" : "explicit",
      bitsStored: film.bitsStored ?? 12,
    },
  };
}

/**
 * The invented patients of the demo, always the same ones; only the times count
 * back from `now`. Pictures in PNG and JPEG do not depend on `now`; DICOM files
 * carry the time in their header.
 */
export function demoPatients(now: Date = DEFAULT_NOW): DemoPatient[] {
  return ROSTER.map((patient, i) => {
    const mrn = `DEMO-${digits(1001 + i, 4)}`;
    return {
      mrn,
      familyName: patient.family,
      givenName: patient.given,
      name: `${patient.family}, ${patient.given}`,
      sex: patient.sex,
      birthDate: patient.born,
      weightKg: patient.weightKg,
      films: patient.films.map((film, index) =>
        planFilm(patient, mrn, film, index, now),
      ),
    };
  });
}
