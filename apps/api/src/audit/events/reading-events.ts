import { z } from "zod";
import { caseAndReading, caseColumns, label } from "./case-columns.ts";
import { event, noDetails, someOf } from "./define-event.ts";

const text = z.string().nullable();

/** A reading and the version of it that was signed, in one. */
const signedReading = someOf({
  state: z.enum(["OPEN", "ENDED", "SIGNED"]),
  opinion: label.nullable(),
  opinionAt: text,
  opinionIsBlind: z.boolean().nullable(),
  revealedAt: text,
  revealedPredictionId: text,
  firstShownAt: text,
  draftGivenToId: text,
  draftGivenAt: text,
  draftAnsweredById: text,
  version: z.number().int(),
  label,
  decision: z.enum(["CONFIRM", "PARTLY", "OVERRIDE", "INDEPENDENT"]),
  overrideReason: text,
  changeReason: text,
  /** Why the film answers nothing, and whether another is asked for. */
  notDiagnosticReason: text,
  retakeAsked: z.boolean(),
  /** 1, a guess, to 5, sure. */
  confidence: z.number().int().nullable(),
  /** Entries of the findings catalogue, as signed. */
  findings: z.json(),
  comment: text,
  /** Its sections and addenda; null where none was written. */
  report: z.json(),
  /** Regions as the reader drew them. */
  marks: z.json(),
  amendReason: text,
  predictionId: text,
  /** As it was then; left out by former releases. */
  readerGrade: z.enum(["JUNIOR", "SENIOR"]),
});

const signedVersion = {
  version: 1,
  details: z.strictObject({
    caseId: z.string(),
    readingId: z.string(),
    supersedesId: z.string().nullable(),
    /** Which read of the case was signed; left out by former releases. */
    stage: z.enum(["PRIMARY", "SECOND", "ADJUDICATION"]).optional(),
    /** Said of a film that the gate took for something else. */
    confirmsChestFilm: z.boolean().optional(),
  }),
  changed: z.strictObject({ case: caseColumns, reading: signedReading }),
} as const;

const changed = caseAndReading;

/** What a reader says of a case. A signature's subject is the version. */
export const readingEvents = [
  event("reading.opinion-recorded", "case", {
    version: 1,
    details: z.strictObject({ opinion: label }),
    changed,
  }),
  event("reading.draft-saved", "case", {
    version: 1,
    details: noDetails,
    changed,
  }),
  event("reading.draft-given", "case", {
    version: 1,
    details: z.strictObject({ to: z.string() }),
    changed,
  }),
  event("reading.draft-taken-back", "case", {
    version: 1,
    details: noDetails,
    changed,
  }),
  event("reading.draft-taken", "case", {
    version: 1,
    /** Whose it was. */
    details: z.strictObject({ from: z.string() }),
    changed,
  }),
  event("reading.draft-left", "case", {
    version: 1,
    /** Whose it was. */
    details: z.strictObject({ from: z.string() }),
    changed,
  }),
  event("reading.notice-acknowledged", "case", {
    version: 1,
    details: noDetails,
  }),
  event("reading.signed", "reading", signedVersion),
  event("reading.amended", "reading", signedVersion),
  event("reading.addendum-added", "reading", signedVersion),
  /** The same again, after a correction that had taken it was undone. */
  event("reading.restored", "reading", signedVersion),
  event("report.exported", "reading", {
    version: 1,
    details: z.strictObject({
      caseId: z.string(),
      /** Which version of the reading is on the paper. */
      version: z.number().int(),
      /** Whether what the AI said stands on it. */
      withAi: z.boolean(),
      isForPrint: z.boolean(),
    }),
  }),
] as const;

/** How signatures were recorded before readings; only read, never written. */
const review = someOf({
  stage: z.enum(["PRIMARY", "SECOND", "ADJUDICATION"]),
  version: z.number().int(),
  label,
  decision: z.enum(["CONFIRM", "OVERRIDE", "INDEPENDENT"]),
  blindLabel: label.nullable(),
  revealedAt: text,
  overrideReason: text,
  comment: text,
  marks: z.json(),
  amendReason: text,
  predictionId: text,
});

const ofReview = {
  version: 2,
  details: z.strictObject({
    caseId: z.string(),
    supersedesId: z.string().nullable(),
  }),
  changed: z.strictObject({ case: caseColumns, review }),
} as const;

export const reviewEvents = [
  event("review.signed", "review", ofReview),
  event("review.amended", "review", ofReview),
] as const;
