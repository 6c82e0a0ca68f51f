import type {
  Case,
  DatabaseClient,
  Label,
  Reading,
  Tx,
} from "@lung-iris/prisma";
import { z } from "zod";
import { assertUserCan } from "../../access/authorize.ts";
import { visibleReadings } from "../../access/scope.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditEventInput } from "../../audit/audit-event.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { BadInputError } from "../../errors.ts";
import { addSeconds } from "../../platform/clock.ts";
import type { Clock } from "../../platform/clock.ts";
import {
  decodeCursor,
  encodeCursor,
  pageSize,
  toPage,
} from "../../platform/pagination.ts";
import type { Page, PageRequest } from "../../platform/pagination.ts";
import { readsBlind } from "../blindness/blindness.ts";
import type { CaseCommands, ReadingChange } from "../cases/case.commands.ts";
import type { CaseService } from "../cases/case.service.ts";
import { holdsSecond } from "../case-machine/second-read.machine.ts";
import { readingsOf } from "../given-drafts/given-draft.reads.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { draftJson } from "../readings/reading-draft.ts";
import {
  openReading,
  readingsWithNotice,
  wasRevealed,
} from "../readings/reading.reads.ts";
import { wasShownMore } from "./shown-more.rules.ts";
import { answeredPrediction } from "../readings/answered-prediction.ts";

/** When a notice was made and of which reading. */
const noticeCursor = z.tuple([z.iso.datetime(), z.uuid()]);

export interface ReadingServiceDeps {
  client: DatabaseClient;
  clock: Clock;
  audit: AuditLog;
  cases: CaseService;
  commands: CaseCommands;
  policies: SitePolicies;
}

/** What a reader does with a case that he holds, until it is signed. */
export class ReadingService {
  readonly #deps: ReadingServiceDeps;

  constructor(deps: ReadingServiceDeps) {
    this.#deps = deps;
  }

  /**
   * The viewer's signed readings of cases that something befell since:
   * reopened, or of another patient now. Newest first, until acknowledged.
   *
   * @throws BAD_USER_INPUT for a page size or cursor of no such list.
   */
  async notices(
    viewer: Viewer,
    { first, after }: PageRequest,
  ): Promise<Page<Reading>> {
    assertUserCan(viewer, "case:claim");
    const size = pageSize(first);
    const cursor = after ? decodeCursor(after, noticeCursor) : null;
    const rows = await readingsWithNotice(
      this.#deps.client,
      visibleReadings(viewer),
      {
        readerId: viewer.userId,
        before: cursor && { at: new Date(cursor[0]), id: cursor[1] },
        take: size + 1,
      },
    );
    return toPage(rows, size, after, ({ noticeAt, id }) =>
      encodeCursor([noticeAt, id]),
    );
  }

  /**
   * Notes the reader's opinion. The first one of a case stands once the AI
   * or a colleague's draft was shown; it counts as blind only where the server had given nothing of
   * the AI away before.
   *
   * @throws CASE_NOT_CLAIMED, CASE_ALREADY_SIGNED or BAD_USER_INPUT when it
   *   would change an opinion that was given before the reveal.
   */
  recordOpinion(viewer: Viewer, caseId: string, opinion: Label): Promise<Case> {
    assertUserCan(viewer, "case:claim");
    return this.#work(viewer, caseId, async (tx, before) => ({
      command: "record-opinion",
      reading: await this.opinionOf(tx, viewer, before, opinion),
      details: { opinion },
    }));
  }

  /**
   * Keeps what the reader has typed so far; the lease is renewed.
   *
   * @throws CASE_NOT_CLAIMED, CASE_ALREADY_SIGNED or BAD_USER_INPUT.
   */
  saveDraft(viewer: Viewer, caseId: string, draft: unknown): Promise<Case> {
    assertUserCan(viewer, "case:claim");
    const kept = draftJson(draft);
    const draftSavedAt = this.#deps.clock.now();
    return this.#work(viewer, caseId, () =>
      Promise.resolve({
        command: "save-draft",
        reading: { draft: kept, draftSavedAt },
        details: {},
      }),
    );
  }

  /**
   * Shows the reader the AI's answer, on record: which one, when, and what
   * the reader thought before. The lease is renewed. Of a signed case
   * anybody who reads at the site may ask for it.
   *
   * @throws CASE_NOT_CLAIMED, AI_CLOSED for a control case, or BAD_USER_INPUT
   *   as for an opinion.
   */
  reveal(
    viewer: Viewer,
    caseId: string,
    opinion: Label | null = null,
  ): Promise<Case> {
    assertUserCan(viewer, "case:claim");
    const { policies } = this.#deps;
    return this.#work(viewer, caseId, async (tx, before) => {
      const answered = await answeredPrediction(tx, policies, before, null);
      const predictionId = answered?.id ?? null;
      const isFirstTime = !(await wasRevealed(tx, before.id, viewer.userId));
      const noted =
        opinion === null ||
        (before.state === "SIGNED" && !holdsSecond(before, viewer.userId))
          ? {}
          : await this.opinionOf(tx, viewer, before, opinion);
      return {
        command: "reveal",
        reading: {
          ...noted,
          revealedAt: this.#deps.clock.now(),
          revealedPredictionId: predictionId,
        },
        details: { isFirstTime, opinion, predictionId },
      };
    });
  }

  /** What an opinion changes on the reader's reading; nothing when known. */
  async opinionOf(
    tx: Tx,
    viewer: UserViewer,
    row: Case,
    opinion: Label,
  ): Promise<ReadingChange> {
    const known = await openReading(tx, row.id, viewer.userId);
    if (known?.opinion === opinion) return {};
    const readings = await readingsOf(tx, row.id);
    const isShown = wasShownMore(row, readings, viewer.userId);
    if (known?.opinion && isShown) {
      throw new BadInputError(
        "The opinion was given before the AI or a colleague's draft was shown and cannot be changed.",
        ["opinion"],
      );
    }
    const isClosed =
      (row.isControl && row.state !== "SIGNED") ||
      (await this.#wasBlind(tx, viewer, row));
    return {
      opinion,
      opinionAt: this.#deps.clock.now(),
      opinionIsBlind: isClosed && !isShown,
    };
  }

  /**
   * Whether the AI was hidden from the reader all along: at a site that was
   * read openly for a while since the study came, it may have been seen.
   */
  async #wasBlind(tx: Tx, viewer: UserViewer, row: Case): Promise<boolean> {
    const { policies } = this.#deps;
    const { document } = await policies.inForce(tx, row.siteId);
    if (!readsBlind(viewer, row.siteId, document.reading.mode)) return false;
    const study = await tx.study.findUniqueOrThrow({
      where: { id: row.studyId },
      select: { createdAt: true },
    });
    return !(await policies.wasOpenSince(tx, row.siteId, study.createdAt));
  }

  /** One step of the reader on his own reading, in one transaction. */
  #work(
    viewer: UserViewer,
    caseId: string,
    stepOf: (tx: Tx, before: Case) => Promise<WorkStep>,
  ): Promise<Case> {
    const { audit, cases, clock, commands, policies } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await cases.lock(tx, viewer, caseId);
      assertUserCan(viewer, "case:claim", { what: "case", ...before });
      const { command, ...beside } = await stepOf(tx, before);
      const { document } = await policies.inForce(tx, before.siteId);
      const { leaseMinutes } = document.reading;
      const until = addSeconds(clock.now(), leaseMinutes * 60);
      const { after } = await commands.apply(
        tx,
        record,
        before,
        {
          kind: command,
          readerId: viewer.userId,
          until,
          ...(command === "reveal"
            ? { isClosedToSecond: document.secondReads.blindToAi }
            : {}),
        },
        beside,
      );
      return after;
    });
  }
}

interface WorkStep {
  command: "record-opinion" | "save-draft" | "reveal";
  reading: ReadingChange;
  details: Extract<
    AuditEventInput,
    {
      type:
        | "reading.opinion-recorded"
        | "reading.draft-saved"
        | "case.prediction-revealed";
    }
  >["details"];
}
