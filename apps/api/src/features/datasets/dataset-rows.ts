import type {
  Image,
  Patient,
  Prisma,
  Reading,
  ReadingVersion,
  Study,
} from "@lung-iris/prisma";
import { z } from "zod";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";
import {
  judgeFindings,
  type JudgedFinding,
} from "../predictions/judged-findings.ts";
import type { ThresholdPolicy } from "../predictions/threshold.rules.ts";
import { viewOf } from "../intake/film-identity.rules.ts";
import { markFindingOf } from "../readings/mark-findings.ts";
import { agreement } from "../readings/reading.rules.ts";
import type { ExportBox, ExportImage } from "./files/coco.ts";
import type { LabelRow } from "./files/labels-csv.ts";
import type { Pseudonyms } from "./files/pseudonyms.ts";

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
            where: { role: "LIVE" },
            orderBy: [{ createdAt: "desc" }, { id: "desc" }],
            include: {
              findings: true,
              modelVersion: { omit: { manifest: true } },
            },
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
 * Every film of a signed case but those with burnt-in letters, by the
 * thresholds of the policy that placed the case. Empty where no
 * signature is found.
 */
export function exportRows(
  theCase: ExportCase,
  names: Pseudonyms,
  policy: ThresholdPolicy,
): ExportFilmRow[] {
  const signed = currentDecision(theCase.readings);
  if (!signed) return [];
  const { reading, version } = signed;
  const { study } = theCase;
  const caseName = names.case(theCase.id);
  const shown = shownOf(theCase);
  const films = study.images.filter((film) => !isBurntIn(film));
  return films.map((film) => {
    const image = `images/${names.image(film.id)}.png`;
    const prediction = standingPrediction(film, shown, version);
    const findings = judged(prediction, policy);
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
        agrees_with_ai: agreement(version.decision),
        override_reason: version.overrideReason,
        blind_label: reading.opinion,
        blind_agrees_with_final:
          reading.opinion === null ? null : reading.opinion === version.label,
        change_reason: version.changeReason,
        review_version: version.version,
        ...predictionCells(prediction, findings),
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
        boxes: [...readerBoxes(version, film.id), ...aiBoxes(findings)],
      },
    };
  });
}

/** The prediction that the case shows, where it is this film's or another's. */
function shownOf(theCase: ExportCase): ExportPrediction | null {
  const all = theCase.study.images.flatMap(({ predictions }) => predictions);
  return all.find(({ id }) => id === theCase.shownPredictionId) ?? null;
}

/**
 * What stood of the film when it was signed: the prediction that the case
 * shows, or beside it the last word of the same model.
 */
function standingPrediction(
  film: ExportFilm,
  shown: ExportPrediction | null,
  { signedAt }: ReadingVersion,
): ExportPrediction | null {
  const beside = film.predictions.find(
    ({ createdAt, modelVersionId }) =>
      createdAt <= signedAt &&
      (shown === null || modelVersionId === shown.modelVersionId),
  );
  const own = film.predictions.find(({ id }) => id === shown?.id);
  return own ?? beside ?? null;
}

function predictionCells(
  prediction: ExportPrediction | null,
  findings: readonly JudgedFinding[],
) {
  const finding = findings.find(({ code }) => code === LEADING_FINDING);
  return {
    ai_assessed: prediction?.gateStatus === "ASSESSED",
    ai_not_assessed_reason: prediction?.gateReason ?? null,
    ai_probability: finding?.probability ?? null,
    ai_threshold: finding?.threshold ?? null,
    model_name: prediction?.modelVersion.name ?? null,
    model_sha256: prediction?.modelVersion.sha256 ?? null,
  };
}

function judged(
  prediction: ExportPrediction | null,
  policy: ThresholdPolicy,
): JudgedFinding[] {
  if (prediction === null) return [];
  const { findings, modelVersion } = prediction;
  return judgeFindings(findings, modelVersion, policy);
}

function personCells(study: Study, patient: Patient, signed: ReadingVersion) {
  const age = study.patientAgeYears;
  const isOldest = age !== null && age >= OLDEST_AGE_YEARS;
  const { studyDate } = study;
  return {
    age_years:
      age === null ? null : Math.min(OLDEST_AGE_YEARS, wholeYears(age)),
    sex: patient.sex,
    // Both may come from a header, where anything can stand.
    view: viewOf(study.viewPosition ?? undefined),
    modality: RADIOGRAPHS.has(study.modality) ? study.modality : "OTHER",
    // With the year of birth the oldest could be told apart.
    study_year: isOldest ? null : (studyDate?.getUTCFullYear() ?? null),
    // Empty where nobody knows the day of the film.
    signed_day_offset:
      studyDate === null
        ? null
        : Math.floor(
            (signed.signedAt.getTime() - studyDate.getTime()) / DAY_MS,
          ),
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

function aiBoxes(findings: readonly JudgedFinding[]): ExportBox[] {
  return findings.flatMap(({ boxes }) =>
    boxes.map((box) => ({ ...box, source: "ai" as const })),
  );
}
