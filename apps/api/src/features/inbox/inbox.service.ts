import type { DatabaseClient, Prisma } from "@lung-iris/prisma";
import { z } from "zod";
import { assertUserCan } from "../../access/authorize.ts";
import { visibleInbox } from "../../access/scope.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { changesOf } from "../../audit/changes.ts";
import { BadInputError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import {
  decodeCursor,
  encodeCursor,
  pageSize,
  toPage,
  type Page,
  type PageRequest,
} from "../../platform/pagination.ts";
import { listInbox, markRead } from "./inbox.store.ts";
import type { NoteWithModel } from "../notifications/note-path.ts";

/** Where the count of what is unread ends. */
const COUNT_CAP = 100;
/** Most items read in one step by their ids. */
const MAX_READ = 200;
const LAST_MINUTE = 24 * 60 - 1;
const cursorSchema = z.tuple([z.uuid()]);

/** Minutes since midnight by the user's own clock. */
export interface QuietHours {
  fromMinute: number;
  toMinute: number;
}

/** What somebody is told in the page: of cases, alarms, and candidates. */
export class InboxService {
  readonly #deps: { client: DatabaseClient; audit: AuditLog; clock: Clock };

  constructor(deps: { client: DatabaseClient; audit: AuditLog; clock: Clock }) {
    this.#deps = deps;
  }

  /** The viewer's own, the newest first. */
  async list(
    viewer: Viewer,
    { first, after }: PageRequest,
  ): Promise<Page<NoteWithModel>> {
    assertUserCan(viewer, "case:read");
    const size = pageSize(first);
    const cursor = after ? decodeCursor(after, cursorSchema) : null;
    const rows = await listInbox(
      this.#deps.client,
      visibleInbox(viewer),
      cursor?.[0] ?? null,
      size + 1,
    );
    return toPage(rows, size, after, ({ id }) => encodeCursor([id]));
  }

  /** How many the viewer has not read, at most 100; or only the urgent. */
  async countUnread(
    viewer: Viewer,
    which: { isUrgent?: true } = {},
  ): Promise<number> {
    assertUserCan(viewer, "case:read");
    const rows = await this.#deps.client.inboxItem.findMany({
      where: { AND: [visibleInbox(viewer), { readAt: null }, which] },
      select: { id: true },
      take: COUNT_CAP,
    });
    return rows.length;
  }

  /** Notes that the viewer has read some, or all; answers how many. */
  read(viewer: Viewer, ids: readonly string[] | null): Promise<number> {
    assertUserCan(viewer, "case:read");
    if (ids !== null && !(ids.length <= MAX_READ && ids.every(isUuid)))
      throw new BadInputError(
        `At most ${String(MAX_READ)} notes of ours are read in one step.`,
        ["ids"],
      );
    const { audit, clock } = this.#deps;
    const some: Prisma.InboxItemWhereInput =
      ids === null ? {} : { id: { in: [...ids] } };
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const scope = { AND: [visibleInbox(viewer), some] };
      const itemIds = await markRead(tx, scope, clock.now());
      if (itemIds.length > 0)
        record({
          type: "inbox.read",
          ...ofUser(viewer),
          details: { itemIds },
        });
      return itemIds.length;
    });
  }

  /** The hours in which the page does not call out to the viewer. */
  async quietHours(viewer: Viewer): Promise<QuietHours | null> {
    assertUserCan(viewer, "case:read");
    const { quietFromMinute, quietToMinute } =
      await this.#deps.client.user.findUniqueOrThrow({
        where: { id: viewer.userId },
      });
    if (quietFromMinute === null || quietToMinute === null) return null;
    return { fromMinute: quietFromMinute, toMinute: quietToMinute };
  }

  /** Sets them, or with null ends them. Throws BAD_USER_INPUT. */
  setQuietHours(
    viewer: Viewer,
    hours: QuietHours | null,
  ): Promise<QuietHours | null> {
    assertUserCan(viewer, "case:read");
    if (hours !== null) assertHours(hours);
    return this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      const where = { id: viewer.userId };
      const before = await tx.user.findUniqueOrThrow({ where });
      const data = {
        quietFromMinute: hours?.fromMinute ?? null,
        quietToMinute: hours?.toMinute ?? null,
      };
      const changes = changesOf(before, { ...before, ...data }, [
        "quietFromMinute",
        "quietToMinute",
      ]);
      if (Object.keys(changes.after).length === 0) return hours;
      await tx.user.update({ where, data });
      record({
        type: "user.quiet-hours-changed",
        ...ofUser(viewer),
        ...changes,
        details: {},
      });
      return hours;
    });
  }
}

function assertHours({ fromMinute, toMinute }: QuietHours): void {
  const isMinute = (minute: number) =>
    Number.isInteger(minute) && minute >= 0 && minute <= LAST_MINUTE;
  if (isMinute(fromMinute) && isMinute(toMinute) && fromMinute !== toMinute)
    return;
  throw new BadInputError(
    "Quiet hours begin and end at two different minutes of the day.",
    ["fromMinute", "toMinute"],
  );
}

function ofUser({ userId }: UserViewer) {
  return {
    siteId: null,
    patientId: null,
    subject: { type: "user" as const, id: userId },
  };
}
