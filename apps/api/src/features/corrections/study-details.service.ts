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
import { changesOf, type Changes } from "../../audit/changes.ts";
import { BadInputError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import type { CaseIdentityCommands } from "../cases/case-identity.commands.ts";
import { lockCaseOfStudy } from "../cases/case.locks.ts";
import { askModels } from "../predictions/ask-models.ts";
import { isoDay } from "../intake/iso-day.ts";
import { isPlaceholderNumber } from "../intake/placeholder.rules.ts";
import { correctPatient } from "./corrected-patient.ts";
import { studyColumns } from "./corrected-study.ts";
import {
  countSigned,
  filmsOfOpenCases,
  settleNotes,
} from "./correction.store.ts";
import { isEmptied } from "./given-fields.ts";
import {
  assertCorrectedTime,
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
  readonly #identity: CaseIdentityCommands;
  readonly #placeAnew: PlaceAnew;

  constructor(deps: {
    client: DatabaseClient;
    audit: AuditLog;
    clock: Clock;
    identity: CaseIdentityCommands;
    placeAnew: PlaceAnew;
  }) {
    this.#client = deps.client;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
    this.#identity = deps.identity;
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
      const theCase = await lockCaseOfStudy(tx, study.id);
      const before = await readState(tx, study.id);
      await this.#apply(tx, before, details, input);
      const after = await readState(tx, study.id);
      const changes = changesOf(factsOf(before), factsOf(after), FACTS);
      if (Object.keys(changes.after).length === 0) return after.study;
      await assertMayRename(tx, viewer, changes, before, after);
      const reason = input.reason?.trim() ?? null;
      const corrected = await this.#identity.move(tx, record, theCase, {
        ...after,
        reason,
      });
      await this.#identity.rename(tx, record, after.patient, reason);
      const films = await filmsToAskAgain(tx, before, after);
      const { requestId } = viewer.origin;
      await askModels(tx, study.siteId, films, "corrected", requestId);
      await this.#placeAnew(tx, record, corrected);
      await this.#identity.touch(tx, record, theCase);
      record({
        type: "study.updated",
        subject: { type: "study", id: study.id },
        siteId: study.siteId,
        patientId: after.patient.id,
        ...changes,
        details: {
          cause: "corrected",
          reason,
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
    const now = this.#clock.now();
    const { mrn, patientName, birthDate, sex } = details;
    const patient = await correctPatient(
      tx,
      before,
      {
        mrn,
        patientName,
        birthDate: birthDate ?? (isEmptied(input.birthDate) ? null : undefined),
        sex,
        joinPatientId: input.joinPatientId ?? undefined,
      },
      newId(now),
    );
    const site = await tx.site.findUniqueOrThrow({
      where: { id: before.study.siteId },
    });
    const on = {
      study: before.study,
      patient,
      siteZone: site.timeZone,
      today: now.toISOString().slice(0, 10),
    };
    await tx.study.update({
      where: { id: before.study.id },
      data: { patientId: patient.id, ...studyColumns(on, details, input) },
    });
    await settleNotes(tx, before.study.id, settledBy(details, input));
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

/** Facts that say whose film it is. */
const WHOSE = ["mrn", "patientName", "birthDate", "sex"] as const;

const FACTS = [
  "mrn",
  "identityState",
  "patientName",
  "birthDate",
  "sex",
  "studyDate",
  "studyTime",
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
    identityState: patient.identityState,
    patientName: patient.name,
    birthDate: isoDay(patient.birthDate),
    sex: patient.sex,
    studyDate: isoDay(study.studyDate),
    studyTime: study.studyTime,
    ageYears: study.patientAgeYears,
    weightKg: study.patientWeightKg,
    viewPosition: study.viewPosition,
    accessionNumber: study.accessionNumber,
    description: study.description,
    clinicalFlags: study.clinicalFlags,
    clinicalNote: study.clinicalNote,
  };
}

/** Fields of a correction that no form beside a film has. */
const NO_DETAILS: ReadonlySet<string> = new Set([
  "studyId",
  "joinPatientId",
  "studyDate",
  "studyTime",
  "reason",
]);

/** Only words that are never a number, whoever stands beside them. */
const ANYBODY = { name: "", birthDate: null };

function detailsOf(input: StudyDetailsInput, now: Date): StudyDetails {
  const details = parseStudyDetails(
    Object.fromEntries(
      Object.entries(input).filter(([field]) => !NO_DETAILS.has(field)),
    ),
    now,
  );
  assertCorrectedTime(input);
  const { mrn } = details;
  if (mrn !== undefined && isPlaceholderNumber(mrn, ANYBODY)) {
    throw new BadInputError(`${mrn} is no record number: it names nobody.`, [
      "input.mrn",
    ]);
  }
  return details;
}

/** What a person has now decided: the notes that asked for it may go. */
function settledBy(details: StudyDetails, input: StudyDetailsInput): string[] {
  const isWhose = details.mrn !== undefined || input.joinPatientId != null;
  const isAge = [details.ageYears, details.birthDate].some(
    (said) => said !== undefined,
  );
  return [
    ...(isWhose
      ? [
          "unknown-patient",
          "patient-mismatch",
          "placeholder-number",
          "study-of-two-patients",
        ]
      : []),
    ...(isAge ? ["age-contradicts-birth-date"] : []),
    ...(input.studyDate === undefined ? [] : ["date-in-future"]),
  ];
}

/**
 * Whose film a signed report is about changes only by who may say so, on
 * every case that the change reaches; the case asks for the reason.
 */
async function assertMayRename(
  tx: Tx,
  viewer: Viewer,
  changes: Changes,
  before: State,
  after: State,
): Promise<void> {
  if (!WHOSE.some((fact) => Object.hasOwn(changes.after, fact))) return;
  const signed = await countSigned(tx, before.study.id, after.patient.id);
  if (signed === 0) return;
  const { siteId } = after.study;
  assertCan(viewer, "study:edit-signed", { what: "study", siteId });
}
