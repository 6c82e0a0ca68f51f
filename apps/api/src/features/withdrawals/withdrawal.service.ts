import type {
  DatabaseClient,
  LearningWithdrawal,
  Patient,
  Tx,
} from "@lung-iris/prisma";
import { z } from "zod";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { visiblePatients, visibleWithdrawals } from "../../access/scope.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import {
  decodeCursor,
  encodeCursor,
  pageSize,
  toPage,
  type Page,
} from "../../platform/pagination.ts";
import { requiredReason } from "../../platform/required-reason.ts";
import type { DatasetService } from "../datasets/dataset.service.ts";
import {
  findWithdrawals,
  insertWithdrawal,
  liftWithdrawal,
  lockPatient,
  openWithdrawal,
} from "./withdrawal.store.ts";

const cursorSchema = z.tuple([z.uuid()]);

export interface WithdrawalServiceDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  datasets: DatasetService;
}

/** Patients from whose films nothing is to be learnt. */
export class WithdrawalService {
  readonly #deps: WithdrawalServiceDeps;

  constructor(deps: WithdrawalServiceDeps) {
    this.#deps = deps;
  }

  /**
   * No dataset takes the patient's films from here on; those that hold them
   * are counted in the event and listed by `datasetsHolding`.
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
    const { audit, clock, datasets } = this.#deps;
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
    const size = pageSize(first);
    const cursor = after ? decodeCursor(after, cursorSchema) : null;
    const rows = await findWithdrawals(
      this.#deps.client,
      visibleWithdrawals(viewer),
      cursor?.[0] ?? null,
      size + 1,
    );
    return toPage(rows, size, after, ({ id }) => encodeCursor([id]));
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
