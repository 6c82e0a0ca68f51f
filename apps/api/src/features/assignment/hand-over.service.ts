import type { DatabaseClient, Prisma, Tx } from "@lung-iris/prisma";
import { assertUserCan } from "../../access/authorize.ts";
import { visibleCases } from "../../access/scope.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { CaseCommands } from "../cases/case.commands.ts";
import { isReadBy } from "../cases/case.rules.ts";
import type { CaseService } from "../cases/case.service.ts";
import type { Clock } from "../../platform/clock.ts";
import { assertOne } from "./assignment.service.ts";
import type { AssignmentService, Receiver } from "./assignment.service.ts";

/** More than anybody has in hand at the end of a shift. */
const MOST_CASES = 500;

/** What a reader has in hand, or handed over. */
export interface InHand {
  /** Cases held under a lease. */
  reading: number;
  /** Waiting cases that were given to the reader. */
  assigned: number;
}

export interface HandOverDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  commands: CaseCommands;
  cases: CaseService;
  assignments: AssignmentService;
}

/** The end of a shift: everything that is open goes to somebody else. */
export class HandOverService {
  readonly #deps: HandOverDeps;

  constructor(deps: HandOverDeps) {
    this.#deps = deps;
  }

  /** How much the viewer has in hand. */
  async count(viewer: Viewer): Promise<InHand> {
    assertUserCan(viewer, "case:claim");
    const { client } = this.#deps;
    const scope = visibleCases(viewer);
    const [reading, assigned] = await Promise.all([
      client.case.count({ where: { AND: [scope, heldBy(viewer)] } }),
      client.case.count({ where: { AND: [scope, givenTo(viewer)] } }),
    ]);
    return { reading, assigned };
  }

  /**
   * Ends all claims of the viewer and gives these cases, and the waiting ones
   * that were the viewer's, to another reader, to a pool or back to everybody,
   * all in one step. What the viewer typed stays with the viewer's own readings.
   *
   * @throws NOT_ASSIGNABLE where the other does not read, or the pool is not, at
   *   one of the sites; then nothing is handed over.
   */
  async handOver(viewer: Viewer, to: Receiver): Promise<InHand> {
    assertUserCan(viewer, "case:claim");
    assertOne(to);
    const { assignments, audit, cases, clock, commands } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const done: InHand = { reading: 0, assigned: 0 };
      for (const id of await inHand(tx, viewer)) {
        let row = await cases.lock(tx, viewer, id);
        assertUserCan(viewer, "case:claim", { what: "case", ...row });
        const isHeld = isReadBy(row, viewer);
        // Between the search and the lock somebody may have taken it.
        const isGiven =
          row.state !== "SIGNED" && row.assigneeId === viewer.userId;
        if (!isHeld && !isGiven) continue;
        await assignments.assertReceiver(tx, to, row.siteId);
        if (isHeld) {
          const command = { kind: "release", readerId: viewer.userId } as const;
          const details = { reason: "handed-over" };
          ({ after: row } = await commands.apply(tx, record, row, command, {
            details,
          }));
        }
        // A further reading of a signed case is anybody's again.
        if (row.state !== "SIGNED") {
          await commands.apply(tx, record, row, {
            kind: "assign",
            now: clock.now(),
            assigneeId: to.userId,
            poolId: to.poolId,
            rule: null,
          });
        }
        done[isHeld ? "reading" : "assigned"] += 1;
      }
      return done;
    });
  }
}

function heldBy({ userId }: UserViewer): Prisma.CaseWhereInput {
  return {
    OR: [{ state: "READING", claimedById: userId }, { secondReaderId: userId }],
  };
}

function givenTo({ userId }: UserViewer) {
  return { state: "WAITING", assigneeId: userId } as const;
}

/** In the order of their ids, in which everybody locks several cases. */
async function inHand(tx: Tx, viewer: UserViewer): Promise<string[]> {
  const rows = await tx.case.findMany({
    where: {
      AND: [visibleCases(viewer), { OR: [heldBy(viewer), givenTo(viewer)] }],
    },
    orderBy: { id: "asc" },
    take: MOST_CASES,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
