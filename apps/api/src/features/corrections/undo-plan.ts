import type {
  DatabaseClient,
  Patient,
  StudyCorrection,
  Tx,
} from "@lung-iris/prisma";
import { ConflictError } from "../../errors.ts";
import { recordThatCounts } from "../patients/merged-records.ts";
import {
  changedFacts,
  knownOf,
  patientsOfNumber,
  recordedFacts,
  type PatientFacts,
} from "../patients/patient-records.ts";
import { topmostStanding } from "./correction.store.ts";
import {
  storedFacts,
  type StoredFacts,
  type StudyState,
} from "./stored-correction.ts";

/** What a record says, and says after something is done. */
interface ChangedRecord {
  record: Patient;
  before: PatientFacts;
  after: PatientFacts;
}

/** What undoing a correction would make; nothing of it is done yet. */
export interface UndoPlan {
  stored: StoredFacts;
  /** The record that the study goes back to. */
  back: Patient;
  /** What that record says then. */
  backFacts: PatientFacts;
  /** The record that says again what it said; null where none does. */
  restored: ChangedRecord | null;
}

/**
 * How a correction is taken back: whole, or not at all.
 *
 * @throws where it is undone already, or what came since makes it impossible:
 *   CORRECTION_UNDONE, CORRECTED_SINCE, STUDY_ELSEWHERE, RECORD_CHANGED,
 *   FILMS_CAME_SINCE or NUMBER_TAKEN; the message says what to do instead.
 */
export async function planUndo(
  tx: DatabaseClient | Tx,
  correction: StudyCorrection,
  { study, patient }: StudyState,
): Promise<UndoPlan> {
  const { id, undoneAt, fromPatientId, toPatientId } = correction;
  if (undoneAt !== null)
    refuse("CORRECTION_UNDONE", "This correction is undone already.");
  if (!(await topmostStanding(tx, [correction])).has(id))
    refuse(
      "CORRECTED_SINCE",
      "Something else of this study or of its patient was corrected since: undo that first.",
    );
  if (patient.id !== toPatientId)
    refuse(
      "STUDY_ELSEWHERE",
      "The study is another record's by now: the records were merged, or a film was filed anew. Undo the merge first, or say again whose the study is.",
    );
  const stored = storedFacts(correction);
  const now = await recordedFacts(tx, patient);
  const others = await tx.study.count({
    where: { patientId: patient.id, id: { not: study.id } },
  });
  const restored = await restoredOf(tx, { patient, now, others }, stored);
  if (fromPatientId === toPatientId)
    return {
      stored,
      back: patient,
      backFacts: restored?.after ?? now,
      restored,
    };
  const back = await recordThatCounts(
    tx,
    await tx.patient.findUniqueOrThrow({ where: { id: fromPatientId } }),
  );
  if (back.id === patient.id)
    refuse(
      "STUDY_ELSEWHERE",
      "The two records are one by now: undo the merge first.",
    );
  const backFacts = await recordedFacts(tx, back);
  return { stored, back, backFacts, restored };
}

async function restoredOf(
  tx: DatabaseClient | Tx,
  {
    patient,
    now,
    others,
  }: { patient: Patient; now: PatientFacts; others: number },
  { after: { patient: became }, recordBefore }: StoredFacts,
): Promise<ChangedRecord | null> {
  if (recordBefore === null) {
    // A record that was made for the study alone names nobody any more.
    if (others > 0) return null;
    const nobody = {
      mrn: null,
      issuer: null,
      identityState: "UNKNOWN",
    } as const;
    return { record: patient, before: now, after: { ...now, ...nobody } };
  }
  const change = changedFacts(became, recordBefore);
  if (Object.keys(change).length === 0) return null;
  const isStillSo = SAID.every(
    (fact) => !Object.hasOwn(change, fact) || now[fact] === became[fact],
  );
  if (!isStillSo)
    refuse(
      "RECORD_CHANGED",
      "The patient's record says something else by now than this correction made of it. Correct it anew instead.",
    );
  if (Object.hasOwn(change, "mrn") && others > 0)
    refuse(
      "FILMS_CAME_SINCE",
      "Other films have come to this patient under the number since. Say whose this study is instead of undoing.",
    );
  const after = { ...now, ...change };
  await assertNumberFree(tx, patient, after);
  return { record: patient, before: now, after };
}

/** What has to be as the correction left it; issuer and parts follow these. */
const SAID = ["mrn", "identityState", "name", "birthDate", "sex"] as const;

async function assertNumberFree(
  tx: DatabaseClient | Tx,
  patient: Patient,
  { mrn, issuer, identityState }: PatientFacts,
): Promise<void> {
  if (mrn === null || mrn === patient.mrn || identityState !== "KNOWN") return;
  const claimants = await patientsOfNumber(tx, patient.siteId, mrn);
  const met = knownOf(
    claimants.filter(({ id }) => id !== patient.id),
    issuer,
  );
  if (met !== null)
    refuse(
      "NUMBER_TAKEN",
      `The record number ${mrn} is another patient's by now. Say whose this study is instead of undoing.`,
    );
}

function refuse(
  code: ConstructorParameters<typeof ConflictError>[0],
  message: string,
): never {
  throw new ConflictError(code, message);
}
