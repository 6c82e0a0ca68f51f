import { z } from "zod";
import { someOf } from "./define-event.ts";

/** What a reader says of a film. */
export const label = z.enum(["NORMAL", "PNEUMONIA", "OTHER", "NOT_DIAGNOSTIC"]);

const time = z.string().nullable();

const ofCase = {
  state: z.enum(["WAITING", "READING", "SIGNED", "EMPTY"]),
  assessment: z.enum(["PENDING", "ASSESSED", "NOT_ASSESSED"]),
  notAssessedReason: z.string().nullable(),
  urgency: z.enum(["CRITICAL", "URGENT", "SOON", "ROUTINE"]),
  urgencyReasons: z.array(z.string()),
  /** Calibrated, 0 to 1. */
  probability: z.number().nullable(),
  threshold: z.number().nullable(),
  assigneeId: z.string().nullable(),
  poolId: z.string().nullable(),
  assignedAt: time,
  /** Name of the policy's rule that gave it. */
  assignmentRule: z.string().nullable(),
  escalatedAt: time,
  /** Why it is to be read now. */
  escalateReason: z.string().nullable(),
  claimedById: z.string().nullable(),
  claimExpiresAt: time,
  decidedLabel: label.nullable(),
  agreesWithAi: z.boolean().nullable(),
  signedAt: time,
  preliminaryAt: time,
  reopenedAt: time,
  retakeAskedAt: time,
  retakeDoneAt: time,
  /** Why another film is asked for. */
  retakeReason: z.string().nullable(),
  /** The answer that list, screen, signature and export show. */
  shownPredictionId: z.string().nullable(),
  /** The reading beside the signed one: where it stands, why, who holds it. */
  secondRead: z
    .enum([
      "SECOND_DUE",
      "SECOND_READING",
      "ADJUDICATION_DUE",
      "ADJUDICATION_READING",
      "AGREED",
      "ADJUDICATED",
    ])
    .nullable(),
  secondReadReasons: z.array(z.string()),
  secondReadDueAt: time,
  secondReaderId: z.string().nullable(),
  secondReadUntil: time,
  isControl: z.boolean(),
  /** Of the site's policy that placed it. */
  policyVersion: z.number().int(),
  patientId: z.string(),
  patientName: z.string(),
  mrn: z.string(),
  accessionNumber: z.string().nullable(),
  version: z.number().int(),
};

/** The columns of a case whose changes events show. */
export const caseColumns = someOf(ofCase);

/** The same with the reader's own reading beside them. */
export const caseAndReading = someOf({
  ...ofCase,
  "reading.state": z.enum(["OPEN", "ENDED", "SIGNED"]),
  "reading.opinion": label.nullable(),
  "reading.opinionAt": time,
  "reading.opinionIsBlind": z.boolean().nullable(),
  "reading.revealedAt": time,
  "reading.revealedPredictionId": z.string().nullable(),
  "reading.firstShownAt": time,
  "reading.draftGivenToId": z.string().nullable(),
  "reading.draftGivenAt": time,
  "reading.draftAnsweredById": z.string().nullable(),
});
