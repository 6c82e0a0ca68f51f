import type { Case, Image, Tx } from "@lung-iris/prisma";
import type { FilmInfo } from "@lung-iris/inference";
import type { RecordEvent } from "../../audit/audit-log.ts";
import { changesOf } from "../../audit/changes.ts";
import { newId } from "../../platform/ids.ts";
import type { CaseRetakeCommands } from "../retakes/case-retake.commands.ts";
import type { CaseCommands } from "../cases/case.commands.ts";
import { lockIdentity } from "../patients/identity-lock.ts";
import { noteText, notesOn } from "./arrival-notes.ts";
import type { AssignArrival } from "../assignment/assign-by-rules.ts";
import type { EnterCase } from "../policies/case-entry.ts";
import { askModels } from "../predictions/ask-models.ts";
import {
  savePatient,
  type ArrivedPatient,
  type Saved,
} from "./arriving-patient.ts";
import { saveSeries, saveStudy, type ArrivedStudy } from "./arriving-study.ts";
import { identifyFilm } from "../film-identity/film-identity.rules.ts";
import type { FilmOutcome, IncomingFilm } from "./film-outcome.ts";
import { findFilmOfUid, insertImage, zoneOfSite } from "./ingest.store.ts";

/** Another upload of the same bytes was first. */
export class KnownFilmError extends Error {}

/** A film that is stored and decoded and has not been written down yet. */
export interface Arrival {
  film: IncomingFilm;
  staged: { sha256: string; bytes: number };
  info: FilmInfo;
  now: Date;
  /** The request that brought it. */
  requestId: string;
  /** Who did; a program by its name alone. */
  sender: { userId: string | null; name: string };
}

/**
 * Writes patient, study, image, case, job and events in the transaction.
 * Throws `KnownFilmError` when the film turns out to be there already.
 */
export async function acceptFilm(
  tx: Tx,
  record: RecordEvent,
  {
    commands,
    retakes,
    enter,
    assignArrival,
  }: {
    commands: CaseCommands;
    retakes: CaseRetakeCommands;
    enter: EnterCase;
    assignArrival: AssignArrival;
  },
  { film, staged, info, now, requestId, sender }: Arrival,
): Promise<FilmOutcome> {
  const { siteId, fileName } = film;
  const { sha256, bytes } = staged;
  const siteZone = await zoneOfSite(tx, siteId);
  const identity = identifyFilm({
    header: info.header,
    details: film.details,
    siteId,
    siteZone,
    sha256,
    receivedAt: now,
  });
  const patient = await savePatient(
    tx,
    { siteId, newId: newId(now) },
    identity,
  );
  const study = await saveStudy(
    tx,
    { siteId, newId: newId(now), patientId: patient.row.id },
    identity.study,
  );
  const series = await saveSeries(
    tx,
    { siteId, newId: newId(now), studyId: study.row.id },
    identity.series,
  );
  const first = await firstOfUid(tx, siteId, identity.sopInstanceUid, sha256);
  const notes = notesOn({
    conflicts: patient.conflicts,
    isStudyApart: study.isApart,
    isResent: first !== null,
    isUnknown: patient.row.identityState === "UNKNOWN",
    identity: identity.notes,
  });
  const image = await insertImage(tx, {
    id: newId(now),
    siteId,
    studyId: study.row.id,
    seriesId: series.id,
    sha256,
    bytes,
    originalName: fileName,
    sopClassUid: identity.sopClassUid,
    sopInstanceUid: first === null ? identity.sopInstanceUid : null,
    conflictsWithId: first?.id ?? null,
    headerReadAt: now,
    warnings: [...new Set([...info.warnings, ...notes])],
    info,
  });
  if (image === null) throw new KnownFilmError();
  const saved = await commands.arrive(tx, record, {
    patient: patient.row,
    study: study.row,
    notes,
    imageId: image.id,
    entry: await enter(tx, { siteId, studyId: study.row.id }),
  });
  if (saved.before === null) await assignArrival(tx, record, saved.row);
  await retakes.filmArrived(tx, record, {
    study: study.row,
    imageId: image.id,
    actor: sender,
  });
  await askModels(tx, siteId, [image.id], "arrived", requestId);
  recordArrival(record, { patient, study, image, saved });
  if (info.warnings.includes("modality-overruled")) {
    record({
      type: "image.taken-as-chest",
      subject: { type: "image", id: image.id },
      siteId,
      patientId: patient.row.id,
      details: {
        fileName,
        caseId: saved.row.id,
        modality: info.header?.modality ?? null,
        sopClassUid: identity.sopClassUid,
      },
    });
  }
  return {
    file: fileName,
    outcome: "accepted",
    caseId: saved.row.id,
    imageId: image.id,
    studyId: study.row.id,
    code: notes[0] ?? null,
    message: noteText(notes, patient.conflicts),
    canBeTaken: false,
    modality: null,
  };
}

/**
 * The film of other bytes that has the SOP instance UID. The same bytes are
 * no conflict: they are found by their hash.
 */
async function firstOfUid(
  tx: Tx,
  siteId: string,
  sopInstanceUid: string | null,
  sha256: string,
): Promise<Image | null> {
  if (sopInstanceUid === null) return null;
  await lockIdentity(tx, siteId, `film:${sopInstanceUid}`);
  const first = await findFilmOfUid(tx, siteId, sopInstanceUid);
  return first?.sha256 === sha256 ? null : first;
}

function recordArrival(
  record: RecordEvent,
  rows: {
    patient: ArrivedPatient;
    study: ArrivedStudy;
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
      ...changesOf(patient.before, patient.row, [
        "name",
        "birthDate",
        "sex",
        "issuer",
      ]),
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
      conflictsWith: image.conflictsWithId,
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
