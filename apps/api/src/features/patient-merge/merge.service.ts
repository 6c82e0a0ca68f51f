import type {
  DatabaseClient,
  Patient,
  PatientMerge,
  Tx,
} from "@lung-iris/prisma";
import { z } from "zod";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { visiblePatientMerges, visiblePatients } from "../../access/scope.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog, RecordEvent } from "../../audit/audit-log.ts";
import { BadInputError, ConflictError, NotFoundError } from "../../errors.ts";
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
import { dropKeptReason } from "../kept-reasons/drop-kept-reason.ts";
import {
  identityKeys,
  lockIdentity,
  lockPatients,
} from "../patients/identity-lock.ts";
import { pointRecord } from "../patients/patient-records.ts";
import {
  carryWithdrawal,
  takeBackWithdrawal,
  withdrawnSince,
} from "../withdrawals/withdrawal.carry.ts";
import { mergedEvents, undoneEvents } from "./merge.events.ts";
import {
  closeMerge,
  findMerge,
  findMerges,
  insertMerge,
  studiesSince,
  studyIdsOf,
} from "./merge.store.ts";
import { moveWithCases, type MoveDeps, type SinceThen } from "./moved-cases.ts";
import { isDenied } from "./pair.store.ts";

const cursorSchema = z.tuple([z.uuid()]);

interface MergeServiceDeps extends MoveDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
}

/** The two records of a merge, locked. */
interface Records {
  survivor: Patient;
  merged: Patient;
}

/** Two records of one patient become one, and two again. */
export class MergeService {
  readonly #deps: MergeServiceDeps;

  constructor(deps: MergeServiceDeps) {
    this.#deps = deps;
  }

  /**
   * From here on the survivor's record counts for both: the studies and cases
   * of the merged one go over, films that arrive under its numbers too, and
   * what was withdrawn from learning stays so. Nothing of the merged record is
   * changed but where it points.
   *
   * @throws CONFLICT where one of them is merged already, or somebody said
   *   that they are two people.
   */
  merge(
    viewer: Viewer,
    ids: { survivorId: string; mergedId: string },
    why: string,
  ): Promise<PatientMerge> {
    assertUserCan(viewer, "patient:merge");
    const reason = requiredReason(why);
    if (ids.survivorId === ids.mergedId)
      throw new BadInputError("These are not two records but one.", [
        "mergedId",
      ]);
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const records = await this.#lock(tx, viewer, ids);
      await assertMayMerge(tx, records);
      const now = clock.now();
      const { survivor, merged } = records;
      const own = await studyIdsOf(tx, survivor.id);
      const moved = await moveWithCases(this.#deps, tx, record, {
        viewer,
        from: merged,
        to: survivor,
        studyIds: await studyIdsOf(tx, merged.id),
        reason,
      });
      const by = { byId: viewer.userId, byName: viewer.name, now, reason };
      const ends = { from: merged, to: survivor };
      const carried = await carryWithdrawal(tx, record, ends, by);
      await pointRecord(tx, merged.id, survivor.id);
      const made = await insertMerge(tx, {
        id: newId(now),
        siteId: survivor.siteId,
        survivorId: survivor.id,
        mergedId: merged.id,
        studyIds: moved.studyIds,
        ownStudyIds: own,
        withdrawalId: carried?.id ?? null,
        reason,
        byId: viewer.userId,
        byName: viewer.name,
        mergedAt: now,
      });
      await dropKeptReason(tx, viewer, "MERGE", survivor.id, merged.id);
      mergedEvents(made, moved).forEach(record);
      return made;
    });
  }

  /**
   * Two records again, each with the studies that it had. Studies that came
   * to the survivor since are asked for one by one.
   *
   * @throws CONFLICT where it is undone already or the survivor is merged
   *   itself; STUDIES_SINCE_MERGE where a study that came since is not named.
   */
  undo(
    viewer: Viewer,
    id: string,
    since: SinceThen,
    why: string,
  ): Promise<PatientMerge> {
    assertUserCan(viewer, "patient:merge");
    const reason = requiredReason(why);
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const merge = await this.#find(tx, viewer, id);
      const { survivor, merged } = await this.#lock(tx, viewer, merge);
      const { undoneAt } = (await findMerge(tx, {}, merge.id)) ?? merge;
      assertMayUndo(undoneAt, survivor);
      await assertAllNamed(tx, merge, since);
      const now = clock.now();
      const by = { byId: viewer.userId, byName: viewer.name, now, reason };
      await this.#partWithdrawals(tx, record, merge, { survivor, merged }, by);
      const moved = await moveWithCases(this.#deps, tx, record, {
        viewer,
        from: survivor,
        to: merged,
        studyIds: [...merge.studyIds, ...since.giveBack],
        reason,
      });
      await pointRecord(tx, merged.id, null);
      const undone = await closeMerge(tx, merge.id, {
        undoneAt: now,
        undoneById: viewer.userId,
        undoneByName: viewer.name,
        undoReason: reason,
      });
      await dropKeptReason(tx, viewer, "MERGE_UNDO", undone.id);
      undoneEvents(undone, moved, since).forEach(record);
      return undone;
    });
  }

  async list(
    viewer: Viewer,
    first: number,
    after: string | null | undefined,
  ): Promise<Page<PatientMerge>> {
    assertCan(viewer, "patient:merge");
    const size = pageSize(first);
    const cursor = after ? decodeCursor(after, cursorSchema) : null;
    const rows = await findMerges(
      this.#deps.client,
      visiblePatientMerges(viewer),
      cursor?.[0] ?? null,
      size + 1,
    );
    return toPage(rows, size, after, ({ id }) => encodeCursor([id]));
  }

  /**
   * Holds two records of one site, after everything by which a film that
   * arrives could find one of them meanwhile.
   */
  async #lock(
    tx: Tx,
    viewer: UserViewer,
    { survivorId, mergedId }: { survivorId: string; mergedId: string },
  ): Promise<Records> {
    if (!isUuid(survivorId) || !isUuid(mergedId))
      throw new NotFoundError("patient");
    const ids = [survivorId, mergedId];
    const scope = visiblePatients(viewer);
    const seen = await tx.patient.findFirst({
      where: { AND: [scope, { id: survivorId }] },
    });
    if (seen === null) throw new NotFoundError("patient");
    for (const key of await identityKeys(tx, ids))
      await lockIdentity(tx, seen.siteId, key);
    const rows = await lockPatients(tx, scope, ids);
    const survivor = rows.get(survivorId);
    const merged = rows.get(mergedId);
    if (survivor === undefined || merged === undefined)
      throw new NotFoundError("patient");
    const { siteId } = survivor;
    assertUserCan(viewer, "patient:merge", { what: "patient", siteId });
    if (merged.siteId !== siteId)
      throw new BadInputError("The two records are of two hospitals.", [
        "mergedId",
      ]);
    return { survivor, merged };
  }

  async #find(tx: Tx, viewer: Viewer, id: string): Promise<PatientMerge> {
    const merge = isUuid(id)
      ? await findMerge(tx, visiblePatientMerges(viewer), id)
      : null;
    if (merge === null) throw new NotFoundError("merge");
    return merge;
  }

  /**
   * What went over comes back. What was said while the two were one may have
   * been said of either: then it holds for both.
   */
  async #partWithdrawals(
    tx: Tx,
    record: RecordEvent,
    { withdrawalId, mergedAt }: PatientMerge,
    { survivor, merged }: Records,
    by: Parameters<typeof carryWithdrawal>[3],
  ): Promise<void> {
    if (withdrawalId !== null) {
      const gone = { patient: survivor, withdrawalId };
      await takeBackWithdrawal(tx, record, gone, by);
    }
    const since = await withdrawnSince(tx, survivor.id);
    if (since !== null && since >= mergedAt)
      await carryWithdrawal(tx, record, { from: survivor, to: merged }, by);
  }
}

async function assertMayMerge(
  tx: Tx,
  { survivor, merged }: Records,
): Promise<void> {
  if (survivor.mergedIntoId !== null || merged.mergedIntoId !== null)
    throw new ConflictError(
      "CONFLICT",
      "One of the two records is merged into another already.",
    );
  if (await isDenied(tx, survivor.id, merged.id))
    throw new ConflictError(
      "CONFLICT",
      "Somebody has said that these are two people. Take that back first.",
    );
}

function assertMayUndo(undoneAt: Date | null, survivor: Patient): void {
  if (undoneAt !== null)
    throw new ConflictError("CONFLICT", "This merge is undone already.");
  if (survivor.mergedIntoId !== null)
    throw new ConflictError(
      "CONFLICT",
      "The record that counted was merged itself since: undo that first.",
    );
}

/** Every study that came since is named once, as given back or as kept. */
async function assertAllNamed(
  tx: Tx,
  merge: PatientMerge,
  { giveBack, keep }: SinceThen,
): Promise<void> {
  const came = (await studiesSince(tx, merge)).map(({ id }) => id);
  const named = [...giveBack, ...keep];
  if (named.some((id) => !came.includes(id)))
    throw new BadInputError("Only studies that came since are asked for.", [
      "giveBack",
      "keep",
    ]);
  if (new Set(named).size === came.length && named.length === came.length)
    return;
  throw new ConflictError(
    "STUDIES_SINCE_MERGE",
    "Films have come since the merge: say of each whose it is.",
  );
}
