import type {
  Image,
  Patient,
  Prediction,
  Prisma,
  Reading,
  ReadingVersion,
  Study,
} from "@lung-iris/prisma";
import { z } from "zod";
import { viewOf } from "../intake/film-identity.rules.ts";
import { markFindingOf } from "../readings/mark-findings.ts";
import { readBoxes } from "../triage/prediction-record.ts";
import type { ExportBox, ExportImage } from "./coco.ts";
import type { LabelRow } from "./labels-csv.ts";
import type { Pseudonyms } from "./pseudonyms.ts";

/** What is read of each case; one query a page of cases. */
export const EXPORT_INCLUDE = {
  readings: {
    where: { state: "SIGNED" },
    orderBy: [{ endedAt: "desc" }, { id: "desc" }],
    include: { versions: { orderBy: { version: "desc" } } },
  },
  study: {
    include: {
      patient: true,
      images: {
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
        include: {
          predictions: {
            orderBy: [{ createdAt: "desc" }, { id: "desc" }],
            include: { modelVersion: { omit: { manifest: true } } },
            omit: { cam: true, findings: true },
          },
        },
      },
    },
  },
} satisfies Prisma.CaseInclude;

export type ExportCase = Prisma.CaseGetPayload<{
  include: typeof EXPORT_INCLUDE;
}>;
type ExportFilm = ExportCase["study"]["images"][number];
type ExportPrediction = ExportFilm["predictions"][number];

/** DICOM PS3.3 C.7.3.1.1.1: what a chest film can be. */
const RADIOGRAPHS = new Set(["CR", "DX", "RG", "RF"]);

const OLDEST_AGE_YEARS = 90;
const DAY_MS = 86_400_000;

const marksSchema = z.array(
  z.object({
    imageId: z.string(),
    finding: z.string().transform(markFindingOf),
    x: z.number(),
    y: z.number(),
    width: z.number(),
    height: z.number(),
  }),
);

/** One film of a case, ready to be written; no name, number or date in it. */
export interface ExportFilmRow {
  image: Pick<Image, "sha256" | "bitsStored">;
  fileName: string;
  label: LabelRow;
  coco: ExportImage;
}

/** What was signed, with the reading that it belongs to. */
export interface Signed {
  reading: Pick<Reading, "opinion" | "opinionIsBlind">;
  version: ReadingVersion;
}

/** The decision that counts: the newest version of the last first read. */
export function currentDecision(
  readings: readonly (Reading & { versions: readonly ReadingVersion[] })[],
): Signed | null {
  const reading =
    readings.find(({ stage }) => stage === "PRIMARY") ?? readings[0];
  const version = reading?.versions[0];
  return reading === undefined || version === undefined
    ? null
    : { reading, version };
}

/**
 * True where the header says that letters are burnt into the pixels: a name may
 * be among them, so that the film is no part of a de-identified dataset.
 */
export function isBurntIn(film: Pick<Image, "warnings">): boolean {
  return film.warnings.includes("burned-in-annotation");
}

/**
 * Every film of a signed case but those with burnt-in letters. Empty where no
 * signature is found.
 */
export function exportRows(
  theCase: ExportCase,
  names: Pseudonyms,
): ExportFilmRow[] {
  const signed = currentDecision(theCase.readings);
  if (!signed) return [];
  const { reading, version } = signed;
  const { study } = theCase;
  const caseName = names.case(theCase.id);
  const films = study.images.filter((film) => !isBurntIn(film));
  return films.map((film) => {
    const image = `images/${names.image(film.id)}.png`;
    const prediction = shownPrediction(film, version);
    return {
      image: film,
      fileName: image,
      label: {
        case: caseName,
        patient: names.patient(study.patient.id),
        image,
        label: version.label,
        decided_by: names.reader(version.readerId),
        decision: version.decision,
        override_reason: version.overrideReason,
        blind_label: reading.opinion,
        review_version: version.version,
        ...predictionCells(prediction),
        ...personCells(study, study.patient, version),
        width: film.width,
        height: film.height,
        source_bits: film.bitsStored,
        source_format: film.format,
      },
      coco: {
        fileName: image,
        width: film.width,
        height: film.height,
        case: caseName,
        label: version.label,
        boxes: [...readerBoxes(version, film.id), ...aiBoxes(prediction)],
      },
    };
  });
}

/** What the reader was shown: named by the signature, else the last before. */
function shownPrediction(
  film: ExportFilm,
  signed: ReadingVersion,
): ExportPrediction | null {
  const named = film.predictions.find(({ id }) => id === signed.predictionId);
  const earlier = film.predictions.find(
    ({ createdAt }) => createdAt <= signed.signedAt,
  );
  return named ?? earlier ?? null;
}

function predictionCells(prediction: ExportPrediction | null) {
  return {
    ai_assessed: prediction?.gateStatus === "ASSESSED",
    ai_not_assessed_reason: prediction?.gateReason ?? null,
    ai_probability: prediction?.probability ?? null,
    ai_threshold: prediction?.threshold ?? null,
    model_name: prediction?.modelVersion.name ?? null,
    model_sha256: prediction?.modelVersion.sha256 ?? null,
  };
}

function personCells(study: Study, patient: Patient, signed: ReadingVersion) {
  const age = study.patientAgeYears;
  const isOldest = age !== null && age >= OLDEST_AGE_YEARS;
  const days = signed.signedAt.getTime() - study.studiedAt.getTime();
  return {
    age_years:
      age === null ? null : Math.min(OLDEST_AGE_YEARS, wholeYears(age)),
    sex: patient.sex,
    // Both may come from a header, where anything can stand.
    view: viewOf(study.viewPosition ?? undefined),
    modality: RADIOGRAPHS.has(study.modality) ? study.modality : "OTHER",
    // With the year of birth the oldest could be told apart.
    study_year: isOldest ? null : study.studiedAt.getUTCFullYear(),
    signed_day_offset: Math.floor(days / DAY_MS),
  };
}

/** Infants keep a tenth of a year; a month of birth is not told by that. */
function wholeYears(age: number): number {
  return age < 2 ? Math.floor(age * 10) / 10 : Math.floor(age);
}

function readerBoxes(signed: ReadingVersion, imageId: string): ExportBox[] {
  return marksSchema
    .parse(signed.marks)
    .filter((mark) => mark.imageId === imageId)
    .map(({ finding, x, y, width, height }) => ({
      finding,
      x,
      y,
      width,
      height,
      source: "reader",
      score: null,
    }));
}

function aiBoxes(prediction: Pick<Prediction, "boxes"> | null): ExportBox[] {
  if (!prediction) return [];
  return readBoxes(prediction).map((box) => ({ ...box, source: "ai" }));
}
