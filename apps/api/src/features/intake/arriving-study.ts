import type { Series, Study, Tx } from "@lung-iris/prisma";
import type { Saved } from "./arriving-patient.ts";
import type { StudyIdentity } from "../film-identity/film-identity.rules.ts";
import { madeUid } from "../film-identity/made-uid.ts";
import type { SeriesIdentity } from "../film-identity/series-identity.rules.ts";

/** What of a study's row a film may say. */
type StudyFacts = Omit<
  Study,
  "id" | "siteId" | "patientId" | "studyInstanceUid" | "createdAt"
>;

interface Ids {
  siteId: string;
  newId: string;
  patientId: string;
}

/** The film's study; `isApart`: its UID is a study of somebody else. */
export interface ArrivedStudy extends Saved<Study> {
  isApart: boolean;
}

/** The study of the UID, made if need be, its gaps filled from the film. */
export async function saveStudy(
  tx: Tx,
  ids: Ids,
  study: StudyIdentity,
): Promise<ArrivedStudy> {
  const { studyInstanceUid } = study;
  const facts = factsOf(study);
  let found = await insertStudy(tx, ids, studyInstanceUid, facts);
  const isApart = found.row.patientId !== ids.patientId;
  if (isApart) {
    // One study of two people cannot be: the second gets a UID of its own.
    const apart = madeUid(studyInstanceUid, ids.patientId);
    found = await insertStudy(tx, ids, apart, facts);
  }
  const { row, isNew } = found;
  if (isNew) return { row, before: null, changed: true, isApart };
  const gaps = studyGaps(row, facts);
  if (Object.keys(gaps).length === 0)
    return { row, before: row, changed: false, isApart };
  const filled = await tx.study.update({ where: { id: row.id }, data: gaps });
  return { row: filled, before: row, changed: true, isApart };
}

function factsOf(study: StudyIdentity): StudyFacts {
  const { studyDate, ageYears, weightKg } = study;
  return {
    ...without(study, [
      "studyInstanceUid",
      "isNamed",
      "ageYears",
      "weightKg",
      "studyDate",
    ]),
    studyDate: studyDate === null ? null : new Date(studyDate),
    patientAgeYears: ageYears,
    patientWeightKg: weightKg,
  };
}

/** A copy without some of its keys. */
function without<Row extends object, Key extends keyof Row>(
  row: Row,
  keys: readonly Key[],
): Omit<Row, Key> {
  const copy: Partial<Row> = { ...row };
  for (const key of keys) Reflect.deleteProperty(copy, key);
  // What was deleted is what the type leaves out.
  return copy as Omit<Row, Key>;
}

async function insertStudy(
  tx: Tx,
  ids: Ids,
  studyInstanceUid: string,
  facts: StudyFacts,
): Promise<{ row: Study; isNew: boolean }> {
  const { siteId, patientId, newId: id } = ids;
  const [made] = await tx.study.createManyAndReturn({
    data: { id, siteId, patientId, studyInstanceUid, ...facts },
    skipDuplicates: true,
  });
  if (made) return { row: made, isNew: true };
  const row = await tx.study.findUniqueOrThrow({
    where: { siteId_studyInstanceUid: { siteId, studyInstanceUid } },
  });
  return { row, isNew: false };
}

/** What the film knows and the study does not. */
export function studyGaps(
  known: Study,
  film: Partial<StudyFacts>,
): Partial<StudyFacts> {
  const { clinicalFlags = [], studyDate, studyTime, ...rest } = film;
  const { zoneMinutes, studiedAt } = rest;
  const single = without(rest, ["zoneMinutes", "studiedAt", "modality"]);
  const gaps = Object.fromEntries(
    Object.entries(single).filter(
      ([name, value]) =>
        value !== null && known[name as keyof typeof single] === null, // own keys
    ),
  );
  const flags = [...new Set([...known.clinicalFlags, ...clinicalFlags])];
  return {
    ...gaps,
    ...(flags.length > known.clinicalFlags.length
      ? { clinicalFlags: flags }
      : {}),
    ...(isMoreOfTime(known, film)
      ? { studyDate, studyTime, zoneMinutes, studiedAt }
      : {}),
  };
}

/** Day, time and zone are taken together, from one film. */
function isMoreOfTime(known: Study, film: Partial<StudyFacts>): boolean {
  if (!film.studyDate) return false;
  if (known.studyDate === null) return true;
  const isSameDay = known.studyDate.getTime() === film.studyDate.getTime();
  return isSameDay && known.studyTime === null && film.studyTime !== null;
}

/** The series of the study, made if need be. */
export async function saveSeries(
  tx: Tx,
  ids: { siteId: string; newId: string; studyId: string },
  series: SeriesIdentity,
): Promise<Series> {
  const { siteId, studyId, newId: id } = ids;
  const { seriesInstanceUid } = series;
  const [made] = await tx.series.createManyAndReturn({
    data: { id, siteId, studyId, ...series },
    skipDuplicates: true,
  });
  return (
    made ??
    tx.series.findUniqueOrThrow({
      where: { studyId_seriesInstanceUid: { studyId, seriesInstanceUid } },
    })
  );
}
