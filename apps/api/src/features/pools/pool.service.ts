import type { DatabaseClient, Tx } from "@lung-iris/prisma";
import { assertCan, assertUserCan, can } from "../../access/authorize.ts";
import { READER_ROLES } from "../../access/roles.ts";
import { visiblePools } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { changesOf } from "../../audit/changes.ts";
import { BadInputError, ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import {
  closePool,
  listOpenPools,
  lockPool,
  lockPoolsOfSite,
  savePool,
} from "./pool.store.ts";
import type { PoolRow } from "./pool.store.ts";

export type { PoolRow } from "./pool.store.ts";

/** Most open pools of a site: the list is shown whole. */
const MAX_POOLS = 50;
const MAX_MEMBERS = 200;
const MAX_NAME = 60;
const COLUMNS = ["name", "memberIds", "closedAt"] as const;

export interface PoolRequest {
  /** Null for a new one. */
  id: string | null;
  siteId: string;
  name: string;
  memberIds: readonly string[];
}

/** Named groups of readers of a site, to which cases are given. */
export class PoolService {
  readonly #deps: { client: DatabaseClient; audit: AuditLog; clock: Clock };

  constructor(deps: { client: DatabaseClient; audit: AuditLog; clock: Clock }) {
    this.#deps = deps;
  }

  /** The open pools of a site, by name. Throws NOT_FOUND for another site. */
  async list(viewer: Viewer, siteId: string): Promise<PoolRow[]> {
    assertCan(viewer, "pool:read", { what: "site", siteId });
    if (!isUuid(siteId)) throw new NotFoundError("site");
    return listOpenPools(this.#deps.client, {
      AND: [visiblePools(viewer), { siteId }],
    });
  }

  canEdit(viewer: Viewer, { siteId, closedAt }: PoolRow): boolean {
    return closedAt === null && can(viewer, "pool:manage", siteId);
  }

  /**
   * Makes a pool, or changes name and members of one.
   *
   * @throws POOL_NAME_TAKEN, POOL_CLOSED, NOT_ASSIGNABLE where a member does
   *   not read at the site, NOT_FOUND or BAD_USER_INPUT.
   */
  save(viewer: Viewer, request: PoolRequest): Promise<PoolRow> {
    const { id, siteId } = request;
    assertUserCan(viewer, "pool:manage", { what: "site", siteId });
    if (!isUuid(siteId)) throw new NotFoundError("site");
    const name = checkName(request.name);
    const memberIds = checkMembers(request.memberIds);
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      await lockPoolsOfSite(tx, siteId);
      const before = id === null ? null : await lockOpen(tx, viewer, id);
      if (before !== null && before.siteId !== siteId)
        throw new NotFoundError("pool");
      await assertNameIsFree(tx, siteId, name, before);
      const added = memberIds.filter(
        (userId) => before?.memberIds.includes(userId) !== true,
      );
      await assertReaders(tx, siteId, added);
      const isSame =
        before !== null &&
        before.name === name &&
        added.length === 0 &&
        before.memberIds.length === memberIds.length;
      if (isSame) return before;
      const after = await savePool(tx, {
        id: before?.id ?? newId(clock.now()),
        siteId,
        name,
        memberIds,
      });
      record({
        type: before === null ? "pool.created" : "pool.changed",
        ...subjectOf(after),
        ...changesOf(before, after, COLUMNS),
        details: {},
      });
      return after;
    });
  }

  /**
   * Closes a pool: it takes no cases, and those that wait for it fall back to
   * everybody within a minute.
   *
   * @throws NOT_FOUND or POOL_CLOSED.
   */
  close(viewer: Viewer, id: string): Promise<PoolRow> {
    assertUserCan(viewer, "pool:manage");
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await lockOpen(tx, viewer, id);
      const { siteId } = before;
      assertUserCan(viewer, "pool:manage", { what: "pool", siteId });
      const after = await closePool(tx, before.id, clock.now());
      record({
        type: "pool.closed",
        ...subjectOf(after),
        ...changesOf(before, after, COLUMNS),
        details: {},
      });
      return after;
    });
  }
}

async function lockOpen(tx: Tx, viewer: Viewer, id: string): Promise<PoolRow> {
  const pool = isUuid(id) ? await lockPool(tx, visiblePools(viewer), id) : null;
  if (pool === null) throw new NotFoundError("pool");
  if (pool.closedAt !== null)
    throw new ConflictError("POOL_CLOSED", "This pool was closed.");
  return pool;
}

async function assertNameIsFree(
  tx: Tx,
  siteId: string,
  name: string,
  own: PoolRow | null,
): Promise<void> {
  const open = await listOpenPools(tx, { siteId });
  const others = open.filter(({ id }) => id !== own?.id);
  if (others.some((pool) => pool.name.toLowerCase() === name.toLowerCase()))
    throw new ConflictError(
      "POOL_NAME_TAKEN",
      "There is a pool with this name already.",
    );
  if (own === null && open.length >= MAX_POOLS)
    throw new BadInputError(
      `There are ${String(MAX_POOLS)} pools already: close one first.`,
      ["input"],
    );
}

/** Whoever is added reads at the site; who left it may stay named. */
async function assertReaders(
  tx: Tx,
  siteId: string,
  userIds: readonly string[],
): Promise<void> {
  const known = await tx.user.count({
    where: {
      id: { in: [...userIds] },
      isActive: true,
      role: { in: [...READER_ROLES] },
      sites: { some: { siteId } },
    },
  });
  if (known === userIds.length) return;
  throw new ConflictError(
    "NOT_ASSIGNABLE",
    "Only active radiologists of the site can read for a pool.",
  );
}

function checkName(text: string): string {
  const name = text.normalize("NFC").replace(/\s+/gu, " ").trim();
  if (name !== "" && name.length <= MAX_NAME) return name;
  throw new BadInputError(
    `A pool has a name of at most ${String(MAX_NAME)} characters.`,
    ["input.name"],
  );
}

function checkMembers(ids: readonly string[]): string[] {
  const unique = [...new Set(ids)].sort();
  if (unique.length <= MAX_MEMBERS && unique.every(isUuid)) return unique;
  throw new BadInputError(
    `A pool has at most ${String(MAX_MEMBERS)} members, each a user of ours.`,
    ["input.memberIds"],
  );
}

function subjectOf({ id, siteId }: PoolRow) {
  return { siteId, patientId: null, subject: { type: "pool" as const, id } };
}
