import type {
  Case,
  DatabaseClient,
  Patient,
  Study,
  Tx,
} from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import { visibleStudies } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog, RecordEvent } from "../../audit/audit-log.ts";
import { changesOf } from "../../audit/changes.ts";
import { BadInputError, ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import {
  ageAt,
  identityConflicts,
  viewOf,
} from "../intake/film-identity.rules.ts";
import type { CaseCommands } from "../cases/case.commands.ts";
import { askModels } from "../predictions/ask-models.ts";
import { isoDay } from "../intake/iso-day.ts";
import { filmsOfOpenCases } from "./correction.store.ts";
import {
  parseStudyDetails,
  type StudyDetails,
} from "../intake/study-details.ts";
import type { StudyDetailsInput } from "./study.input.ts";

/** Places the case anew after what the urgency rules look at has changed. */
export type PlaceAnew = (
  tx: Tx,
  record: RecordEvent,
  theCase: Case,
) => Promise<unknown>;

/** Corrections of what a film said, or failed to say, of its patient. */
export class StudyDetailsService {
  readonly #client: DatabaseClient;
  readonly #audit: AuditLog;
  readonly #clock: Clock;
  readonly #commands: CaseCommands;
  readonly #placeAnew: PlaceAnew;

  constructor(deps: {
    client: DatabaseClient;
    audit: AuditLog;
    clock: Clock;
    commands: CaseCommands;
    placeAnew: PlaceAnew;
  }) {
    this.#client = deps.client;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
    this.#commands = deps.commands;
    this.#placeAnew = deps.placeAnew;
  }

  /**
   * Applies the corrections to study and patient, and to the copies on every
   * case of that patient. Throws `BadInputError` for values that cannot be,
   * `ConflictError` when the number belongs to somebody of another name.
   */
  async update(viewer: Viewer, input: StudyDetailsInput): Promise<Study> {
    assertCan(viewer, "study:edit");
    const study = isUuid(input.studyId)
      ? await this.#client.study.findFirst({
          where: { AND: [visibleStudies(viewer), { id: input.studyId }] },
        })
      : null;
    if (!study) throw new NotFoundError("study");
    assertCan(viewer, "study:edit", { what: "study", siteId: study.siteId });
    const details = detailsOf(input, this.#clock.now());
    return this.#audit.changeAndRecord(viewer, async (tx, record) => {
      const theCase = await this.#commands.lockOfStudy(tx, study.id);
      const before = await readState(tx, study.id);
      await this.#apply(tx, before, details, input);
      const after = await readState(tx, study.id);
      const changes = changesOf(factsOf(before), factsOf(after), FACTS);
      if (Object.keys(changes.after).length === 0) return after.study;
      const reason = input.reason?.trim() ?? null;
      const corrected = await this.#commands.move(tx, record, theCase, {
        ...after,
        reason,
      });
      await this.#commands.rename(tx, record, after.patient, reason);
      const films = await filmsToAskAgain(tx, before, after);
      await askModels(tx, study.siteId, films, "corrected");
      await this.#placeAnew(tx, record, corrected);
      await this.#commands.touch(tx, record, theCase);
      record({
        type: "study.updated",
        subject: { type: "study", id: study.id },
        siteId: study.siteId,
        patientId: after.patient.id,
        ...changes,
        details: {
          cause: "corrected",
          caseId: theCase.id,
          filmsAskedAgain: films,
        },
      });
      return after.study;
    });
  }

  async #apply(
    tx: Tx,
    before: State,
    details: StudyDetails,
    input: StudyDetailsInput,
  ): Promise<void> {
    const patient = await this.#patientFor(tx, before, details);
    const { patientName, birthDate, sex } = details;
    const patientData = {
      ...(patientName === undefined ? {} : { name: patientName }),
      ...(birthDate === undefined
        ? emptied(input.birthDate, "birthDate")
        : { birthDate: new Date(birthDate) }),
      ...(sex === undefined ? {} : { sex }),
    };
    await tx.patient.update({ where: { id: patient.id }, data: patientData });
    await tx.study.update({
      where: { id: before.study.id },
      data: { patientId: patient.id, ...studyData(before, details, input) },
    });
    if (details.mrn !== undefined) await settleIdentity(tx, before.study.id);
  }

  /** The patient of the corrected number: renamed, joined or made. */
  async #patientFor(
    tx: Tx,
    before: State,
    details: StudyDetails,
  ): Promise<Patient> {
    const { mrn } = details;
    const { patient, study } = before;
    if (mrn === undefined || mrn === patient.mrn) return patient;
    const known = await tx.patient.findUnique({
      where: { siteId_mrn: { siteId: study.siteId, mrn } },
    });
    if (known) {
      assertSamePerson(known, details);
      return known;
    }
    const studies = await tx.study.count({ where: { patientId: patient.id } });
    if (studies === 1) {
      return tx.patient.update({ where: { id: patient.id }, data: { mrn } });
    }
    return tx.patient.create({
      data: {
        id: newId(this.#clock.now()),
        siteId: study.siteId,
        mrn,
        name: patient.name,
        birthDate: patient.birthDate,
        sex: patient.sex,
      },
    });
  }
}

interface State {
  study: Study;
  patient: Patient;
}

async function readState(tx: Tx, studyId: string): Promise<State> {
  const { patient, ...study } = await tx.study.findUniqueOrThrow({
    where: { id: studyId },
    include: { patient: true },
  });
  return { study, patient };
}

/**
 * The model is told age and sex, and its threshold depends on them: films
 * that nobody has signed yet are assessed anew. The sex is the patient's, so
 * that concerns all studies of the patient; the age is the study's own. A film
 * whose prediction was made with the same is left as it is by the job.
 */
function filmsToAskAgain(
  tx: Tx,
  before: State,
  after: State,
): Promise<string[]> {
  const { study, patient } = after;
  const wasPatient = before.patient;
  if (wasPatient.id !== patient.id || wasPatient.sex !== patient.sex)
    return filmsOfOpenCases(tx, { patientId: patient.id });
  if (before.study.patientAgeYears === study.patientAgeYears)
    return Promise.resolve([]);
  return filmsOfOpenCases(tx, { studyId: study.id });
}

const FACTS = [
  "mrn",
  "patientName",
  "birthDate",
  "sex",
  "ageYears",
  "weightKg",
  "viewPosition",
  "accessionNumber",
  "description",
  "clinicalFlags",
  "clinicalNote",
] as const;

function factsOf({ study, patient }: State) {
  return {
    mrn: patient.mrn,
    patientName: patient.name,
    birthDate: isoDay(patient.birthDate),
    sex: patient.sex,
    ageYears: study.patientAgeYears,
    weightKg: study.patientWeightKg,
    viewPosition: study.viewPosition,
    accessionNumber: study.accessionNumber,
    description: study.description,
    clinicalFlags: study.clinicalFlags,
    clinicalNote: study.clinicalNote,
  };
}

function detailsOf(input: StudyDetailsInput, now: Date): StudyDetails {
  const details = parseStudyDetails(
    Object.fromEntries(
      Object.entries(input).filter(
        ([field]) => field !== "studyId" && field !== "reason",
      ),
    ),
    now,
  );
  if (details.mrn?.startsWith("UNKNOWN-") === true) {
    throw new BadInputError("This record number is a stand-in.", ["input.mrn"]);
  }
  return details;
}

function studyData(
  before: State,
  details: StudyDetails,
  input: StudyDetailsInput,
) {
  const { study } = before;
  const age =
    details.ageYears ?? ageAt(details.birthDate ?? null, study.studiedAt);
  return {
    patientAgeYears:
      age ?? (input.ageYears === null ? null : study.patientAgeYears),
    ...given(details.weightKg, input.weightKg, "patientWeightKg"),
    ...given(
      viewOf(details.viewPosition) ?? undefined,
      input.viewPosition,
      "viewPosition",
    ),
    ...given(details.accessionNumber, input.accessionNumber, "accessionNumber"),
    ...given(details.description, input.description, "description"),
    ...given(details.clinicalNote, input.clinicalNote, "clinicalNote"),
    ...(input.clinicalFlags === undefined
      ? {}
      : { clinicalFlags: [...new Set(details.clinicalFlags ?? [])] }),
  };
}

/** A new value; `null` where the field was emptied; nothing where left out. */
function given<Value, Key extends string>(
  value: Value | undefined,
  input: unknown,
  key: Key,
): Partial<Record<Key, Value | null>> {
  if (value === undefined) return emptied(input, key);
  // A computed key widens to string; the one key here is `key`.
  return { [key]: value } as Partial<Record<Key, Value>>;
}

function emptied<Key extends string>(
  input: unknown,
  key: Key,
): Partial<Record<Key, null>> {
  const isEmpty =
    input === null || (typeof input === "string" && input.trim() === "");
  // The same as above: the one key of the object is `key`.
  return isEmpty ? ({ [key]: null } as Partial<Record<Key, null>>) : {};
}

function assertSamePerson(known: Patient, details: StudyDetails): void {
  const conflicts = identityConflicts(
    { name: known.name, birthDate: isoDay(known.birthDate) },
    {
      name: details.patientName ?? known.name,
      birthDate: details.birthDate ?? null,
    },
  );
  if (conflicts.length === 0) return;
  throw new ConflictError(
    "CONFLICT",
    `The record number ${known.mrn} belongs to ${known.name}. Leave name and birth date out to join this film to that patient.`,
  );
}

/** A person has said whose film it is: the notes that asked so may go. */
async function settleIdentity(tx: Tx, studyId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Image" SET "warnings" = array_remove(
      array_remove("warnings", 'unknown-patient'), 'patient-mismatch')
    WHERE "studyId" = ${studyId}::uuid`;
}
