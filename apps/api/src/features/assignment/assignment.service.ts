import type { Case, DatabaseClient, Tx } from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import { READER_ROLES } from "../../access/roles.ts";
import { visibleCases, visibleUsers } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { actorOf } from "../../audit/audit-actor.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { BadInputError, ConflictError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import type { CaseCommands } from "../cases/case.commands.ts";
import { findReader } from "../cases/case.reads.ts";
import type { CaseService } from "../cases/case.service.ts";
import { tellPeople } from "../inbox/tell-people.ts";
import { findOpenPool } from "../pools/pool.reads.ts";
import type { UserRow } from "../users/user.row.ts";
import { countLoads } from "./reader-loads.ts";
import type { Load } from "./reader-loads.ts";

/** Who is given a case by hand: a reader, a pool, or nobody. */
export interface Receiver {
  userId: string | null;
  poolId: string | null;
}

/** A reader with what he has to do at the viewer's sites. */
export interface ReaderLoad extends Load {
  user: UserRow;
}

export interface AssignmentServiceDeps {
  client: DatabaseClient;
  clock: Clock;
  audit: AuditLog;
  commands: CaseCommands;
  cases: CaseService;
}

/** Who should read a case: given by hand, to a reader or a pool. */
export class AssignmentService {
  readonly #deps: AssignmentServiceDeps;

  constructor(deps: AssignmentServiceDeps) {
    this.#deps = deps;
  }

  /**
   * Hands the case to a reader or a pool of its site, or to nobody.
   *
   * @throws NOT_ASSIGNABLE, CASE_ALREADY_SIGNED, or BAD_USER_INPUT for both
   *   at once.
   */
  assign(viewer: Viewer, id: string, to: Receiver): Promise<Case> {
    assertCan(viewer, "case:assign");
    assertOne(to);
    const { audit, cases, clock, commands } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await cases.lock(tx, viewer, id);
      assertCan(viewer, "case:assign", { what: "case", ...before });
      await this.assertReceiver(tx, to, before.siteId);
      const now = clock.now();
      const by = actorOf(viewer);
      const { after } = await commands.apply(tx, record, before, {
        kind: "assign",
        now,
        assigneeId: to.userId,
        poolId: to.poolId,
        rule: null,
      });
      if (to.userId !== null && to.userId !== before.assigneeId)
        await tellPeople(tx, {
          row: after,
          kind: "ASSIGNED",
          userIds: [to.userId],
          actor: { userId: by.id, name: by.name },
          now,
        });
      return after;
    });
  }

  /** Readers who may be given cases of the site, by name. */
  assignableUsers(viewer: Viewer, siteId: string): Promise<UserRow[]> {
    assertCan(viewer, "case:assign", { what: "site", siteId });
    return this.#deps.client.user.findMany({
      where: {
        AND: [
          visibleUsers(viewer),
          {
            isActive: true,
            role: { in: [...READER_ROLES] },
            sites: { some: { siteId } },
          },
        ],
      },
      orderBy: [{ name: "asc" }, { id: "asc" }],
    });
  }

  /** The same with what each has to do at the sites that the viewer sees. */
  async loads(viewer: Viewer, siteId: string): Promise<ReaderLoad[]> {
    const users = await this.assignableUsers(viewer, siteId);
    const loads = await countLoads(
      this.#deps.client,
      visibleCases(viewer),
      users.map(({ id }) => id),
    );
    return users.map((user) => ({
      user,
      waiting: loads.get(user.id)?.waiting ?? 0,
      reading: loads.get(user.id)?.reading ?? 0,
    }));
  }

  /**
   * Refuses to give cases to somebody who does not read at their site, or to
   * a pool of another one.
   *
   * @throws NOT_ASSIGNABLE.
   */
  async assertReceiver(
    tx: Tx,
    { userId, poolId }: Receiver,
    siteId: string,
  ): Promise<void> {
    if (userId !== null && !(await isReaderOf(tx, userId, siteId)))
      throw new ConflictError(
        "NOT_ASSIGNABLE",
        "Cases can be assigned to active radiologists of their site only.",
      );
    if (poolId !== null && !(await isOpenPoolOf(tx, poolId, siteId)))
      throw new ConflictError(
        "NOT_ASSIGNABLE",
        "Cases can be assigned to open pools of their site only.",
      );
  }
}

/** @throws BAD_USER_INPUT where a case is given to two at once. */
export function assertOne({ userId, poolId }: Receiver): void {
  if (userId === null || poolId === null) return;
  throw new BadInputError("Choose a reader or a pool, not both.", [
    "userId",
    "poolId",
  ]);
}

async function isReaderOf(
  tx: Tx,
  userId: string,
  siteId: string,
): Promise<boolean> {
  if (!isUuid(userId)) return false;
  const reader = await findReader(tx, userId, siteId, {
    isActive: true,
    role: { in: [...READER_ROLES] },
  });
  return reader !== null;
}

async function isOpenPoolOf(
  tx: Tx,
  poolId: string,
  siteId: string,
): Promise<boolean> {
  return isUuid(poolId) && (await findOpenPool(tx, siteId, poolId)) !== null;
}
