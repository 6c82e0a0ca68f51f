import type { Case, DatabaseClient, Prisma, Tx } from "@lung-iris/prisma";
import { assertUserCan } from "../../access/authorize.ts";
import { visibleCases } from "../../access/scope.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog, RecordEvent } from "../../audit/audit-log.ts";
import { BadInputError } from "../../errors.ts";
import type { CaseCommands } from "../cases/case.commands.ts";
import { isReadBy } from "../cases/case.rules.ts";
import type { CaseService } from "../cases/case.service.ts";
import type { Clock } from "../../platform/clock.ts";
import { keptDraft } from "../given-drafts/given-draft.reads.ts";
import { offeredTo } from "../given-drafts/given-draft.rules.ts";
import { assertOne } from "./assignment.service.ts";
import type { AssignmentService, Receiver } from "./assignment.service.ts";

/** Cases handed over in one transaction, which must not last too long. */
const BATCH = 200;

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
   * however many there are: `BATCH` of them a transaction. What the viewer
   * typed stays with the viewer's own readings, or goes along `withDrafts`.
   *
   * @throws NOT_ASSIGNABLE where the other does not read, or the pool is not, at
   *   one of the sites, BAD_USER_INPUT for drafts that would go to no reader;
   *   then nothing is handed over.
   */
  async handOver(
    viewer: Viewer,
    to: Receiver,
    withDrafts: boolean,
  ): Promise<InHand> {
    assertUserCan(viewer, "case:claim");
    assertOne(to);
    const draftsTo = withDrafts ? receiverOfDrafts(to) : null;
    const { assignments, audit } = this.#deps;
    const done: InHand = { reading: 0, assigned: 0 };
    let after: string | null = null;
    for (;;) {
      const last: string | null = after;
      const batch = await audit.changeAndRecord(viewer, async (tx, record) => {
        for (const siteId of await sitesInHand(tx, viewer))
          await assignments.assertReceiver(tx, to, siteId);
        const ids = await inHand(tx, viewer, last);
        const kinds: (keyof InHand | null)[] = [];
        for (const id of ids)
          kinds.push(
            await this.#handOver(tx, record, viewer, { id, to, draftsTo }),
          );
        return { ids, kinds };
      });
      for (const kind of batch.kinds) if (kind !== null) done[kind] += 1;
      after = batch.ids.at(-1) ?? null;
      if (batch.ids.length < BATCH) return done;
    }
  }

  /** As what the case was in hand; null where it no longer was. */
  async #handOver(
    tx: Tx,
    record: RecordEvent,
    viewer: UserViewer,
    given: { id: string; to: Receiver; draftsTo: string | null },
  ): Promise<keyof InHand | null> {
    const { assignments, cases, clock, commands } = this.#deps;
    const { id, to, draftsTo } = given;
    let row = await cases.lock(tx, viewer, id);
    assertUserCan(viewer, "case:claim", { what: "case", ...row });
    const isHeld = isReadBy(row, viewer);
    // Between the search and the lock somebody may have taken it.
    const isGiven = row.state !== "SIGNED" && row.assigneeId === viewer.userId;
    if (!isHeld && !isGiven) return null;
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
      ({ after: row } = await commands.apply(tx, record, row, {
        kind: "assign",
        now: clock.now(),
        assigneeId: to.userId,
        poolId: to.poolId,
        rule: null,
      }));
      if (draftsTo !== null)
        await this.#giveDraft(tx, record, row, viewer.userId, draftsTo);
    }
    return isHeld ? "reading" : "assigned";
  }

  /** Where there is one that may go along. */
  async #giveDraft(
    tx: Tx,
    record: RecordEvent,
    row: Case,
    readerId: string,
    toId: string,
  ): Promise<void> {
    const draft = await keptDraft(tx, row.id, readerId);
    if (draft === null || row.isControl || toId === readerId) return;
    const { clock, commands } = this.#deps;
    await commands.apply(
      tx,
      record,
      row,
      { kind: "give-draft", readerId, toId, draft },
      {
        reading: offeredTo(toId, clock.now()),
        details: { to: toId },
      },
    );
  }
}

function receiverOfDrafts({ userId }: Receiver): string {
  if (userId !== null) return userId;
  throw new BadInputError("Drafts go along to a reader only.", ["withDrafts"]);
}

function heldBy({ userId }: UserViewer): Prisma.CaseWhereInput {
  return {
    OR: [{ state: "READING", claimedById: userId }, { secondReaderId: userId }],
  };
}

function givenTo({ userId }: UserViewer) {
  return { state: "WAITING", assigneeId: userId } as const;
}

/** Cases the viewer has in hand, whether held or given. */
function allInHand(viewer: UserViewer): Prisma.CaseWhereInput {
  return {
    AND: [visibleCases(viewer), { OR: [heldBy(viewer), givenTo(viewer)] }],
  };
}

async function sitesInHand(tx: Tx, viewer: UserViewer): Promise<string[]> {
  const rows = await tx.case.groupBy({
    by: ["siteId"],
    where: allInHand(viewer),
  });
  return rows.map(({ siteId }) => siteId);
}

/** The next after an id, in the order in which everybody locks several cases. */
async function inHand(
  tx: Tx,
  viewer: UserViewer,
  after: string | null,
): Promise<string[]> {
  const rows = await tx.case.findMany({
    where: {
      AND: [allInHand(viewer), after === null ? {} : { id: { gt: after } }],
    },
    orderBy: { id: "asc" },
    take: BATCH,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
