import type {
  Case,
  DatabaseClient,
  KeptTextKind,
  Study,
  StudyCorrection,
  Tx,
} from "@lung-iris/prisma";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { visibleStudies } from "../../access/scope.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog, RecordEvent } from "../../audit/audit-log.ts";
import { ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import type { CaseIdentityCommands } from "../cases/case-identity.commands.ts";
import { lockCaseOfStudy } from "../case-rows/case.locks.ts";
import type { StudyDetails } from "../film-identity/study-details.ts";
import { dropKeptText } from "../kept-texts/drop-kept-text.ts";
import { recordedFacts } from "../patients/patient-records.ts";
import { askModels } from "../predictions/ask-models.ts";
import { correctPatient } from "./corrected-patient.ts";
import { studyColumns } from "./corrected-study.ts";
import {
  countSigned,
  insertCorrection,
  readState,
  settleNotes,
} from "./correction.store.ts";
import { askedAgain, filmsOfAll } from "./films-of-cases.ts";
import {
  detailsOf,
  reasonOf,
  saidOfPatient,
  settledBy,
} from "./said-details.ts";
import {
  changesKnown,
  changesOfState,
  correctedEvent,
  factsOfStudy,
  isOfIdentity,
  type StoredFacts,
  type StudyState,
} from "./stored-correction.ts";
import type { StudyDetailsInput } from "./study.input.ts";

/** Places the case anew after what the urgency rules look at has changed. */
export type PlaceAnew = (
  tx: Tx,
  record: RecordEvent,
  theCase: Case,
) => Promise<unknown>;

export interface CorrectionDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  identity: CaseIdentityCommands;
  placeAnew: PlaceAnew;
}

/** What a correction wrote, as its row keeps it. */
type Made = StoredFacts & { isRecordChanged: boolean };

/** A study before and after a correction. */
interface Ends {
  before: StudyState;
  after: StudyState;
  made: Made;
}

/** Corrections of what a film said, or failed to say, of its patient. */
export class StudyDetailsService {
  readonly #deps: CorrectionDeps;

  constructor(deps: CorrectionDeps) {
    this.#deps = deps;
  }

  /**
   * Applies the corrections to study and patient, and to the copies on every
   * case of that patient. What says whose film it is stays as a row that can
   * be undone.
   *
   * @throws BAD_USER_INPUT for values that cannot be, CONFLICT when the number
   *   belongs to somebody of another name, REASON_REQUIRED where something
   *   that was known of whose film it is changes without a reason.
   */
  async update(viewer: Viewer, input: StudyDetailsInput): Promise<Study> {
    assertUserCan(viewer, "study:edit");
    const { audit, identity, placeAnew, clock } = this.#deps;
    const study = await studyToCorrect(this.#deps.client, viewer, input);
    const details = detailsOf(input, clock.now());
    const reason = reasonOf(input);
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const theCase = await lockCaseOfStudy(tx, study.id);
      const before = await readState(tx, study.id);
      const made = await this.#apply(tx, before, details, input);
      const after = await readState(tx, study.id);
      await dropKeptText(tx, viewer, wordsOf(input, reason), study.id);
      const isMoved = before.patient.id !== after.patient.id;
      const changes = changesOfState(before, after);
      if (!isMoved && Object.keys(changes.after).length === 0)
        return after.study;
      const was = made.before.patient;
      const is = made.after.patient;
      const isIdentity = isMoved || isOfIdentity(was, is);
      if (isIdentity) {
        await assertMayRename(tx, viewer, after, made);
        assertReason(reason, changesKnown(was, is, isMoved));
      }
      const moved = { ...after, reason };
      const corrected = await identity.move(tx, record, theCase, moved);
      await identity.rename(tx, record, after.patient, reason);
      const films = await filmsOfAll(
        tx,
        askedAgain(study.id, basisOf(before), basisOf(after)),
      );
      const { requestId } = viewer.origin;
      await askModels(tx, study.siteId, films, "corrected", requestId);
      await placeAnew(tx, record, corrected);
      await identity.touch(tx, record, theCase);
      const why = { reason, caseId: theCase.id, filmsAskedAgain: films };
      if (isIdentity) {
        const ends = { before, after, made };
        const correction = await this.#keep(tx, viewer, ends, reason);
        record(correctedEvent(correction, changes, why));
      } else {
        record({
          type: "study.updated",
          subject: { type: "study", id: study.id },
          siteId: study.siteId,
          patientId: after.patient.id,
          ...changes,
          details: { cause: "corrected", ...why },
        });
      }
      return after.study;
    });
  }

  #keep(
    tx: Tx,
    viewer: UserViewer,
    { before, after, made }: Ends,
    reason: string | null,
  ): Promise<StudyCorrection> {
    const now = this.#deps.clock.now();
    return insertCorrection(tx, made, {
      id: newId(now),
      siteId: after.study.siteId,
      studyId: after.study.id,
      fromPatientId: before.patient.id,
      toPatientId: after.patient.id,
      isRecordChanged: made.isRecordChanged,
      reason,
      byId: viewer.userId,
      byName: viewer.name,
      correctedAt: now,
    });
  }

  async #apply(
    tx: Tx,
    before: StudyState,
    details: StudyDetails,
    input: StudyDetailsInput,
  ): Promise<Made> {
    const now = this.#deps.clock.now();
    const was = await recordedFacts(tx, before.patient);
    const said = saidOfPatient(details, input);
    const { plan, patient } = await correctPatient(
      tx,
      before,
      said,
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
    const study = await tx.study.update({
      where: { id: before.study.id },
      data: { patientId: patient.id, ...studyColumns(on, details, input) },
    });
    const notes = settledBy(details, input);
    return {
      before: { patient: was, study: factsOfStudy(before.study) },
      after: { patient: plan.after, study: factsOfStudy(study) },
      recordBefore: plan.record === null ? null : plan.before,
      isRecordChanged:
        plan.record !== null && isOfIdentity(plan.before, plan.after),
      notesTaken: await settleNotes(tx, study.id, notes),
    };
  }
}

/**
 * The study of a correction, for whoever may correct it.
 *
 * @throws FORBIDDEN without the right, NOT_FOUND where it is not there for
 *   the viewer.
 */
export async function studyToCorrect(
  client: DatabaseClient,
  viewer: Viewer,
  { studyId }: StudyDetailsInput,
): Promise<Study> {
  assertCan(viewer, "study:edit");
  const study = isUuid(studyId)
    ? await client.study.findFirst({
        where: { AND: [visibleStudies(viewer), { id: studyId }] },
      })
    : null;
  if (!study) throw new NotFoundError("study");
  assertCan(viewer, "study:edit", { what: "study", siteId: study.siteId });
  return study;
}

/** What the model is told of a study. */
export function basisOf({ study, patient }: StudyState) {
  return {
    patientId: patient.id,
    sex: patient.sex,
    ageYears: study.patientAgeYears,
  };
}

/**
 * Whose film a signed report is about changes only by who may say so: the
 * study's own, and those of a record that says something else.
 */
async function assertMayRename(
  tx: Tx,
  viewer: Viewer,
  { study, patient }: StudyState,
  { isRecordChanged }: Made,
): Promise<void> {
  const record = isRecordChanged ? patient.id : null;
  if ((await countSigned(tx, study.id, record)) === 0) return;
  const { siteId } = study;
  assertCan(viewer, "study:edit-signed", { what: "study", siteId });
}

/** What somebody typed of a study that is sent with this. */
function wordsOf(
  { clinicalNote }: StudyDetailsInput,
  reason: string | null,
): KeptTextKind[] {
  const kinds: KeptTextKind[] = [];
  if (reason !== null) kinds.push("STUDY_CORRECTION");
  if (clinicalNote !== undefined) kinds.push("STUDY_NOTE");
  return kinds;
}

function assertReason(reason: string | null, isNeeded: boolean): void {
  if (!isNeeded || reason !== null) return;
  throw new ConflictError(
    "REASON_REQUIRED",
    "Whose film it is was known and becomes something else: say why.",
  );
}
