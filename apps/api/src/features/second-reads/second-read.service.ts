import type {
  Case,
  DatabaseClient,
  ReadingVersion,
  Tx,
} from "@lung-iris/prisma";
import { assertCan, assertUserCan, can } from "../../access/authorize.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { ForbiddenError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { requiredReason } from "../../platform/required-reason.ts";
import type { CaseCommands } from "../cases/case.commands.ts";
import type { CaseService } from "../cases/case.service.ts";
import { dropKeptText } from "../kept-texts/drop-kept-text.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { authorisationOf, type Authorisation } from "./authorisation.reads.ts";
import {
  holdsSecond,
  stageOfSecond,
} from "../case-machine/second-read.machine.ts";
import { newestVersion } from "../cases/case.reads.ts";
import { isFirstOnTop } from "./second-read.rules.ts";
import { lockFirstDue } from "./second-read.store.ts";

/** Longest reason, in characters. */

export interface SecondReadDeps {
  client: DatabaseClient;
  clock: Clock;
  audit: AuditLog;
  cases: CaseService;
  commands: CaseCommands;
  policies: SitePolicies;
  /** Of the data folder: the order of two unnamed readings hangs on it. */
  secret: string;
}

/** Readings beside a signed one: asked for, claimed and looked at. */
export class SecondReadService {
  readonly #deps: SecondReadDeps;

  constructor(deps: SecondReadDeps) {
    this.#deps = deps;
  }

  /**
   * Asks for a second reading of a signed case, with a reason. A reader may
   * ask for one of what he signed himself; staff and admins of any.
   *
   * @throws NOT_FOUND, FORBIDDEN for another's reading, CASE_NOT_SIGNED,
   *   SECOND_READ_EXISTS or BAD_USER_INPUT.
   */
  async request(viewer: Viewer, caseId: string, reason: string): Promise<Case> {
    assertUserCan(viewer, "second-read:request");
    const why = requiredReason(reason);
    const { audit, cases, clock, commands } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await cases.lock(tx, viewer, caseId);
      assertUserCan(viewer, "second-read:request", { what: "case", ...before });
      if (before.state === "SIGNED") await assertOwn(tx, viewer, before);
      const { after } = await commands.apply(
        tx,
        record,
        before,
        { kind: "request-second", now: clock.now() },
        { details: { reason: why } },
      );
      await dropKeptText(tx, viewer, "SECOND_READ", after.id);
      return after;
    });
  }

  /**
   * Shows the viewer what was signed of a case that he could read a second
   * time, on record: he may then not do that.
   *
   * @throws SECOND_READ_NOT_DUE or SECOND_READ_HELD.
   */
  async showFirst(viewer: Viewer, caseId: string): Promise<Case> {
    assertUserCan(viewer, "case:claim");
    const { audit, cases, clock, commands } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await cases.lock(tx, viewer, caseId);
      assertUserCan(viewer, "case:claim", { what: "case", ...before });
      const { after } = await commands.apply(
        tx,
        record,
        before,
        { kind: "show-first", readerId: viewer.userId },
        { reading: { firstShownAt: clock.now() } },
      );
      return after;
    });
  }

  /**
   * Claims the first of some cases, in the order given, that waits for a
   * further reader and may be read so by the viewer; the case that he leaves
   * for it is put back where nothing was done on it. Null where none is.
   */
  claimFirst(
    viewer: Viewer,
    ids: readonly string[],
    leavingId: string | null,
  ): Promise<Case | null> {
    assertUserCan(viewer, "case:claim");
    const { audit, cases, commands } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const tried = new Set<string>();
      for (;;) {
        const left = ids.filter((id) => !tried.has(id));
        const due = await lockFirstDue(tx, left, viewer.userId);
        if (due === null) return null;
        assertUserCan(viewer, "case:claim", { what: "case", ...due });
        const command = await cases.claimOf(tx, viewer, due);
        tried.add(due.id);
        if (command.bar) continue;
        if (leavingId !== null)
          await cases.putBack(tx, record, viewer, leavingId);
        const { after } = await commands.apply(tx, record, due, command);
        return after;
      }
    });
  }

  /** Whether the further reading of the case is done without the AI. */
  async isWithoutAi(row: Case): Promise<boolean> {
    if (stageOfSecond(row) !== "SECOND") return false;
    const { document } = await this.#deps.policies.current(row.siteId);
    return document.secondReads.blindToAi;
  }

  /** Whether the viewer may ask for a second reading of the case now. */
  async canRequest(viewer: Viewer, row: Case): Promise<boolean> {
    if (row.state !== "SIGNED" || row.secondRead !== null) return false;
    if (!can(viewer, "second-read:request", row.siteId)) return false;
    if (!can(viewer, "case:claim", row.siteId)) return true;
    const first = await newestVersion(this.#deps.client, row.id, "PRIMARY");
    return viewer.kind === "user" && first?.readerId === viewer.userId;
  }

  /**
   * Where the authorisation of a junior's report stands; null where none is
   * needed. Only for who is shown what was signed.
   */
  async authorisation(
    viewer: Viewer,
    row: Case,
  ): Promise<Authorisation | null> {
    assertCan(viewer, "case:read", { what: "case", ...row });
    const { client } = this.#deps;
    const first = await newestVersion(client, row.id, "PRIMARY");
    return first === null ? null : authorisationOf(client, row, first);
  }

  /**
   * The two readings that an adjudicator decides between, unnamed and in an
   * order that does not tell which was first; empty for everybody else.
   */
  async unnamed(viewer: Viewer, row: Case): Promise<ReadingVersion[]> {
    assertCan(viewer, "case:read", { what: "case", ...row });
    const isHis = viewer.kind === "user" && holdsSecond(row, viewer.userId);
    if (!isHis || row.secondRead !== "ADJUDICATION_READING") return [];
    const { client, secret } = this.#deps;
    const [first, second] = await Promise.all([
      newestVersion(client, row.id, "PRIMARY"),
      newestVersion(client, row.id, "SECOND"),
    ]);
    const both = [first, second].filter((one) => one !== null);
    return isFirstOnTop(secret, row.id) ? both : both.reverse();
  }
}

/** A reader asks for what he signed; whoever reads no films, for any. */
async function assertOwn(tx: Tx, viewer: UserViewer, row: Case): Promise<void> {
  if (!can(viewer, "case:claim", row.siteId)) return;
  const first = await newestVersion(tx, row.id, "PRIMARY");
  if (first?.readerId === viewer.userId) return;
  throw new ForbiddenError(
    "A reader asks for a second reading of what he signed himself.",
    "second-read:request",
  );
}
