import type { Case, DatabaseClient, Tx } from "@lung-iris/prisma";
import { assertUserCan } from "../../access/authorize.ts";
import { READER_ROLES } from "../../access/roles.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { Clock } from "../../platform/clock.ts";
import type { CaseCommands } from "../cases/case.commands.ts";
import type { CaseService } from "../cases/case.service.ts";
import { tellPeople } from "../inbox/tell-people.ts";
import { activeMembers, findOpenPool } from "../pools/pool.reads.ts";
import { escalationOf, oneUp } from "../urgency/urgency.rules.ts";

/**
 * Why a case is to be read now. Codes, because free words of somebody who sees
 * the AI would reach readers who may not: these say a comment beside it.
 */
export type EscalateReason =
  | "patient-worse"
  | "doctor-asks"
  | "procedure-waits"
  | "waits-too-long"
  | "other";

export interface EscalationServiceDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  commands: CaseCommands;
  cases: CaseService;
}

/** Somebody wants a case read now: it rises by a class, and readers are told. */
export class EscalationService {
  readonly #deps: EscalationServiceDeps;

  constructor(deps: EscalationServiceDeps) {
    this.#deps = deps;
  }

  /** @throws CASE_ESCALATED, CASE_ALREADY_SIGNED or NOT_FOUND. */
  escalate(viewer: Viewer, id: string, reason: EscalateReason): Promise<Case> {
    assertUserCan(viewer, "case:escalate");
    const { audit, cases, clock, commands } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await cases.lock(tx, viewer, id);
      assertUserCan(viewer, "case:escalate", { what: "case", ...before });
      const now = clock.now();
      const { after } = await commands.apply(
        tx,
        record,
        before,
        { kind: "escalate", now, reason },
        {
          change: {
            urgency: oneUp(before.urgency),
            urgencyReasons: [...before.urgencyReasons, escalationOf(reason)],
          },
          details: { reason },
        },
      );
      const userIds = await readersToTell(tx, after);
      await tellPeople(tx, {
        row: after,
        kind: "ESCALATED",
        userIds,
        actor: viewer,
        now,
      });
      return after;
    });
  }
}

/** Whose case it is: holder, assignee, pool; where nobody's, all readers. */
async function readersToTell(
  tx: Tx,
  { siteId, claimedById, assigneeId, poolId }: Case,
): Promise<string[]> {
  const named = [claimedById, assigneeId].filter((id) => id !== null);
  if (named.length > 0) return named;
  const pool = poolId === null ? null : await findOpenPool(tx, siteId, poolId);
  const members = pool === null ? [] : await activeMembers(tx, pool);
  if (members.length > 0) return members;
  const readers = await tx.user.findMany({
    where: {
      isActive: true,
      role: { in: [...READER_ROLES] },
      sites: { some: { siteId } },
    },
    select: { id: true },
  });
  return readers.map((reader) => reader.id);
}
