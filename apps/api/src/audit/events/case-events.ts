import { z } from "zod";
import { caseAndReading, label } from "./case-columns.ts";
import { event, noDetails, patientIds } from "./define-event.ts";

/** Why a film that was asked for will not come. */
const RETAKE_ENDS = [
  "TAKEN_ELSEWHERE",
  "NOT_POSSIBLE",
  "NOT_NEEDED",
  "OTHER",
] as const;
export type RetakeEnd = (typeof RETAKE_ENDS)[number];

const caseIds = z.array(z.string());
const changed = caseAndReading;
const ofImage = z.strictObject({ imageId: z.string() });

/** A page of the list as it was asked for, or a row that came to an open one. */
const shownCases = z.union([
  z.strictObject({
    filter: z.record(z.string(), z.json()),
    sort: z.string(),
    first: z.number().int(),
    isFirstPage: z.boolean(),
    caseIds,
    patientIds,
  }),
  z.strictObject({ isLive: z.literal(true), caseIds, patientIds }),
]);

const placed = z.strictObject({
  cause: z.enum(["assessed", "asked-again", "failed", "corrected", "policy"]),
  imageId: z.string().optional(),
});

const retakeEnd = z.union([
  /** A later film of the patient came. */
  z.strictObject({ cause: z.literal("film-arrived"), imageId: z.string() }),
  z.strictObject({
    cause: z.literal("staff"),
    reason: z.enum(RETAKE_ENDS),
    note: z.string().nullable(),
  }),
]);

const identityChange = z.strictObject({ reason: z.string().nullable() });

/** Words that are typed and not sent yet; they stand in no event themselves. */
const keptText = {
  version: 1,
  details: z.strictObject({
    /** What they are for, for example COMMENT. */
    kind: z.string(),
    /** The version, comment, film or study they are about; else the case. */
    aboutId: z.string(),
  }),
} as const;

/** The worklist, and what readers and staff do with a case on it. */
const workEvents = [
  event("worklist.viewed", "worklist", { version: 2, details: shownCases }),
  event("case.opened", "case", { version: 2, details: noDetails }),
  event("case.text-kept", "case", keptText),
  event("case.text-forgotten", "case", keptText),
  event("case.claimed", "case", { version: 2, details: noDetails, changed }),
  event("case.lease-renewed", "case", {
    version: 2,
    details: noDetails,
    changed,
  }),
  event("case.taken-over", "case", {
    version: 1,
    details: z.strictObject({
      reason: z.string(),
      /** Who had it. */
      from: z.string().nullable(),
    }),
    changed,
  }),
  event("case.released", "case", {
    version: 2,
    details: z.strictObject({
      reason: z.enum(["reader", "lease-expired", "handed-over"]),
    }),
    changed,
  }),
  event("case.assigned", "case", { version: 2, details: noDetails, changed }),
  event("case.assignment-lapsed", "case", {
    version: 1,
    details: noDetails,
    changed,
  }),
  event("case.escalated", "case", {
    version: 1,
    details: z.strictObject({ reason: z.string() }),
    changed,
  }),
  event("case.reassess-requested", "case", {
    version: 2,
    details: noDetails,
    changed,
  }),
  event("case.prediction-revealed", "case", {
    version: 2,
    details: z.strictObject({
      isFirstTime: z.boolean(),
      /** The reader's own, before the AI was shown; null where not said. */
      opinion: label.nullable(),
      /** Null where the AI had no answer to show. */
      predictionId: z.string().nullable(),
    }),
    changed,
  }),
  event("case.second-read-asked", "case", {
    version: 1,
    details: z.strictObject({ reason: z.string() }),
    changed,
  }),
  event("case.first-reading-shown", "case", {
    version: 1,
    details: noDetails,
    changed,
  }),
] as const;

/** What becomes of a case without anybody reading it. */
const placeEvents = [
  event("case.arrived", "case", { version: 1, details: ofImage, changed }),
  event("case.film-added", "case", { version: 1, details: ofImage, changed }),
  event("case.film-left", "case", {
    version: 1,
    details: z.strictObject({
      imageId: z.string(),
      cause: z.enum(["moved", "removed"]),
      reason: z.string(),
      /** The signed version that no longer decides the case. */
      wipedVersionId: z.string().optional(),
      signerId: z.string().optional(),
    }),
    changed,
  }),
  event("case.film-turned", "case", {
    version: 1,
    details: z.strictObject({
      imageId: z.string(),
      reason: z.string(),
      /** The signed version that no longer decides the case. */
      wipedVersionId: z.string().optional(),
      signerId: z.string().optional(),
    }),
    changed,
  }),
  event("case.reopened", "case", {
    version: 1,
    details: z.strictObject({
      imageId: z.string(),
      /** The signed version that no longer decides the case. */
      wipedVersionId: z.string().optional(),
      signerId: z.string().optional(),
    }),
    changed,
  }),
  event("case.placed", "case", { version: 1, details: placed, changed }),
  event("case.not-assessed", "case", { version: 2, details: placed, changed }),
  event("case.reassessed", "case", { version: 2, details: placed, changed }),
  event("case.raised", "case", {
    version: 2,
    details: z.strictObject({ ceilingMinutes: z.number() }),
    changed,
  }),
  event("case.renamed", "case", {
    version: 1,
    details: identityChange,
    changed,
  }),
  event("case.moved", "case", { version: 1, details: identityChange, changed }),
  event("case.corrected", "case", { version: 1, details: noDetails, changed }),
  event("case.preliminary-issued", "case", {
    version: 1,
    details: z.strictObject({
      preliminaryId: z.string(),
      /** Counts the case's preliminary reports from 1. */
      number: z.number().int(),
      label,
      /** Its sections, as they were given out. */
      report: z.json(),
      findings: z.json(),
    }),
    changed: caseAndReading,
  }),
  event("preliminary.exported", "case", {
    version: 1,
    details: z.strictObject({
      preliminaryId: z.string(),
      number: z.number().int(),
      isForPrint: z.boolean(),
    }),
  }),
  event("case.retake-ended", "case", {
    version: 1,
    details: retakeEnd,
    changed,
  }),
] as const;

export const caseEvents = [...workEvents, ...placeEvents] as const;
