import type { Case, Tx } from "@lung-iris/prisma";
import { assertUserCan } from "../../access/authorize.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditEventInput } from "../../audit/audit-event.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import { exposures } from "../blindness/ai-exposure.loader.ts";
import type { CaseCommands, ReadingChange } from "../cases/case.commands.ts";
import type { CaseService } from "../cases/case.service.ts";
import type { CaseCommand } from "../case-machine/case.transition.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { keptDraft, readingsOf } from "./given-draft.reads.ts";
import { isBehindOpinion, offeredTo } from "./given-draft.rules.ts";

export interface GivenDraftServiceDeps {
  clock: Clock;
  audit: AuditLog;
  cases: CaseService;
  commands: CaseCommands;
  policies: SitePolicies;
}

const GIVEN_TO_NOBODY = { draftGivenToId: null, draftGivenAt: null } as const;

/** What somebody typed on a case goes along to who holds it now. */
export class GivenDraftService {
  readonly #deps: GivenDraftServiceDeps;

  constructor(deps: GivenDraftServiceDeps) {
    this.#deps = deps;
  }

  /**
   * The author gives his draft to the holder of the case.
   *
   * @throws NO_DRAFT, NOT_THE_HOLDER, DRAFT_GIVEN, CASE_ALREADY_SIGNED, or
   *   AI_CLOSED for a control case, of which the holder would never see it.
   */
  give(viewer: Viewer, caseId: string, toId: string): Promise<Case> {
    assertUserCan(viewer, "case:claim");
    return this.#step(viewer, caseId, async (tx, row) => ({
      command: {
        kind: "give-draft",
        readerId: viewer.userId,
        toId,
        draft: await keptDraft(tx, row.id, viewer.userId),
      },
      reading: offeredTo(toId, this.#deps.clock.now()),
      details: { to: toId },
    }));
  }

  /** Until it was taken. Throws DRAFT_NOT_GIVEN. */
  takeBack(viewer: Viewer, caseId: string): Promise<Case> {
    assertUserCan(viewer, "case:claim");
    return this.#step(viewer, caseId, async (tx, row) => ({
      command: {
        kind: "take-back-draft",
        readerId: viewer.userId,
        draft: await keptDraft(tx, row.id, viewer.userId),
      },
      reading: GIVEN_TO_NOBODY,
      details: {},
    }));
  }

  /**
   * Notes that the holder took the draft; what he makes of it he saves as his
   * own.
   *
   * @throws CASE_NOT_CLAIMED or CASE_ALREADY_SIGNED; DRAFT_NOT_GIVEN also while
   *   the holder has not said what he sees, and the draft is hidden from him.
   */
  take(viewer: Viewer, caseId: string, fromId: string): Promise<Case> {
    assertUserCan(viewer, "case:claim");
    return this.#step(viewer, caseId, async (tx, row) => ({
      command: {
        kind: "take-draft",
        readerId: fromId,
        takerId: viewer.userId,
        draft: await this.#openDraft(tx, viewer, row, fromId),
      },
      reading: { ...GIVEN_TO_NOBODY, draftAnsweredById: viewer.userId },
      details: { from: fromId },
    }));
  }

  /**
   * Notes that the holder does without the draft, which is offered to him no
   * more; its author may take it back, and then give it anew.
   *
   * @throws as `take` does.
   */
  leave(viewer: Viewer, caseId: string, fromId: string): Promise<Case> {
    assertUserCan(viewer, "case:claim");
    return this.#step(viewer, caseId, async (tx, row) => ({
      command: {
        kind: "leave-draft",
        readerId: fromId,
        leaverId: viewer.userId,
        draft: await this.#openDraft(tx, viewer, row, fromId),
      },
      reading: { draftAnsweredById: viewer.userId },
      details: { from: fromId },
    }));
  }

  /** A colleague's draft, where the holder may know of it. */
  async #openDraft(tx: Tx, viewer: UserViewer, row: Case, fromId: string) {
    const isOpen = isUuid(fromId) && (await this.#isOpen(tx, viewer, row));
    return isOpen ? keptDraft(tx, row.id, fromId) : null;
  }

  async #isOpen(tx: Tx, viewer: UserViewer, row: Case): Promise<boolean> {
    const [seesAi] = await exposures(tx, viewer, this.#deps.policies, [row]);
    if (seesAi) return true;
    return isBehindOpinion(row, await readingsOf(tx, row.id), viewer.userId);
  }

  #step(
    viewer: UserViewer,
    caseId: string,
    stepOf: (tx: Tx, row: Case) => Promise<DraftStep>,
  ): Promise<Case> {
    const { audit, cases, commands } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await cases.lock(tx, viewer, caseId);
      assertUserCan(viewer, "case:claim", { what: "case", ...before });
      const { command, ...beside } = await stepOf(tx, before);
      const { after } = await commands.apply(
        tx,
        record,
        before,
        command,
        beside,
      );
      return after;
    });
  }
}

interface DraftStep {
  command: Extract<
    CaseCommand,
    { kind: "give-draft" | "take-back-draft" | "take-draft" | "leave-draft" }
  >;
  reading: ReadingChange;
  details: Extract<
    AuditEventInput,
    {
      type:
        | "reading.draft-given"
        | "reading.draft-taken-back"
        | "reading.draft-taken"
        | "reading.draft-left";
    }
  >["details"];
}
