import type {
  DatabaseClient,
  IdentityState,
  Patient,
  PatientName,
  Sex,
  Tx,
} from "@lung-iris/prisma";
import { canonicalJson } from "../../audit/canonical-json.ts";
import { newId } from "../../platform/ids.ts";
import { isoDay } from "../../platform/iso-day.ts";
import { OWN_ISSUER, renewSuggestions } from "./alike-patients.ts";
import { parseName } from "./person-name.rules.ts";
import type { NameParts, PersonNames } from "./person-name.rules.ts";

/** What is written down of a patient. */
export interface PatientFacts {
  mrn: string | null;
  issuer: string | null;
  identityState: IdentityState;
  /** As shown. */
  name: string;
  names: PersonNames;
  /** ISO date, yyyy-mm-dd. */
  birthDate: string | null;
  sex: Sex;
}

/** The only file that writes patients, their names and numbers. */

/** Everybody at the site who is known under the number, or claims it. */
export function patientsOfNumber(
  tx: DatabaseClient | Tx,
  siteId: string,
  mrn: string,
): Promise<Patient[]> {
  return tx.patient.findMany({
    where: {
      siteId,
      OR: [
        { mrn },
        { identifiers: { some: { value: mrn, issuer: { not: OWN_ISSUER } } } },
      ],
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

/**
 * Whom a number means: the known patient of the same issuer, else one of whom
 * or of which no issuer is known. Null where there is none.
 */
export function knownOf(
  patients: readonly Patient[],
  issuer: string | null,
): Patient | null {
  const known = patients.filter((one) => one.identityState === "KNOWN");
  return (
    known.find((one) => one.issuer === issuer) ??
    known.find((one) => one.issuer === null || issuer === null) ??
    null
  );
}

export async function createPatient(
  tx: Tx,
  ids: { id: string; siteId: string },
  facts: PatientFacts,
): Promise<Patient> {
  const { names, birthDate, ...columns } = facts;
  const patient = await tx.patient.create({
    data: { ...ids, ...columns, birthDate: dateOf(birthDate) },
  });
  await addNames(tx, patient.id, names);
  await writeNumber(tx, patient);
  await renewSuggestions(tx, patient, { isNew: true });
  return patient;
}

/** Changes what is given; a new name or number replaces the rows of the old. */
export async function changePatient(
  tx: Tx,
  before: Patient,
  change: Partial<PatientFacts>,
): Promise<Patient> {
  if (Object.keys(change).length === 0) return before;
  const { names, birthDate, ...columns } = change;
  const after = await tx.patient.update({
    where: { id: before.id },
    data: {
      ...columns,
      ...(birthDate === undefined ? {} : { birthDate: dateOf(birthDate) }),
    },
  });
  if (names !== undefined) await writeNames(tx, after.id, names);
  if (after.mrn !== before.mrn || after.issuer !== before.issuer) {
    await tx.patientIdentifier.deleteMany({
      where: {
        patientId: after.id,
        value: before.mrn ?? "",
        issuer: before.issuer ?? "",
      },
    });
    await writeNumber(tx, after);
  }
  if (ALIKE_BY.some((fact) => Object.hasOwn(change, fact)))
    await renewSuggestions(tx, after);
  return after;
}

/** What makes two records look like one person's. */
const ALIKE_BY = ["mrn", "issuer", "name", "birthDate"] as const;

/** Has a record point to the one that counts, or to none; with its suggestions. */
export async function pointRecord(
  tx: Tx,
  id: string,
  mergedIntoId: string | null,
): Promise<Patient> {
  const after = await tx.patient.update({
    where: { id },
    data: { mergedIntoId },
  });
  await renewSuggestions(tx, after);
  return after;
}

/** The name's parts; taken from the name as shown where none are kept. */
export async function namesOf(
  tx: DatabaseClient | Tx,
  patient: Patient,
): Promise<PersonNames> {
  const rows = await tx.patientName.findMany({
    where: { patientId: patient.id },
  });
  if (rows.length === 0) return parseName(patient.name);
  return Object.fromEntries(
    rows.map(({ representation, family, given, middle, prefix, suffix }) => [
      representation.toLowerCase(),
      { family, given, middle, prefix, suffix },
    ]),
  );
}

/** What a record says of its patient. */
export async function recordedFacts(
  tx: DatabaseClient | Tx,
  patient: Patient,
): Promise<PatientFacts> {
  const { mrn, issuer, identityState, name, birthDate, sex } = patient;
  return {
    mrn,
    issuer,
    identityState,
    name,
    names: await namesOf(tx, patient),
    birthDate: isoDay(birthDate),
    sex,
  };
}

const FACTS = [
  "mrn",
  "issuer",
  "identityState",
  "name",
  "names",
  "birthDate",
  "sex",
] as const satisfies readonly (keyof PatientFacts)[];

/** Which facts of a record differ, as they are afterwards. */
export function changedFacts(
  before: PatientFacts,
  after: PatientFacts,
): Partial<PatientFacts> {
  const changed = FACTS.filter(
    (fact) => canonicalJson(before[fact]) !== canonicalJson(after[fact]),
  );
  return Object.fromEntries(changed.map((fact) => [fact, after[fact]]));
}

/** Keeps a name's parts where none are kept yet; whether it did. */
export async function keepNames(
  tx: Tx,
  patientId: string,
  names: PersonNames,
): Promise<boolean> {
  const kept = await tx.patientName.count({ where: { patientId } });
  if (kept > 0 || Object.keys(names).length === 0) return false;
  await writeNames(tx, patientId, names);
  return true;
}

/** The name's parts in place of those there were. */
async function writeNames(
  tx: Tx,
  patientId: string,
  names: PersonNames,
): Promise<void> {
  await tx.patientName.deleteMany({ where: { patientId } });
  await addNames(tx, patientId, names);
}

async function addNames(
  tx: Tx,
  patientId: string,
  names: PersonNames,
): Promise<void> {
  const rows = nameRows(names).map((row) => ({ patientId, ...row }));
  if (rows.length > 0) await tx.patientName.createMany({ data: rows });
}

function nameRows(names: PersonNames): Omit<PatientName, "patientId">[] {
  const groups = [
    ["ALPHABETIC", names.alphabetic],
    ["IDEOGRAPHIC", names.ideographic],
    ["PHONETIC", names.phonetic],
  ] as const;
  return groups.flatMap(([representation, parts]) =>
    parts ? [{ representation, ...(parts satisfies NameParts) }] : [],
  );
}

async function writeNumber(tx: Tx, patient: Patient): Promise<void> {
  const { id, siteId, mrn, issuer } = patient;
  if (mrn === null) return;
  await tx.patientIdentifier.createMany({
    data: {
      id: newId(patient.updatedAt),
      siteId,
      patientId: id,
      value: mrn,
      issuer: issuer ?? "",
    },
    skipDuplicates: true,
  });
}

function dateOf(day: string | null): Date | null {
  return day === null ? null : new Date(day);
}
