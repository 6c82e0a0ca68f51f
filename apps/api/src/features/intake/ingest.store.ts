import type {
  DatabaseClient,
  Image,
  Patient,
  Study,
  Tx,
} from "@lung-iris/prisma";
import type { FilmInfo } from "@lung-iris/inference";
import { createHash } from "node:crypto";
import {
  UNKNOWN_NAME,
  identityConflicts,
  madeUid,
  type FilmIdentity,
  type IdentityConflict,
  type PatientIdentity,
} from "./film-identity.rules.ts";
import { isoDay } from "./iso-day.ts";

/** Where a film that was sent before lies. */
export interface KnownFilm {
  imageId: string;
  studyId: string;
  caseId: string | null;
  patientId: string;
}

/** The film with these bytes at this site, if it is there already. */
export async function findKnownFilm(
  client: DatabaseClient | Tx,
  siteId: string,
  sha256: string,
): Promise<KnownFilm | null> {
  const [found] = await client.$queryRaw<KnownFilm[]>`
    SELECT "Image"."id" AS "imageId", "Study"."id" AS "studyId",
      "Case"."id" AS "caseId", "Study"."patientId"
    FROM "Image"
    JOIN "Study" ON "Study"."id" = "Image"."studyId"
    LEFT JOIN "Case" ON "Case"."studyId" = "Study"."id"
    WHERE "Image"."siteId" = ${siteId}::uuid AND "Image"."sha256" = ${sha256}`;
  return found ?? null;
}

/** A row as it is now, and as it was before this film; `null`: not there. */
export interface Saved<Row> {
  row: Row;
  before: Row | null;
  changed: boolean;
}

/**
 * The patient of the record number, made if need be. What was unknown is
 * filled in; what contradicts is never merged: such a film goes to a patient
 * of its own, whose number says so, until a person has decided.
 */
export async function savePatient(
  tx: Tx,
  ids: { siteId: string; newId: string },
  identity: PatientIdentity,
): Promise<Saved<Patient> & { conflicts: IdentityConflict[] }> {
  const found = await insertPatient(tx, ids, identity);
  if (found.before === null) return { ...found, conflicts: [] };
  const conflicts = identityConflicts(
    { name: found.row.name, birthDate: isoDay(found.row.birthDate) },
    identity,
  );
  if (conflicts.length > 0) {
    const mrn = disputedMrn(identity);
    const apart = await insertPatient(tx, ids, { ...identity, mrn });
    return { ...apart, conflicts };
  }
  const gaps = patientGaps(found.row, identity);
  if (Object.keys(gaps).length === 0) return { ...found, conflicts };
  const row = await tx.patient.update({
    where: { id: found.row.id },
    data: gaps,
  });
  return { row, before: found.row, changed: true, conflicts };
}

async function insertPatient(
  tx: Tx,
  ids: { siteId: string; newId: string },
  identity: PatientIdentity,
): Promise<Saved<Patient>> {
  const { mrn, name, birthDate, sex } = identity;
  const [made] = await tx.patient.createManyAndReturn({
    data: {
      id: ids.newId,
      siteId: ids.siteId,
      mrn,
      name,
      birthDate: birthDate === null ? null : new Date(birthDate),
      sex,
    },
    skipDuplicates: true,
  });
  if (made) return { row: made, before: null, changed: true };
  const row = await tx.patient.findUniqueOrThrow({
    where: { siteId_mrn: { siteId: ids.siteId, mrn } },
  });
  return { row, before: row, changed: false };
}

function patientGaps(known: Patient, identity: PatientIdentity) {
  const { name, birthDate, sex } = identity;
  return {
    ...(known.name === UNKNOWN_NAME && name !== UNKNOWN_NAME ? { name } : {}),
    ...(known.birthDate === null && birthDate !== null
      ? { birthDate: new Date(birthDate) }
      : {}),
    ...(known.sex === "UNKNOWN" && sex !== "UNKNOWN" ? { sex } : {}),
  };
}

/** The same contradicting person gets the same number again. */
function disputedMrn(identity: PatientIdentity): string {
  const person = `${identity.name}\n${identity.birthDate ?? ""}`;
  const mark = createHash("sha256").update(person).digest("hex").slice(0, 6);
  return `${identity.mrn}-CHECK-${mark.toUpperCase()}`;
}

/** The study of the UID, made if need be, its gaps filled from the film. */
export async function saveStudy(
  tx: Tx,
  ids: { siteId: string; newId: string; patientId: string },
  identity: FilmIdentity,
): Promise<Saved<Study>> {
  const { ageYears, weightKg, ...said } = identity.study;
  const data = {
    ...said,
    patientAgeYears: ageYears,
    patientWeightKg: weightKg,
  };
  let found = await insertStudy(tx, ids, data);
  if (found.row.patientId !== ids.patientId) {
    // One study of two people cannot be: the second gets a UID of its own.
    const apart = madeUid(data.studyInstanceUid, ids.patientId);
    found = await insertStudy(tx, ids, { ...data, studyInstanceUid: apart });
  }
  const { row, isNew } = found;
  if (isNew) return { row, before: null, changed: true };
  const gaps = studyGaps(row, data);
  if (Object.keys(gaps).length === 0) {
    return { row, before: row, changed: false };
  }
  const filled = await tx.study.update({ where: { id: row.id }, data: gaps });
  return { row: filled, before: row, changed: true };
}

async function insertStudy(
  tx: Tx,
  ids: { siteId: string; newId: string; patientId: string },
  data: StudyFacts & Pick<Study, "studyInstanceUid" | "modality" | "studiedAt">,
): Promise<{ row: Study; isNew: boolean }> {
  const { siteId, patientId } = ids;
  const { studyInstanceUid } = data;
  const [made] = await tx.study.createManyAndReturn({
    data: { id: ids.newId, siteId, patientId, ...data },
    skipDuplicates: true,
  });
  if (made) return { row: made, isNew: true };
  const row = await tx.study.findUniqueOrThrow({
    where: { siteId_studyInstanceUid: { siteId, studyInstanceUid } },
  });
  return { row, isNew: false };
}

type StudyFacts = Pick<
  Study,
  | "accessionNumber"
  | "description"
  | "viewPosition"
  | "patientAgeYears"
  | "patientWeightKg"
  | "clinicalNote"
  | "clinicalFlags"
>;

function studyGaps(known: Study, film: StudyFacts): Partial<StudyFacts> {
  const gaps: Partial<StudyFacts> = {};
  if (known.accessionNumber === null && film.accessionNumber !== null)
    gaps.accessionNumber = film.accessionNumber;
  if (known.description === null && film.description !== null)
    gaps.description = film.description;
  if (known.viewPosition === null && film.viewPosition !== null)
    gaps.viewPosition = film.viewPosition;
  if (known.patientAgeYears === null && film.patientAgeYears !== null)
    gaps.patientAgeYears = film.patientAgeYears;
  if (known.patientWeightKg === null && film.patientWeightKg !== null)
    gaps.patientWeightKg = film.patientWeightKg;
  if (known.clinicalNote === null && film.clinicalNote !== null)
    gaps.clinicalNote = film.clinicalNote;
  const flags = [...new Set([...known.clinicalFlags, ...film.clinicalFlags])];
  if (flags.length > known.clinicalFlags.length) gaps.clinicalFlags = flags;
  return gaps;
}

/** What is stored of a film beside its bytes. */
export interface NewImage {
  id: string;
  siteId: string;
  studyId: string;
  sha256: string;
  bytes: number;
  originalName: string;
  sopInstanceUid: string | null;
  warnings: string[];
  info: FilmInfo;
}

const SHAPES = {
  linear: "LINEAR",
  "linear-exact": "LINEAR_EXACT",
  sigmoid: "SIGMOID",
} as const;

const SPACING_KINDS = {
  patient: "PATIENT",
  detector: "DETECTOR",
  nominal: "NOMINAL",
} as const;

const FORMATS = { png: "PNG", jpeg: "JPEG", dicom: "DICOM" } as const;

/** Adds the film; `null` when another upload of the same bytes was first. */
export async function insertImage(
  tx: Tx,
  film: NewImage,
): Promise<Image | null> {
  const { info, ...own } = film;
  const [made] = await tx.image.createManyAndReturn({
    data: {
      ...own,
      format: FORMATS[info.format],
      width: info.width,
      height: info.height,
      bitsStored: info.bitsStored,
      windowCenter: info.window.center,
      windowWidth: info.window.width,
      windowShape: SHAPES[info.window.shape ?? "linear"],
      pixelSpacing: info.pixelSpacing ?? [],
      spacingKind:
        info.spacingKind === undefined ? null : SPACING_KINDS[info.spacingKind],
      photometric: info.header?.photometricInterpretation ?? null,
    },
    skipDuplicates: true,
  });
  return made ?? null;
}
