import type { IdentityState, Patient, Tx } from "@lung-iris/prisma";
import { lockIdentity } from "../patients/identity-lock.ts";
import {
  changePatient,
  createPatient,
  knownOf,
  patientsOfNumber,
} from "../patients/patient-records.ts";
import {
  recordThatCounts,
  recordsMergedInto,
} from "../patients/merged-records.ts";
import type {
  FilmIdentity,
  PatientIdentity,
} from "../film-identity/film-identity.rules.ts";
import {
  UNKNOWN_NAME,
  identityConflicts,
  type IdentityConflict,
  type Person,
} from "../film-identity/identity-conflicts.rules.ts";
import { isoDay } from "../../platform/iso-day.ts";

/** A row as it is now, and as it was before this film; `null`: not there. */
export interface Saved<Row> {
  row: Row;
  before: Row | null;
  changed: boolean;
}

/** Whose film it turned out to be. */
export interface ArrivedPatient extends Saved<Patient> {
  /** In what the film contradicts the patient of its number or study. */
  conflicts: IdentityConflict[];
}

interface Ids {
  siteId: string;
  newId: string;
}

/**
 * The patient of the film, made if need be. What was unknown is filled in;
 * what contradicts is never merged: such a film goes to a patient of its own
 * until a person has decided.
 */
export async function savePatient(
  tx: Tx,
  ids: Ids,
  identity: FilmIdentity,
): Promise<ArrivedPatient> {
  const { patient } = identity;
  return patient.mrn === null
    ? savePatientWithoutNumber(tx, ids, identity)
    : savePatientOfNumber(tx, ids, patient, patient.mrn);
}

async function savePatientOfNumber(
  tx: Tx,
  ids: Ids,
  identity: PatientIdentity,
  mrn: string,
): Promise<ArrivedPatient> {
  await lockIdentity(tx, ids.siteId, `number:${mrn}`);
  const claimants = await patientsOfNumber(tx, ids.siteId, mrn);
  const met = knownOf(claimants, identity.issuer);
  if (met === null) return make(tx, ids, identity, "KNOWN", []);
  const known = await recordThatCounts(tx, met);
  const conflicts = await conflictsWithAll(tx, known, identity);
  if (conflicts.length === 0) return fillGaps(tx, known, identity);
  // The same contradicting person is met again.
  const again = claimants.find(
    (one) =>
      one.identityState === "CHECK" &&
      conflictsWith(one, identity).length === 0,
  );
  if (again) {
    const record = await recordThatCounts(tx, again);
    return { ...(await fillGaps(tx, record, identity)), conflicts };
  }
  return make(tx, ids, identity, "CHECK", conflicts);
}

/**
 * Without a number the study tells, where the film names one: its films are
 * of one person, unless they say otherwise.
 */
async function savePatientWithoutNumber(
  tx: Tx,
  ids: Ids,
  { patient, study }: FilmIdentity,
): Promise<ArrivedPatient> {
  if (!study.isNamed) return make(tx, ids, patient, "UNKNOWN", []);
  const { siteId } = ids;
  const { studyInstanceUid } = study;
  await lockIdentity(tx, siteId, `study:${studyInstanceUid}`);
  const found = await tx.study.findUnique({
    where: { siteId_studyInstanceUid: { siteId, studyInstanceUid } },
    include: { patient: true },
  });
  if (!found) return make(tx, ids, patient, "UNKNOWN", []);
  const conflicts = await conflictsWithAll(tx, found.patient, patient);
  if (conflicts.length > 0) return make(tx, ids, patient, "UNKNOWN", conflicts);
  return fillGaps(tx, found.patient, patient);
}

async function make(
  tx: Tx,
  { siteId, newId }: Ids,
  identity: PatientIdentity,
  identityState: IdentityState,
  conflicts: IdentityConflict[],
): Promise<ArrivedPatient> {
  const ids = { id: newId, siteId };
  const row = await createPatient(tx, ids, { ...identity, identityState });
  return { row, before: null, changed: true, conflicts };
}

async function fillGaps(
  tx: Tx,
  known: Patient,
  identity: PatientIdentity,
): Promise<ArrivedPatient> {
  const { name, names, birthDate, sex, issuer } = identity;
  const gaps = {
    ...(known.name === UNKNOWN_NAME && name !== UNKNOWN_NAME
      ? { name, names }
      : {}),
    ...(known.birthDate === null && birthDate !== null ? { birthDate } : {}),
    ...(known.sex === "UNKNOWN" && sex !== "UNKNOWN" ? { sex } : {}),
    ...(known.issuer === null && issuer !== null && known.mrn === identity.mrn
      ? { issuer }
      : {}),
  };
  const row = await changePatient(tx, known, gaps);
  return {
    row,
    before: known,
    changed: Object.keys(gaps).length > 0,
    conflicts: [],
  };
}

/**
 * In what a film contradicts a person: nothing where it agrees with any of the
 * records that were merged into one, each as it was then.
 */
async function conflictsWithAll(
  tx: Tx,
  known: Patient,
  identity: PatientIdentity,
): Promise<IdentityConflict[]> {
  const conflicts = conflictsWith(known, identity);
  if (conflicts.length === 0) return [];
  const merged = await recordsMergedInto(tx, [known.id]);
  const records = await tx.patient.findMany({
    where: { id: { in: merged.map(({ id }) => id) } },
  });
  const agrees = records.some(
    (record) => conflictsWith(record, identity).length === 0,
  );
  return agrees ? [] : conflicts;
}

function conflictsWith(
  known: Patient,
  identity: PatientIdentity,
): IdentityConflict[] {
  return identityConflicts(personOf(known), identity);
}

/** What of a patient's row is compared. */
export function personOf({ name, birthDate, sex }: Patient): Person {
  return { name, birthDate: isoDay(birthDate), sex };
}
