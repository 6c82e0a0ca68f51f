import type {
  DatabaseClient,
  Patient,
  Sex,
  Study,
  Tx,
} from "@lung-iris/prisma";
import { ConflictError, NotFoundError } from "../../errors.ts";
import { personOf } from "../intake/arriving-patient.ts";
import { identityConflicts } from "../film-identity/identity-conflicts.rules.ts";
import { lockIdentity } from "../patients/identity-lock.ts";
import {
  changedFacts,
  changePatient,
  createPatient,
  knownOf,
  patientsOfNumber,
  recordedFacts,
  type PatientFacts,
} from "../patients/patient-records.ts";
import { recordThatCounts } from "../patients/merged-records.ts";
import { displayName, parseName } from "../patients/person-name.rules.ts";

/** What a person says of whose film it is; absent: not said. */
export interface PatientCorrection {
  mrn?: string | undefined;
  patientName?: string | undefined;
  /** ISO date; null takes it back. */
  birthDate?: string | null | undefined;
  sex?: Sex | undefined;
  /** It is this patient, whatever the film says. */
  joinPatientId?: string | undefined;
}

/** What a correction makes of whose the study is; nothing of it is done yet. */
interface PatientPlan {
  /** The record that the study is of afterwards; null: one that is made. */
  record: Patient | null;
  /** What that record says now; for one that is made what it is copied from. */
  before: PatientFacts;
  after: PatientFacts;
}

/**
 * The patient whose the study is by the correction: the same, renamed or with
 * another number; the one of that number; or a new one where the old has
 * other studies.
 *
 * @throws NOT_FOUND where the patient to join is none of the site, CONFLICT
 *   where the number belongs to somebody of another name.
 */
export async function planPatient(
  tx: DatabaseClient | Tx,
  on: { study: Study; patient: Patient },
  said: PatientCorrection,
): Promise<PatientPlan> {
  const { record, settled } = await recordFor(tx, on, said);
  const before = await recordedFacts(tx, record ?? on.patient);
  const names =
    said.patientName === undefined ? undefined : parseName(said.patientName);
  return {
    record,
    before,
    after: {
      ...before,
      ...settled,
      ...(names === undefined
        ? {}
        : { names, name: displayName(names) ?? before.name }),
      ...(said.birthDate === undefined ? {} : { birthDate: said.birthDate }),
      ...(said.sex === undefined ? {} : { sex: said.sex }),
    },
  };
}

/** Carries out such a plan. `id` is for a new record. */
export async function correctPatient(
  tx: Tx,
  on: { study: Study; patient: Patient },
  said: PatientCorrection,
  id: string,
): Promise<{ plan: PatientPlan; patient: Patient }> {
  const { siteId } = on.study;
  if (said.mrn !== undefined)
    await lockIdentity(tx, siteId, `number:${said.mrn}`);
  const plan = await planPatient(tx, on, said);
  const { record, before, after } = plan;
  const patient =
    record === null
      ? await createPatient(tx, { id, siteId }, after)
      : await changePatient(tx, record, changedFacts(before, after));
  return { plan, patient };
}

async function recordFor(
  tx: DatabaseClient | Tx,
  { study, patient }: { study: Study; patient: Patient },
  said: PatientCorrection,
): Promise<{ record: Patient | null; settled: Partial<PatientFacts> }> {
  if (said.joinPatientId !== undefined)
    return {
      record: await joined(tx, study.siteId, said.joinPatientId),
      settled: {},
    };
  const { mrn } = said;
  const isSettled = patient.identityState === "KNOWN" && mrn === patient.mrn;
  if (mrn === undefined || isSettled) return { record: patient, settled: {} };
  const claimants = await patientsOfNumber(tx, study.siteId, mrn);
  const met = knownOf(
    claimants.filter((one) => one.id !== patient.id),
    mrn === patient.mrn ? patient.issuer : null,
  );
  const known = met === null ? null : await recordThatCounts(tx, met);
  // The number of a record that was merged into this one is the patient's too.
  if (known?.id === patient.id) return { record: patient, settled: {} };
  if (known) {
    assertSamePerson(known, said);
    return { record: known, settled: {} };
  }
  const studies = await tx.study.count({ where: { patientId: patient.id } });
  return {
    record: studies === 1 ? patient : null,
    settled: { mrn, issuer: null, identityState: "KNOWN" },
  };
}

async function joined(
  tx: DatabaseClient | Tx,
  siteId: string,
  id: string,
): Promise<Patient> {
  const patient = await tx.patient.findFirst({ where: { id, siteId } });
  if (patient?.identityState !== "KNOWN") throw new NotFoundError("patient");
  return recordThatCounts(tx, patient);
}

function assertSamePerson(known: Patient, said: PatientCorrection): void {
  const onRecord = personOf(known);
  const conflicts = identityConflicts(onRecord, {
    name: said.patientName ?? onRecord.name,
    birthDate: said.birthDate ?? null,
    sex: said.sex ?? "UNKNOWN",
  });
  if (conflicts.length === 0) return;
  throw new ConflictError(
    "CONFLICT",
    // Not to whom: a refusal leaves no look in the trail.
    `The record number ${known.mrn ?? ""} belongs to somebody with another name, birth date or sex. Leave these out to join this film to that patient.`,
  );
}
