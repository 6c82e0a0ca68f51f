import type { Case, Image, Tx } from "@lung-iris/prisma";
import type { FilmInfo } from "@lung-iris/inference";
import type { RecordEvent } from "../../audit/audit-log.ts";
import { changesOf } from "../../audit/changes.ts";
import { newId } from "../../platform/ids.ts";
import { enqueue } from "../../platform/job-queue.ts";
import type { CaseCommands } from "../cases/case.commands.ts";
import { identifyFilm, type IdentityConflict } from "./film-identity.rules.ts";
import type { FilmOutcome, IncomingFilm } from "./film-outcome.ts";
import {
  insertImage,
  savePatient,
  saveStudy,
  type Saved,
} from "./ingest.store.ts";

/** Another upload of the same bytes was first. */
export class KnownFilmError extends Error {}

/** A film that is stored and decoded and has not been written down yet. */
export interface Arrival {
  film: IncomingFilm;
  staged: { sha256: string; bytes: number };
  info: FilmInfo;
  now: Date;
}

/**
 * Writes patient, study, image, case, job and events in the transaction.
 * Throws `KnownFilmError` when the film turns out to be there already.
 */
export async function acceptFilm(
  tx: Tx,
  record: RecordEvent,
  commands: CaseCommands,
  { film, staged, info, now }: Arrival,
): Promise<FilmOutcome> {
  const { siteId, fileName } = film;
  const { sha256, bytes } = staged;
  const identity = identifyFilm({
    header: info.header,
    details: film.details,
    siteId,
    sha256,
    receivedAt: now,
  });
  const patient = await savePatient(
    tx,
    { siteId, newId: newId(now) },
    identity.patient,
  );
  const study = await saveStudy(
    tx,
    { siteId, newId: newId(now), patientId: patient.row.id },
    identity,
  );
  const isUnknown = identity.patient.isUnknown;
  const notes = notesOn(patient.conflicts, isUnknown);
  const image = await insertImage(tx, {
    id: newId(now),
    siteId,
    studyId: study.row.id,
    sha256,
    bytes,
    originalName: fileName,
    sopInstanceUid: identity.sopInstanceUid,
    warnings: [...info.warnings, ...notes.warnings],
    info,
  });
  if (image === null) throw new KnownFilmError();
  const saved = await commands.arrive(tx, record, {
    patient: patient.row,
    study: study.row,
    notes: notes.warnings,
    imageId: image.id,
  });
  await enqueue(tx, "assess-image", image.id, { imageId: image.id });
  recordArrival(record, { patient, study, image, saved });
  return {
    file: fileName,
    outcome: "accepted",
    caseId: saved.row.id,
    imageId: image.id,
    studyId: study.row.id,
    code: notes.code,
    message: notes.message,
  };
}

interface Notes {
  /** Codes on the image and, until it is assessed, on the case. */
  warnings: string[];
  code: string | null;
  message: string | null;
}

function notesOn(conflicts: IdentityConflict[], isUnknown: boolean): Notes {
  if (conflicts.length > 0) {
    const what = conflicts.join(" and ").replace("birth-date", "birth date");
    return {
      warnings: ["patient-mismatch"],
      code: "patient-mismatch",
      message: `The record number belongs to a patient with another ${what}. The film was kept apart: check whose it is.`,
    };
  }
  if (isUnknown) {
    return {
      warnings: ["unknown-patient"],
      code: "unknown-patient",
      message: "The film says nothing of its patient. Fill in whose it is.",
    };
  }
  return { warnings: [], code: null, message: null };
}

function recordArrival(
  record: RecordEvent,
  rows: {
    patient: Awaited<ReturnType<typeof savePatient>>;
    study: Awaited<ReturnType<typeof saveStudy>>;
    image: Image;
    saved: { row: Case; before: Case | null };
  },
): void {
  const { patient, study, image, saved } = rows;
  const of = { siteId: image.siteId, patientId: patient.row.id };
  if (patient.changed && patient.before !== null) {
    record({
      type: "patient.updated",
      subject: { type: "patient", id: patient.row.id },
      ...of,
      ...changesOf(patient.before, patient.row, ["name", "birthDate", "sex"]),
      details: {},
    });
  }
  if (study.changed) record({ ...studyEvent(study), ...of });
  record({
    type: "image.added",
    subject: { type: "image", id: image.id },
    ...of,
    details: {
      sha256: image.sha256,
      bytes: image.bytes,
      format: image.format,
      fileName: image.originalName,
      studyId: image.studyId,
      caseId: saved.row.id,
      warnings: image.warnings,
      conflicts: patient.conflicts,
      readAgain: saved.before?.state === "SIGNED",
    },
  });
}

function studyEvent({ row, before }: Saved<{ id: string }>) {
  const subject = { type: "study" as const, id: row.id };
  return before === null
    ? { type: "study.uploaded" as const, subject, details: {} }
    : {
        type: "study.updated" as const,
        subject,
        details: { cause: "another film of the study said more" as const },
      };
}
