import type { Patient, Sex, Study, Tx } from "@lung-iris/prisma";
import { ConflictError, NotFoundError } from "../../errors.ts";
import { personOf } from "../intake/arriving-patient.ts";
import { identityConflicts } from "../intake/identity-conflicts.rules.ts";
import { lockIdentity } from "../patients/identity-lock.ts";
import {
  changePatient,
  createPatient,
  knownOf,
  namesOf,
  patientsOfNumber,
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

/**
 * The patient whose the study is by the correction: the same, renamed or with
 * another number; the one of that number; or a new one where the old has
 * other studies. `id` is for a new one.
 */
export async function correctPatient(
  tx: Tx,
  before: { study: Study; patient: Patient },
  said: PatientCorrection,
  id: string,
): Promise<Patient> {
  const patient = await patientFor(tx, before, said, id);
  const names =
    said.patientName === undefined ? undefined : parseName(said.patientName);
  return changePatient(tx, patient, {
    ...(names === undefined
      ? {}
      : { names, name: displayName(names) ?? patient.name }),
    ...(said.birthDate === undefined ? {} : { birthDate: said.birthDate }),
    ...(said.sex === undefined ? {} : { sex: said.sex }),
  });
}

async function patientFor(
  tx: Tx,
  { study, patient }: { study: Study; patient: Patient },
  said: PatientCorrection,
  id: string,
): Promise<Patient> {
  if (said.joinPatientId !== undefined)
    return joined(tx, study.siteId, said.joinPatientId);
  const { mrn } = said;
  const isSettled = patient.identityState === "KNOWN" && mrn === patient.mrn;
  if (mrn === undefined || isSettled) return patient;
  await lockIdentity(tx, study.siteId, `number:${mrn}`);
  const claimants = await patientsOfNumber(tx, study.siteId, mrn);
  const met = knownOf(
    claimants.filter((one) => one.id !== patient.id),
    mrn === patient.mrn ? patient.issuer : null,
  );
  const known = met === null ? null : await recordThatCounts(tx, met);
  // The number of a record that was merged into this one is the patient's too.
  if (known?.id === patient.id) return patient;
  if (known) {
    assertSamePerson(known, said);
    return known;
  }
  const studies = await tx.study.count({ where: { patientId: patient.id } });
  const settled = { mrn, issuer: null, identityState: "KNOWN" } as const;
  if (studies === 1) return changePatient(tx, patient, settled);
  return createPatient(
    tx,
    { id, siteId: study.siteId },
    {
      ...settled,
      name: patient.name,
      names: await namesOf(tx, patient),
      birthDate: personOf(patient).birthDate,
      sex: patient.sex,
    },
  );
}

async function joined(tx: Tx, siteId: string, id: string): Promise<Patient> {
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
    `The record number ${known.mrn ?? ""} belongs to ${known.name}. Leave name, birth date and sex out to join this film to that patient.`,
  );
}
