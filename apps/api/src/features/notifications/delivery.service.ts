import type {
  DatabaseClient,
  NotificationDelivery,
  Tx,
} from "@lung-iris/prisma";
import { systemViewer } from "../../access/viewer.ts";
import type { AuditLog, RecordEvent } from "../../audit/audit-log.ts";
import { addSeconds } from "../../platform/clock.ts";
import { newRequestId } from "../../platform/ids.ts";
import { notePath, withModel } from "./note-path.ts";
import { pauseAfter } from "./notification.rules.ts";
import {
  claimDue,
  findWays,
  purgeEnded,
  updateWaiting,
} from "./notification.store.ts";
import { openWay, type WayDeps } from "./open-way.ts";
import { DeliveryFailure, type OutboundNote, type WayOut } from "./way-out.ts";

/** Sent at once. A way gives up after ten seconds. */
const BATCH = 8;
/** Longer than a try can take. */
const LEASE_SECONDS = 120;
/** What has left is kept so long for who asks. */
const KEPT_DAYS = 30;

export interface DeliveryDeps extends WayDeps {
  client: DatabaseClient;
  audit: AuditLog;
  /** The address of the pages, for the links. */
  deskUrl: string;
}

/** What it comes to before anything is sent: a note and its way, or why not. */
type Prepared = { way: WayOut; note: OutboundNote } | null;

/**
 * Sends what is due. At least once: a worker that dies between the receiver's
 * yes and our noting it sends again, under the same id.
 */
export class DeliveryService {
  readonly #deps: DeliveryDeps;

  constructor(deps: DeliveryDeps) {
    this.#deps = deps;
  }

  /** Until nothing is due; how many were sent, and how many given up. */
  async run(): Promise<{ sent: number; dead: number }> {
    const { client, clock } = this.#deps;
    const counts = { sent: 0, dead: 0 };
    for (;;) {
      const now = clock.now();
      const until = addSeconds(now, LEASE_SECONDS);
      const due = await claimDue(client, now, until, BATCH);
      const ends = await Promise.all(due.map((row) => this.#deliver(row)));
      counts.sent += ends.filter((state) => state === "SENT").length;
      counts.dead += ends.filter((state) => state === "DEAD").length;
      if (due.length < BATCH) return counts;
    }
  }

  /** Forgets what was sent long ago. */
  purge(): Promise<number> {
    const { client, clock } = this.#deps;
    const days = KEPT_DAYS * 24 * 60 * 60;
    return purgeEnded(client, addSeconds(clock.now(), -days));
  }

  async #deliver(
    row: NotificationDelivery,
  ): Promise<NotificationDelivery["state"]> {
    const { client, clock } = this.#deps;
    const prepared = await this.#prepare(row);
    if (prepared === null) {
      const endedAt = clock.now();
      await updateWaiting(client, row.id, { state: "DROPPED", endedAt });
      return "DROPPED";
    }
    try {
      await prepared.way.send(prepared.note);
    } catch (error) {
      if (!(error instanceof DeliveryFailure)) throw error;
      return this.#failed(row, error);
    }
    await this.#end(row, "SENT", null);
    return "SENT";
  }

  async #failed(
    row: NotificationDelivery,
    { message, isPermanent }: DeliveryFailure,
  ): Promise<NotificationDelivery["state"]> {
    const { client, clock } = this.#deps;
    const pause = pauseAfter(row.tries, isPermanent);
    if (pause === null) {
      await this.#end(row, "DEAD", message);
      return "DEAD";
    }
    const dueAt = addSeconds(clock.now(), pause);
    await updateWaiting(client, row.id, { dueAt, lastError: message });
    return "WAITING";
  }

  /** With the event that says so, in one transaction. */
  async #end(
    row: NotificationDelivery,
    state: "SENT" | "DEAD",
    lastError: string | null,
  ): Promise<void> {
    const { audit, clock } = this.#deps;
    const viewer = systemViewer("notifier", newRequestId());
    await audit.changeAndRecord(viewer, async (tx: Tx, record: RecordEvent) => {
      const endedAt = clock.now();
      const data = { state, lastError, endedAt };
      // Another worker, after a lease that ran out, was first.
      if (!(await updateWaiting(tx, row.id, data))) return;
      record({
        type: state === "SENT" ? "notification.sent" : "notification.given-up",
        siteId: row.siteId,
        patientId: null,
        subject: { type: "notification", id: row.id },
        details: {
          kind: row.kind,
          way: row.way,
          userId: row.userId,
          tries: row.tries,
          problem: lastError,
        },
      });
    });
  }

  async #prepare(row: NotificationDelivery): Promise<Prepared> {
    const { client, deskUrl } = this.#deps;
    const item = await client.inboxItem.findUniqueOrThrow({
      where: { id: row.inboxItemId },
      include: { ...withModel, user: { include: { sites: true } } },
    });
    const { user } = item;
    const isOfSite = user.sites.some(({ siteId }) => siteId === row.siteId);
    // Read in the page by the end of quiet hours: nothing to say any more.
    const isRead = row.isHeld && item.readAt !== null;
    if (!user.isActive || !isOfSite || isRead) return null;
    const ways = await findWays(client, row.siteId);
    const way = openWay(this.#deps, ways, row.way);
    if (way === null) return null;
    const { code } = await client.site.findUniqueOrThrow({
      where: { id: row.siteId },
    });
    return {
      way,
      note: {
        id: row.id,
        kind: row.kind,
        isUrgent: row.isUrgent,
        createdAt: row.createdAt,
        siteCode: code,
        link: `${deskUrl}${notePath(item)}`,
        to: { email: user.email, locale: user.locale },
      },
    };
  }
}
