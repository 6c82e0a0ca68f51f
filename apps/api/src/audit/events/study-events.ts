import { z } from "zod";
import { LOOK_PARTS } from "../seen.ts";
import { event, noDetails, someOf } from "./define-event.ts";

const sex = z.enum(["FEMALE", "MALE", "OTHER", "UNKNOWN"]);
const birthDate = z.string().nullable();
const text = z.string().nullable();

const study = someOf({
  /** Null where no number is known. */
  mrn: z.string().nullable(),
  identityState: z.enum(["KNOWN", "CHECK", "UNKNOWN"]),
  studyDate: text,
  studyTime: text,
  patientName: z.string(),
  birthDate,
  sex,
  ageYears: z.number().nullable(),
  weightKg: z.number().nullable(),
  viewPosition: text,
  accessionNumber: text,
  description: text,
  clinicalFlags: z.array(z.string()),
  clinicalNote: text,
  ward: text,
});

const whyUpdated = z.discriminatedUnion("cause", [
  z.strictObject({
    cause: z.literal("corrected"),
    reason: text.optional(),
    caseId: z.string(),
    /** Ids of films whose prediction relied on what was corrected. */
    filmsAskedAgain: z.array(z.string()),
  }),
  z.strictObject({ cause: z.literal("another film of the study said more") }),
  z.strictObject({
    cause: z.literal("read again from the kept file"),
    imageId: z.string(),
  }),
]);

/** Of a correction of whose a study is, and of its undoing. */
const correction = {
  correctionId: z.string(),
  caseId: z.string(),
  /** Whose the study was, and is by it; the same where a record was changed. */
  fromPatientId: z.string(),
  toPatientId: z.string(),
  /** Ids of films whose prediction relied on what was corrected. */
  filmsAskedAgain: z.array(z.string()),
};

const ofStudy = z.strictObject({ studyId: z.string() });

/** Films that come in, and whose they are. */
export const studyEvents = [
  event("patient.opened", "patient", { version: 2, details: noDetails }),
  event("patient.viewed", "patient", {
    version: 1,
    details: z.strictObject({
      operation: z.string(),
      parts: z.array(z.enum(LOOK_PARTS)),
    }),
  }),
  event("patient.updated", "patient", {
    version: 2,
    details: noDetails,
    changed: someOf({ name: z.string(), birthDate, sex, issuer: text }),
  }),
  event("study.uploaded", "study", { version: 2, details: noDetails }),
  event("study.updated", "study", {
    version: 2,
    details: whyUpdated,
    changed: study,
  }),
  event("study.patient-corrected", "study", {
    version: 1,
    details: z.strictObject({
      ...correction,
      reason: text,
      isRecordMade: z.boolean(),
    }),
    changed: study,
  }),
  event("study.patient-restored", "study", {
    version: 1,
    details: z.strictObject({ ...correction, reason: z.string() }),
    changed: study,
  }),
  event("upload.refused", "upload", {
    version: 2,
    details: z.strictObject({
      fileName: z.string(),
      code: z.string(),
      /** Null where the file was not read to its end. */
      bytes: z.number().int().nullable(),
    }),
  }),
  event("upload.set-aside", "upload", {
    version: 1,
    details: z.strictObject({
      fileName: z.string(),
      kind: z.enum(["cd-index", "system", "program", "document", "preview"]),
    }),
  }),
  event("upload.expired", "upload", {
    version: 1,
    details: z.strictObject({
      fileName: z.string(),
      /** Who had begun it. */
      userId: z.string(),
      /** How much of how much had come. */
      bytes: z.number().int(),
      length: z.number().int(),
    }),
  }),
  event("image.added", "image", {
    version: 2,
    details: z.strictObject({
      sha256: z.string(),
      bytes: z.number().int(),
      format: z.enum(["PNG", "JPEG", "DICOM"]),
      fileName: z.string(),
      studyId: z.string(),
      caseId: z.string(),
      warnings: z.array(z.string()),
      /** In what the film disagrees with the patient of its record number. */
      conflicts: z.array(z.string()),
      /** The film of the same SOP instance UID with other bytes. */
      conflictsWith: text.optional(),
      /** True where the case was signed before this film came. */
      readAgain: z.boolean(),
    }),
  }),
  /** Letters were found in the picture of a film that was here already. */
  event("image.text-found", "image", { version: 1, details: noDetails }),
  event("image.taken-as-chest", "image", {
    version: 1,
    details: z.strictObject({
      fileName: z.string(),
      caseId: z.string(),
      /** What the file says it is, and somebody overruled. */
      modality: text,
      sopClassUid: text,
    }),
  }),
  event("image.duplicate", "image", {
    version: 2,
    details: z.strictObject({ fileName: z.string() }),
  }),
  event("image.viewed", "image", { version: 2, details: ofStudy }),
  event("image.thumbnail-viewed", "image", { version: 1, details: ofStudy }),
  event("image.header-viewed", "image", { version: 1, details: ofStudy }),
  event("image.downloaded", "image", { version: 2, details: ofStudy }),
] as const;
