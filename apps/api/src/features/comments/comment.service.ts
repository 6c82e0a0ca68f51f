import { createHash } from "node:crypto";
import type { Case, DatabaseClient, Prisma, Tx } from "@lung-iris/prisma";
import { assertCan, assertUserCan, can } from "../../access/authorize.ts";
import { visibleComments, visibleUsers } from "../../access/scope.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { BadInputError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import type { CaseService } from "../cases/case.service.ts";
import { exposures } from "../blindness/ai-exposure.loader.ts";
import { tellPeople } from "../inbox/tell-people.ts";
import { dropKeptText } from "../kept-texts/drop-kept-text.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import type { UserRow } from "../users/user.row.ts";
import { countComments, findComment, insertVersion } from "./comment.store.ts";
import type { CommentRow } from "./comment.store.ts";

export type { CommentRow } from "./comment.store.ts";

/** Longest comment, in characters. */
const MAX_TEXT = 2_000;
/** Most comments of a case: they are shown whole. */
const MAX_COMMENTS = 200;
const MAX_MENTIONS = 20;

export interface CommentWords {
  text: string;
  mentionIds: readonly string[];
}

export interface CommentServiceDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  cases: CaseService;
  policies: SitePolicies;
}

/** What staff and readers say to each other about a case. */
export class CommentService {
  readonly #deps: CommentServiceDeps;

  constructor(deps: CommentServiceDeps) {
    this.#deps = deps;
  }

  /** Whether the viewer may say it otherwise. */
  canEdit(viewer: Viewer, { authorId, siteId }: CommentRow): boolean {
    const isOwn = viewer.kind === "user" && viewer.userId === authorId;
    return isOwn && can(viewer, "comment:write", siteId);
  }

  /** Whom a comment at a site can name, by name. */
  mentionable(viewer: Viewer, siteId: string): Promise<UserRow[]> {
    assertCan(viewer, "comment:write", { what: "site", siteId });
    return this.#deps.client.user.findMany({
      where: { AND: [visibleUsers(viewer), mentionableAt(siteId)] },
      orderBy: [{ name: "asc" }, { id: "asc" }],
    });
  }

  /**
   * Adds a comment and tells whom it names.
   *
   * @throws NOT_FOUND or BAD_USER_INPUT.
   */
  add(
    viewer: Viewer,
    caseId: string,
    words: CommentWords,
  ): Promise<CommentRow> {
    assertUserCan(viewer, "comment:write");
    const { audit, cases, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const row = await cases.lock(tx, viewer, caseId);
      assertUserCan(viewer, "comment:write", { what: "case", ...row });
      if ((await countComments(tx, row.id)) >= MAX_COMMENTS)
        throw new BadInputError(
          `A case has at most ${String(MAX_COMMENTS)} comments.`,
          ["text"],
        );
      const comment = {
        id: newId(clock.now()),
        siteId: row.siteId,
        caseId: row.id,
        authorId: viewer.userId,
      };
      const made = await this.#write(tx, viewer, row, comment, 1, words);
      await dropKeptText(tx, viewer, "COMMENT", row.id);
      record(eventOf("comment.added", row, made));
      return made;
    });
  }

  /**
   * Says a comment of the viewer's own otherwise, as its next version.
   *
   * @throws NOT_FOUND, also for another's, or BAD_USER_INPUT.
   */
  edit(viewer: Viewer, id: string, words: CommentWords): Promise<CommentRow> {
    assertUserCan(viewer, "comment:write");
    const { audit, cases } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const own = {
        AND: [visibleComments(viewer), { authorId: viewer.userId }],
      };
      const known = isUuid(id) ? await findComment(tx, own, id) : null;
      if (known === null) throw new NotFoundError("comment");
      const row = await cases.lock(tx, viewer, known.caseId);
      assertUserCan(viewer, "comment:write", { what: "case", ...row });
      // Read again now that nobody else can add a version.
      const before = await findComment(tx, own, id);
      const [newest] = before?.versions ?? [];
      if (before === null || newest === undefined)
        throw new NotFoundError("comment");
      const text = checkText(words.text);
      await dropKeptText(tx, viewer, "COMMENT_EDIT", before.id);
      const isSame =
        text === newest.text &&
        String(idsOf(words)) === String(newest.mentionIds);
      if (isSame) return before;
      const { id: commentId, siteId, caseId, authorId } = before;
      const comment = { id: commentId, siteId, caseId, authorId };
      const number = newest.number + 1;
      const made = await this.#write(tx, viewer, row, comment, number, words);
      record(eventOf("comment.edited", row, made));
      return made;
    });
  }

  async #write(
    tx: Tx,
    viewer: UserViewer,
    row: Case,
    comment: Parameters<typeof insertVersion>[1],
    number: number,
    words: CommentWords,
  ): Promise<CommentRow> {
    const { clock, policies } = this.#deps;
    const text = checkText(words.text);
    const mentionIds = idsOf(words);
    await assertMentionable(tx, row.siteId, mentionIds);
    const now = clock.now();
    const [seesAi] = await exposures(tx, viewer, policies, [row]);
    const made = await insertVersion(tx, comment, {
      id: newId(now),
      number,
      text,
      mentionIds,
      // Where it said nothing yet there is nothing to tell.
      tellsAi: seesAi === true && row.shownPredictionId !== null,
      tellsReading: (await tx.reading.count({ where: { caseId: row.id } })) > 0,
      createdAt: now,
    });
    const known = new Set(made.versions[1]?.mentionIds);
    await tellPeople(tx, {
      row,
      kind: "MENTIONED",
      userIds: mentionIds.filter((id) => !known.has(id)),
      actor: viewer,
      now,
    });
    return made;
  }
}

function mentionableAt(siteId: string): Prisma.UserWhereInput {
  return {
    isActive: true,
    role: { in: ["STAFF", "RADIOLOGIST", "ADMIN"] },
    sites: { some: { siteId } },
  };
}

async function assertMentionable(
  tx: Tx,
  siteId: string,
  ids: readonly string[],
): Promise<void> {
  const known = await tx.user.count({
    where: { AND: [mentionableAt(siteId), { id: { in: [...ids] } }] },
  });
  if (known === ids.length) return;
  throw new BadInputError("One of those named does not work at this site.", [
    "mentionIds",
  ]);
}

function idsOf({ mentionIds }: CommentWords): string[] {
  const unique = [...new Set(mentionIds)].sort();
  if (unique.length <= MAX_MENTIONS && unique.every(isUuid)) return unique;
  throw new BadInputError(
    `A comment names at most ${String(MAX_MENTIONS)} users of ours.`,
    ["mentionIds"],
  );
}

function checkText(given: string): string {
  const text = given.normalize("NFC").trim();
  if (text !== "" && text.length <= MAX_TEXT) return text;
  throw new BadInputError(
    `A comment has 1 to ${String(MAX_TEXT)} characters.`,
    ["text"],
  );
}

function eventOf(
  type: "comment.added" | "comment.edited",
  { patientId }: Case,
  { id, siteId, caseId, versions: [newest] }: CommentRow,
) {
  if (newest === undefined) throw new Error("a comment without words");
  return {
    type,
    siteId,
    patientId,
    subject: { type: "comment" as const, id },
    details: {
      caseId,
      versionId: newest.id,
      number: newest.number,
      textSha256: createHash("sha256").update(newest.text).digest("hex"),
      mentionIds: newest.mentionIds,
    },
  };
}
