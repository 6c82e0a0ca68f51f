import type { Image, Patient, Study, Tx } from "@lung-iris/prisma";
import { visiblePatients, visibleStudies } from "../../access/scope.ts";
import type { UserViewer } from "../../access/viewer.ts";
import { BadInputError, NotFoundError } from "../../errors.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import { ageOn } from "../film-identity/age.rules.ts";
import { isoDay } from "../../platform/iso-day.ts";
import { madeUid } from "../film-identity/made-uid.ts";
import { recordThatCounts } from "../patients/merged-records.ts";
import { insertStudy } from "./film-correction.store.ts";
import type { Place } from "./moved-film.ts";

/** Where a film is to be: in a study, or in a new one of a patient. */
export interface WantedPlace {
  studyId?: string | null | undefined;
  patientId?: string | null | undefined;
}

/**
 * The study that is wanted, made where it is to be a new one: of the same day
 * as the film's own, with nothing of what was said of another patient.
 *
 * @throws BAD_USER_INPUT where it is not one other place of the same site,
 *   NOT_FOUND where there is none that the viewer may see.
 */
export async function placeOf(
  tx: Tx,
  viewer: UserViewer,
  film: Image,
  { studyId, patientId }: WantedPlace,
  now: Date,
): Promise<Place> {
  if ((studyId == null) === (patientId == null))
    throw new BadInputError("Name a study, or a patient for a new one.", [
      "studyId",
      "patientId",
    ]);
  if (studyId == null)
    return newStudy(
      tx,
      film,
      await patientOf(tx, viewer, film, patientId),
      now,
    );
  const found = isUuid(studyId)
    ? await tx.study.findFirst({
        where: { AND: [visibleStudies(viewer), { id: studyId }] },
        include: { patient: true },
      })
    : null;
  if (found === null) throw new NotFoundError("study");
  const { patient, ...study } = found;
  assertSameSite(film, study.siteId, "studyId");
  if (study.id === film.studyId)
    throw new BadInputError("The film is in this study already.", ["studyId"]);
  return { study, patient };
}

async function patientOf(
  tx: Tx,
  viewer: UserViewer,
  film: Image,
  id: string | null | undefined,
): Promise<Patient> {
  const found = isUuid(id ?? "")
    ? await tx.patient.findFirst({
        where: { AND: [visiblePatients(viewer), { id: id ?? "" }] },
      })
    : null;
  if (found === null) throw new NotFoundError("patient");
  assertSameSite(film, found.siteId, "patientId");
  return recordThatCounts(tx, found);
}

async function newStudy(
  tx: Tx,
  film: Image,
  patient: Patient,
  now: Date,
): Promise<Place> {
  const own: Study = await tx.study.findUniqueOrThrow({
    where: { id: film.studyId },
  });
  const id = newId(now);
  const study = await insertStudy(tx, {
    id,
    siteId: film.siteId,
    patientId: patient.id,
    studyInstanceUid: madeUid(own.studyInstanceUid, id),
    modality: own.modality,
    description: own.description,
    viewPosition: own.viewPosition,
    studyDate: own.studyDate,
    studyTime: own.studyTime,
    zoneMinutes: own.zoneMinutes,
    studiedAt: own.studiedAt,
    patientAgeYears: ageIn(own, patient),
  });
  return { study, patient };
}

/** What the film says of an age was said of whoever it was taken for. */
export function ageIn(own: Study, patient: Patient): number | null {
  return own.patientId === patient.id
    ? own.patientAgeYears
    : ageOn(isoDay(patient.birthDate), isoDay(own.studyDate));
}

function assertSameSite(
  film: Image,
  siteId: string,
  field: "studyId" | "patientId",
): void {
  if (film.siteId === siteId) return;
  throw new BadInputError("That is another hospital's.", [field]);
}
