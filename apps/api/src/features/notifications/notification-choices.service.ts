import type {
  DatabaseClient,
  InboxKind,
  NotificationWay,
} from "@lung-iris/prisma";
import { assertUserCan } from "../../access/authorize.ts";
import type { Permission } from "../../access/permissions.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { NOTE_KINDS, WAYS, shippedWays } from "./notification.rules.ts";
import { choicesOf, saveChoice } from "./notification.store.ts";

/** By which ways somebody wants notes of a kind, beside the page. */
export interface KindChoice {
  kind: InboxKind;
  ways: readonly NotificationWay[];
}

/** What of it somebody may choose at all. */
export interface NotificationChoices {
  /** Ways that at least one of the viewer's sites has opened. */
  openWays: readonly NotificationWay[];
  kinds: readonly KindChoice[];
}

/** What people want to be told outside of the page: each his own. */
export class NotificationChoicesService {
  readonly #deps: { client: DatabaseClient; audit: AuditLog };

  constructor(deps: { client: DatabaseClient; audit: AuditLog }) {
    this.#deps = deps;
  }

  /** The viewer's own, every kind, the shipped choice where none was made. */
  async own(viewer: Viewer): Promise<NotificationChoices> {
    assertUserCan(viewer, "case:read");
    const { client } = this.#deps;
    const made = await choicesOf(client, [viewer.userId]);
    const open = await client.notificationWays.findMany({
      where: { siteId: { in: [...viewer.siteIds] } },
      select: { emailIsOn: true, webhookIsOn: true },
    });
    return {
      openWays: WAYS.filter((way) =>
        open.some((ways) =>
          way === "EMAIL" ? ways.emailIsOn : ways.webhookIsOn,
        ),
      ),
      kinds: kindsOf(viewer).map((kind) => ({
        kind,
        ways: made.find((one) => one.kind === kind)?.ways ?? shippedWays(kind),
      })),
    };
  }

  /** Changes some kinds of the viewer's own; the others stay. */
  async choose(
    viewer: Viewer,
    choices: readonly KindChoice[],
  ): Promise<NotificationChoices> {
    assertUserCan(viewer, "case:read");
    const { userId } = viewer;
    await this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      const made = await choicesOf(tx, [userId]);
      const before: Record<string, string[]> = {};
      const after: Record<string, string[]> = {};
      for (const choice of choices) {
        const ways = WAYS.filter((way) => choice.ways.includes(way));
        const had =
          made.find((one) => one.kind === choice.kind)?.ways ??
          shippedWays(choice.kind);
        if (String(WAYS.filter((way) => had.includes(way))) === String(ways))
          continue;
        await saveChoice(tx, { userId, kind: choice.kind, ways });
        before[choice.kind] = [...had];
        after[choice.kind] = ways;
      }
      if (Object.keys(after).length === 0) return;
      record({
        type: "user.notifications-chosen",
        siteId: null,
        patientId: null,
        subject: { type: "user", id: userId },
        before,
        after,
        details: {},
      });
    });
    return this.own(viewer);
  }
}

/** Notes that only who has the permission gets: nobody else may choose them. */
const KINDS_OF: Partial<Record<InboxKind, Permission>> = {
  ALARM: "alarm:handle",
  PROCEDURE: "procedure:do",
  PROMOTION_PROPOSED: "model:promote",
  PROMOTION_DECIDED: "model:promote",
  THRESHOLD_PROPOSED: "threshold:approve",
  THRESHOLD_DECIDED: "threshold:propose",
  TRAINING_DONE: "training:run",
  TRAINING_FAILED: "training:run",
  JUDGED: "model:manage",
};

function kindsOf({ permissions }: { permissions: ReadonlySet<Permission> }) {
  const isFor = (kind: InboxKind) => {
    const needed = KINDS_OF[kind];
    return needed === undefined || permissions.has(needed);
  };
  return NOTE_KINDS.filter(
    (kind) =>
      isFor(kind) &&
      // Asked of staff alone, and told to who asked.
      (kind !== "RETAKE_ASKED" || !permissions.has("reading:sign")) &&
      (kind !== "RETAKE_DONE" || permissions.has("reading:sign")),
  );
}
