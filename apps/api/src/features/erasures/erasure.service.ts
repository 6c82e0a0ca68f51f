import type {
  Case,
  DatabaseClient,
  KeptReasonKind,
  Patient,
  Tx,
} from "@lung-iris/prisma";
import { assertCan, assertUserCan, can } from "../../access/authorize.ts";
import { visibleErasures, visiblePatients } from "../../access/scope.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog, RecordEvent } from "../../audit/audit-log.ts";
import { AppError, ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import { notify } from "../../platform/notifications.ts";
import {
  BY_ID,
  pageBy,
  type Page,
  type PageRequest,
} from "../../platform/pagination.ts";
import { requiredReason } from "../../platform/required-reason.ts";
import { lockCasesOfPatient } from "../case-rows/case.locks.ts";
import { pseudonymsFor } from "../dataset-files/pseudonyms.ts";
import { dropKeptReason } from "../kept-reasons/drop-kept-reason.ts";
import {
  identityKeys,
  lockIdentity,
  lockPatients,
} from "../patients/identity-lock.ts";
import {
  accountSince,
  notSecond,
  type NotSecond,
} from "../users/second-person.ts";
import {
  extentOf,
  namesOfPerson,
  recordsOfPerson,
} from "./erasure-extent.store.ts";
import { aboutPatient, noteErasure, whatOf } from "./erasure.events.ts";
import { erasureCounts, type ErasureExtent } from "./erasure.record.ts";
import { assertNamesNobody, assertNothingBars } from "./erasure.rules.ts";
import {
  decideErasure,
  eraseRows,
  findErasure,
  findErasures,
  insertErasure,
  lockErasure,
  openErasure,
  type ErasureRow,
} from "./erasure.store.ts";

export type { ErasureRow } from "./erasure.store.ts";

const NOT_SECOND: Record<NotSecond, string> = {
  proposer: "Who proposed an erasure does not approve it: ask another admin.",
  "newer-account":
    "Your account is younger than this proposal: ask an admin who was here before it.",
};

export interface ErasureServiceDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  /** The installation's secret; the pseudonyms come from it. */
  secret: string;
}

/** What an erasure of a record would do. */
export interface ErasurePreview extends ErasureExtent {
  /** The record that counts. */
  patientId: string;
}

/** A record that is erased: proposed by one, approved by another. */
export class ErasureService {
  readonly #deps: ErasureServiceDeps;

  constructor(deps: ErasureServiceDeps) {
    this.#deps = deps;
  }

  /** What would go and what stays; changes nothing. @throws NOT_FOUND */
  async preview(viewer: Viewer, patientId: string): Promise<ErasurePreview> {
    assertCan(viewer, "patient:erase");
    const { client } = this.#deps;
    const scope = visiblePatients(viewer);
    const patient = isUuid(patientId)
      ? await client.patient.findFirst({
          where: { AND: [scope, { id: patientId }] },
        })
      : null;
    if (patient === null) throw new NotFoundError("patient");
    const records = await recordsOfPerson(client, patient.id);
    return { patientId: patient.id, ...(await extentOf(client, records)) };
  }

  /**
   * Proposes that a person's record is erased, with every record that was
   * merged into it.
   *
   * @param why 1 to 1,000 characters, without the patient's name and numbers:
   *   they stay
   * @throws NOT_FOUND, BAD_USER_INPUT, ERASURE_BARRED, or PROPOSAL_OPEN where
   *   it is proposed already.
   */
  propose(viewer: Viewer, patientId: string, why: string): Promise<ErasureRow> {
    assertUserCan(viewer, "patient:erase");
    const reason = requiredReason(why);
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const { records, survivor } = await this.#hold(tx, viewer, patientId);
      assertNamesNobody(reason, await namesOfPerson(tx, records));
      if ((await openErasure(tx, records)) !== null)
        throw new ConflictError(
          "PROPOSAL_OPEN",
          "This patient's erasure is proposed already.",
        );
      const { counts, exports, obstacles } = await extentOf(tx, records);
      assertNothingBars(obstacles);
      const { siteId } = survivor;
      const now = clock.now();
      const names = pseudonymsFor(this.#deps.secret, siteId);
      const row = await insertErasure(tx, {
        id: newId(now),
        siteId,
        patientId: survivor.id,
        pseudonym: names.patient(survivor.id),
        cause: "ASKED",
        reason,
        proposedById: viewer.userId,
        proposedByName: viewer.name,
        proposedAt: now,
        counts,
        exports,
      });
      await dropKeptReason(tx, viewer, "ERASURE", patientId);
      noteErasure(record, "erasure.proposed", row, "NONE", reason);
      return row;
    });
  }

  /**
   * Takes the rows at once and has the bytes follow. There is no way back.
   *
   * @throws NOT_FOUND, NOT_INDEPENDENT for who proposed it or came later,
   *   PROPOSAL_CLOSED, ERASURE_BARRED, or CONFLICT where records were merged
   *   since.
   */
  approve(viewer: Viewer, id: string, why: string): Promise<ErasureRow> {
    return this.#decide(viewer, id, why, "ERASURE_APPROVAL", async (at) => {
      const { tx, record, row, by, reason, now } = at;
      await this.#assertSecond(tx, by, row);
      const { records, survivor, cases } = await this.#hold(
        tx,
        by,
        row.patientId,
      );
      assertSamePerson(row, survivor, records);
      assertNamesNobody(reason, await namesOfPerson(tx, records));
      const { counts, exports, obstacles } = await extentOf(tx, records);
      assertNothingBars(obstacles);
      await decideErasure(tx, row.id, {
        state: "APPROVED",
        decisionReason: reason,
        decidedById: by.userId,
        decidedByName: by.name,
        decidedAt: now,
        counts,
        exports,
      });
      await eraseRows(tx, row.id);
      // Open worklists let go of them.
      const { siteId } = row;
      for (const { id: caseId } of cases)
        await notify(tx, { topic: "case", kind: "CHANGED", caseId, siteId });
      for (const { datasetId } of exports)
        await notify(tx, { topic: "dataset", datasetId, siteId });
      const erased = await findErasure(tx, row.id);
      record({
        type: "patient.erased",
        ...aboutPatient(erased),
        before: { record: "here" },
        after: { record: "erased" },
        details: {
          ...whatOf(erased),
          reason,
          records,
          counts,
          datasetIds: exports.map(({ datasetId }) => datasetId),
        },
      });
      return erased;
    });
  }

  /** Declines a proposal, or takes one's own back. @throws PROPOSAL_CLOSED */
  reject(viewer: Viewer, id: string, why: string): Promise<ErasureRow> {
    return this.#decide(viewer, id, why, "ERASURE_REJECTION", async (at) => {
      const { tx, record, row, by, reason, now } = at;
      const records = await recordsOfPerson(tx, row.patientId);
      assertNamesNobody(reason, await namesOfPerson(tx, records));
      const rejected = await decideErasure(tx, row.id, {
        state: "REJECTED",
        decisionReason: reason,
        decidedById: by.userId,
        decidedByName: by.name,
        decidedAt: now,
      });
      noteErasure(record, "erasure.rejected", rejected, "PROPOSED", reason);
      return rejected;
    });
  }

  /** Erasures and proposals of the viewer's sites, the newest first. */
  async list(
    viewer: Viewer,
    { first, after }: PageRequest,
  ): Promise<Page<ErasureRow>> {
    assertCan(viewer, "erasure:read");
    return pageBy({ first, after }, BY_ID, (beyond, take) =>
      findErasures(this.#deps.client, visibleErasures(viewer), beyond, take),
    );
  }

  /** An auditor sees that a record is to go, and not whose it is. */
  maySeePatient(viewer: Viewer): boolean {
    return can(viewer, "patient:read");
  }

  /** Whether the viewer is the second person; the page asks, never guesses. */
  async viewerCanApprove(viewer: Viewer, row: ErasureRow): Promise<boolean> {
    if (viewer.kind !== "user" || !viewer.permissions.has("patient:erase"))
      return false;
    if (row.state !== "PROPOSED" || !viewer.siteIds.includes(row.siteId))
      return false;
    return (await this.#lacking(this.#deps.client, viewer, row)) === null;
  }

  async #decide(
    viewer: Viewer,
    id: string,
    why: string,
    typed: KeptReasonKind,
    decide: (at: {
      tx: Tx;
      record: RecordEvent;
      row: ErasureRow;
      by: UserViewer;
      reason: string;
      now: Date;
    }) => Promise<ErasureRow>,
  ): Promise<ErasureRow> {
    assertUserCan(viewer, "patient:erase");
    const reason = requiredReason(why);
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const row = isUuid(id)
        ? await lockErasure(tx, visibleErasures(viewer), id)
        : null;
      if (row === null) throw new NotFoundError("erasure");
      const { siteId } = row;
      assertUserCan(viewer, "patient:erase", { what: "erasure", siteId });
      if (row.state !== "PROPOSED")
        throw new ConflictError(
          "PROPOSAL_CLOSED",
          `${row.decidedByName ?? "Somebody"} has decided this already.`,
        );
      await dropKeptReason(tx, viewer, typed, row.id);
      const now = clock.now();
      return decide({ tx, record, row, by: viewer, reason, now });
    });
  }

  async #assertSecond(tx: Tx, by: UserViewer, row: ErasureRow): Promise<void> {
    const reason = await this.#lacking(tx, by, row);
    if (reason !== null)
      throw new AppError("NOT_INDEPENDENT", NOT_SECOND[reason], {
        details: { reason },
      });
  }

  async #lacking(
    client: DatabaseClient | Tx,
    { userId }: UserViewer,
    { proposedById, proposedAt }: ErasureRow,
  ): Promise<NotSecond | null> {
    const since = await accountSince(client, userId);
    const of = { proposedById, before: proposedAt };
    return notSecond({ userId, since }, of);
  }

  /**
   * Holds every record of a person with its cases, after everything by which a
   * film that arrives could find one of them meanwhile.
   */
  async #hold(
    tx: Tx,
    viewer: UserViewer,
    patientId: string,
  ): Promise<{ records: string[]; survivor: Patient; cases: Case[] }> {
    const scope = visiblePatients(viewer);
    const seen = isUuid(patientId)
      ? await tx.patient.findFirst({
          where: { AND: [scope, { id: patientId }] },
        })
      : null;
    if (seen === null) throw new NotFoundError("patient");
    const { siteId } = seen;
    assertUserCan(viewer, "patient:erase", { what: "patient", siteId });
    const found = await recordsOfPerson(tx, seen.id);
    for (const key of await identityKeys(tx, found))
      await lockIdentity(tx, siteId, key);
    const rows = await lockPatients(tx, scope, found);
    const records = await recordsOfPerson(tx, seen.id);
    const survivor = [...rows.values()].find(
      (one) => one.mergedIntoId === null,
    );
    if (survivor === undefined || records.join() !== found.join())
      throw new ConflictError(
        "CONFLICT",
        "This record was merged or erased a moment ago: look at it again.",
      );
    const cases: Case[] = [];
    for (const id of records) cases.push(...(await lockCasesOfPatient(tx, id)));
    return { records, survivor, cases };
  }
}

/** @throws CONFLICT where another record became this person's, or left. */
function assertSamePerson(
  { patientId, counts }: ErasureRow,
  survivor: Patient,
  records: readonly string[],
): void {
  const proposed = erasureCounts.parse(counts).records;
  if (survivor.id === patientId && records.length === proposed) return;
  throw new ConflictError(
    "CONFLICT",
    "Records were merged or parted since this was proposed. Decline it and propose it anew.",
  );
}
