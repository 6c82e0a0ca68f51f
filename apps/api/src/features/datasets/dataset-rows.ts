import type {
  Image,
  Patient,
  Prediction,
  Prisma,
  Review,
  Study,
} from "@lung-iris/prisma";
import { z } from "zod";
import { readBoxes } from "../triage/prediction-record.ts";
import type { ExportBox, ExportImage } from "./coco.ts";
import type { LabelRow } from "./labels-csv.ts";
import type { Pseudonyms } from "./pseudonyms.ts";

/** What is read of each case; one query a page of cases. */
export const EXPORT_INCLUDE = {
  reviews: { orderBy: [{ version: "desc" }] },
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

const OLDEST_AGE_YEARS = 90;
const DAY_MS = 86_400_000;

const marksSchema = z.array(
  z.object({
    imageId: z.string(),
    finding: z.string(),
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

/** The decision that counts: the newest version of the primary read. */
export function currentReview(reviews: readonly Review[]): Review | null {
  return reviews.find(({ stage }) => stage === "PRIMARY") ?? reviews[0] ?? null;
}

/** Every film of a signed case. Empty where no review is found. */
export function exportRows(
  theCase: ExportCase,
  names: Pseudonyms,
): ExportFilmRow[] {
  const review = currentReview(theCase.reviews);
  if (!review) return [];
  const { study } = theCase;
  const caseName = names.case(theCase.id);
  return study.images.map((film) => {
    const image = `images/${names.image(film.id)}.png`;
    const prediction = shownPrediction(film, review);
    return {
      image: film,
      fileName: image,
      label: {
        case: caseName,
        patient: names.patient(study.patient.id),
        image,
        label: review.label,
        decided_by: names.reader(review.readerId),
        decision: review.decision,
        override_reason: review.overrideReason,
        blind_label: review.blindLabel,
        review_version: review.version,
        ...predictionCells(prediction),
        ...personCells(study, study.patient, review),
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
        label: review.label,
        boxes: [...readerBoxes(review, film.id), ...aiBoxes(prediction)],
      },
    };
  });
}

/** What the reader was shown: named by the review, else the last before. */
function shownPrediction(
  film: ExportFilm,
  review: Review,
): ExportPrediction | null {
  const named = film.predictions.find(({ id }) => id === review.predictionId);
  const earlier = film.predictions.find(
    ({ createdAt }) => createdAt <= review.signedAt,
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

function personCells(study: Study, patient: Patient, review: Review) {
  const age = study.patientAgeYears;
  const isOldest = age !== null && age >= OLDEST_AGE_YEARS;
  const days = review.signedAt.getTime() - study.studiedAt.getTime();
  return {
    age_years:
      age === null ? null : Math.min(OLDEST_AGE_YEARS, wholeYears(age)),
    sex: patient.sex,
    view: study.viewPosition,
    modality: study.modality,
    // With the year of birth the oldest could be told apart.
    study_year: isOldest ? null : study.studiedAt.getUTCFullYear(),
    signed_day_offset: Math.floor(days / DAY_MS),
  };
}

/** Infants keep a tenth of a year; a month of birth is not told by that. */
function wholeYears(age: number): number {
  return age < 2 ? Math.floor(age * 10) / 10 : Math.floor(age);
}

function readerBoxes(review: Review, imageId: string): ExportBox[] {
  return marksSchema
    .parse(review.marks)
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
