import type {
  DatabaseClient,
  LearningWithdrawal,
  Patient,
  Tx,
} from "@lung-iris/prisma";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { visiblePatients, visibleWithdrawals } from "../../access/scope.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import { BY_ID, pageBy, type Page } from "../../platform/pagination.ts";
import { requiredReason } from "../../platform/required-reason.ts";
import type { DatasetService } from "../datasets/dataset.service.ts";
import { dropKeptReason } from "../kept-reasons/drop-kept-reason.ts";
import { countModelsHolding } from "./models-behind.ts";
import {
  findWithdrawals,
  insertWithdrawal,
  liftWithdrawal,
  lockPatient,
  openWithdrawal,
} from "./withdrawal.store.ts";

export interface WithdrawalServiceDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  datasets: DatasetService;
  /** The installation's secret; pseudonyms come from it. */
  secret: string;
}

/** Patients from whose films nothing is to be learnt. */
export class WithdrawalService {
  readonly #deps: WithdrawalServiceDeps;

  constructor(deps: WithdrawalServiceDeps) {
    this.#deps = deps;
  }

  /**
   * No dataset takes the patient's films from here on, and no candidate that
   * learnt from them is judged or goes live. Datasets and models that hold them
   * are counted in the event, and listed by `datasetsHolding` and `models`.
   *
   * @throws CONFLICT where it was said already.
   */
  withdraw(
    viewer: Viewer,
    patientId: string,
    why: string,
  ): Promise<LearningWithdrawal> {
    assertUserCan(viewer, "learning:withdraw");
    const reason = requiredReason(why);
    const { audit, clock, datasets, secret } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const patient = await this.#lock(tx, viewer, patientId);
      if (await openWithdrawal(tx, {}, patient.id)) {
        throw new ConflictError(
          "CONFLICT",
          "This patient is withdrawn from learning already.",
        );
      }
      const now = clock.now();
      const made = await insertWithdrawal(tx, {
        id: newId(now),
        siteId: patient.siteId,
        patientId: patient.id,
        reason,
        byId: viewer.userId,
        byName: viewer.name,
        withdrawnAt: now,
      });
      await dropKeptReason(tx, viewer, "WITHDRAWAL", patient.id);
      record({
        type: "learning.withdrawn",
        subject: { type: "patient", id: patient.id },
        siteId: patient.siteId,
        patientId: patient.id,
        before: { learning: "allowed" },
        after: { learning: "withdrawn" },
        details: {
          reason,
          datasets: await datasets.countHolding(tx, patient.id),
          models: await countModelsHolding(tx, secret, {
            patientId: patient.id,
            siteId: patient.siteId,
          }),
        },
      });
      return made;
    });
  }

  /**
   * Datasets may take the patient's films again.
   *
   * @throws CONFLICT where nothing was withdrawn.
   */
  lift(
    viewer: Viewer,
    patientId: string,
    why: string,
  ): Promise<LearningWithdrawal> {
    assertUserCan(viewer, "learning:withdraw");
    const reason = requiredReason(why);
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const patient = await this.#lock(tx, viewer, patientId);
      const open = await openWithdrawal(tx, {}, patient.id);
      if (open === null) {
        throw new ConflictError(
          "CONFLICT",
          "This patient is not withdrawn from learning.",
        );
      }
      const lifted = await liftWithdrawal(tx, open.id, {
        liftedAt: clock.now(),
        liftedById: viewer.userId,
        liftedByName: viewer.name,
        liftReason: reason,
      });
      await dropKeptReason(tx, viewer, "WITHDRAWAL_LIFT", patient.id);
      record({
        type: "learning.withdrawal-lifted",
        subject: { type: "patient", id: patient.id },
        siteId: patient.siteId,
        patientId: patient.id,
        before: { learning: "withdrawn" },
        after: { learning: "allowed" },
        details: { reason },
      });
      return lifted;
    });
  }

  async list(
    viewer: Viewer,
    first: number,
    after: string | null | undefined,
  ): Promise<Page<LearningWithdrawal>> {
    assertCan(viewer, "learning:withdraw");
    return pageBy({ first, after }, BY_ID, (beyond, take) =>
      findWithdrawals(
        this.#deps.client,
        visibleWithdrawals(viewer),
        beyond,
        take,
      ),
    );
  }

  /** The patient's own that is not lifted, or null. */
  async open(
    viewer: Viewer,
    patientId: string,
  ): Promise<LearningWithdrawal | null> {
    assertCan(viewer, "learning:withdraw");
    if (!isUuid(patientId)) return null;
    const scope = visibleWithdrawals(viewer);
    return openWithdrawal(this.#deps.client, scope, patientId);
  }

  async #lock(tx: Tx, viewer: UserViewer, id: string): Promise<Patient> {
    const patient = isUuid(id)
      ? await lockPatient(tx, visiblePatients(viewer), id)
      : null;
    if (patient === null) throw new NotFoundError("patient");
    const { siteId } = patient;
    assertUserCan(viewer, "learning:withdraw", { what: "patient", siteId });
    return patient;
  }
}
