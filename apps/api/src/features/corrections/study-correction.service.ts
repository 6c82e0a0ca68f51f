import type { Case, StudyCorrection, Tx } from "@lung-iris/prisma";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { visibleStudyCorrections } from "../../access/scope.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { RecordEvent } from "../../audit/audit-log.ts";
import { NotFoundError } from "../../errors.ts";
import { isUuid } from "../../platform/ids.ts";
import { requiredReason } from "../../platform/required-reason.ts";
import {
  lockCaseOfStudy,
  lockCasesOfPatient,
} from "../case-rows/case.locks.ts";
import { dropKeptText } from "../kept-texts/drop-kept-text.ts";
import { lockIdentity } from "../patients/identity-lock.ts";
import { changedFacts, changePatient } from "../patients/patient-records.ts";
import { askModels } from "../predictions/ask-models.ts";
import {
  closeCorrection,
  countSigned,
  findCorrection,
  putNotesBack,
  readState,
} from "./correction.store.ts";
import { askedAgain, filmsOfAll } from "./films-of-cases.ts";
import {
  changesOfState,
  restoredEvent,
  storedFacts,
  studyBack,
  type StudyState,
} from "./stored-correction.ts";
import { basisOf, type CorrectionDeps } from "./study-details.service.ts";
import { planUndo, type UndoPlan } from "./undo-plan.ts";

/** Takes back what somebody said of whose a study is. */
export class StudyCorrectionService {
  readonly #deps: CorrectionDeps;

  constructor(deps: CorrectionDeps) {
    this.#deps = deps;
  }

  /**
   * As it was before the correction: the study is the patient's again whose it
   * was, and the record says again what it said. What somebody said of the
   * study itself since stands. The cases follow, and the signers who were told
   * of the correction are told of this.
   *
   * @throws NOT_FOUND where the correction is not there for the viewer,
   *   what `planUndo` throws where it cannot be undone, FORBIDDEN for a signed case without the right to say whose
   *   it is.
   */
  undo(viewer: Viewer, id: string, why: string): Promise<StudyCorrection> {
    assertUserCan(viewer, "study:edit");
    const reason = requiredReason(why);
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const found = await this.#find(tx, viewer, id);
      // Whoever corrects holds the case first: no other correction of these
      // studies comes between what is looked at here and what is written.
      await lockCasesOfPatient(tx, found.toPatientId);
      const theCase = await lockCaseOfStudy(tx, found.studyId);
      const correction = await this.#find(tx, viewer, id);
      await lockNumber(tx, correction);
      const before = await readState(tx, correction.studyId);
      const plan = await planUndo(tx, correction, before);
      await assertMayUndo(tx, viewer, correction, plan);
      const after = await this.#takeBack(tx, before, plan);
      const films = await this.#follow(tx, record, {
        viewer,
        theCase,
        before,
        after,
        restored: plan.restored,
        reason,
      });
      const undone = await closeCorrection(tx, id, {
        undoneAt: clock.now(),
        undoneById: viewer.userId,
        undoneByName: viewer.name,
        undoReason: reason,
      });
      await dropKeptText(tx, viewer, "STUDY_UNDO", undone.id);
      const changes = changesOfState(before, after);
      record(
        restoredEvent(undone, after.patient.id, changes, {
          reason,
          caseId: theCase.id,
          filmsAskedAgain: films,
        }),
      );
      return undone;
    });
  }

  async #takeBack(
    tx: Tx,
    { study }: StudyState,
    { stored, back, restored }: UndoPlan,
  ): Promise<StudyState> {
    if (restored !== null) {
      const change = changedFacts(restored.before, restored.after);
      await changePatient(tx, restored.record, change);
    }
    await tx.study.update({
      where: { id: study.id },
      data: { ...studyBack(stored, study), patientId: back.id },
    });
    await putNotesBack(tx, study.id, stored.notesTaken);
    return readState(tx, study.id);
  }

  /** Cases, signers and models, as after the correction itself. */
  async #follow(
    tx: Tx,
    record: RecordEvent,
    {
      viewer,
      theCase,
      before,
      after,
      restored,
      reason,
    }: {
      viewer: UserViewer;
      theCase: Case;
      before: StudyState;
      after: StudyState;
      restored: UndoPlan["restored"];
      reason: string;
    },
  ): Promise<string[]> {
    const { identity, placeAnew } = this.#deps;
    const { study } = after;
    const moved = { ...after, reason };
    const corrected = await identity.move(tx, record, theCase, moved);
    if (restored !== null) {
      const { id } = restored.record;
      const patient = await tx.patient.findUniqueOrThrow({ where: { id } });
      await identity.rename(tx, record, patient, reason);
    }
    const films = await filmsOfAll(tx, [
      ...askedAgain(study.id, basisOf(before), basisOf(after)),
      ...sexRestored(restored),
    ]);
    const { requestId } = viewer.origin;
    await askModels(tx, study.siteId, films, "corrected", requestId);
    await placeAnew(tx, record, corrected);
    await identity.touch(tx, record, theCase);
    return films;
  }

  async #find(
    tx: Tx,
    viewer: UserViewer,
    id: string,
  ): Promise<StudyCorrection> {
    const found = isUuid(id)
      ? await findCorrection(tx, visibleStudyCorrections(viewer), id)
      : null;
    if (found === null) throw new NotFoundError("correction");
    const { siteId } = found;
    assertCan(viewer, "study:edit", { what: "correction", siteId });
    return found;
  }
}

/** All studies of a record whose sex is again what it was. */
export function sexRestored(
  restored: UndoPlan["restored"],
): { patientId: string }[] {
  if (restored === null || restored.before.sex === restored.after.sex)
    return [];
  return [{ patientId: restored.record.id }];
}

/** Nobody takes the number meanwhile that the record is to have again. */
async function lockNumber(tx: Tx, correction: StudyCorrection): Promise<void> {
  const mrn = storedFacts(correction).recordBefore?.mrn ?? null;
  if (mrn !== null) await lockIdentity(tx, correction.siteId, `number:${mrn}`);
}

async function assertMayUndo(
  tx: Tx,
  viewer: UserViewer,
  { studyId, siteId }: StudyCorrection,
  { restored }: UndoPlan,
): Promise<void> {
  const record = restored?.record.id ?? null;
  if ((await countSigned(tx, studyId, record)) === 0) return;
  assertCan(viewer, "study:edit-signed", { what: "correction", siteId });
}
