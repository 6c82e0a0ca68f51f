import type {
  DatabaseClient,
  DeliveryState,
  NotificationDelivery,
} from "@lung-iris/prisma";
import { z } from "zod";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { visibleDeliveries } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import { enqueue } from "../../platform/job-queue.ts";
import {
  decodeCursor,
  encodeCursor,
  pageSize,
  toPage,
  type Page,
  type PageRequest,
} from "../../platform/pagination.ts";
import {
  listDeliveries,
  lockDelivery,
  updateDelivery,
} from "./notification.store.ts";

const cursorSchema = z.tuple([z.uuid()]);

/** What left, what waits and what was given up, for the site's admins. */
export class DeliveryListService {
  readonly #deps: { client: DatabaseClient; audit: AuditLog; clock: Clock };

  constructor(deps: { client: DatabaseClient; audit: AuditLog; clock: Clock }) {
    this.#deps = deps;
  }

  /** A site's deliveries in a state, the newest first. Throws NOT_FOUND. */
  async list(
    viewer: Viewer,
    asked: { siteId: string; state: DeliveryState },
    { first, after }: PageRequest,
  ): Promise<Page<NotificationDelivery>> {
    const { siteId, state } = asked;
    assertCan(viewer, "notification:manage", { what: "site", siteId });
    if (!isUuid(siteId)) throw new NotFoundError("site");
    const size = pageSize(first);
    const cursor = after ? decodeCursor(after, cursorSchema) : null;
    const rows = await listDeliveries(
      this.#deps.client,
      { AND: [visibleDeliveries(viewer), { siteId, state }] },
      cursor?.[0] ?? null,
      size + 1,
    );
    return toPage(rows, size, after, ({ id }) => encodeCursor([id]));
  }

  /**
   * Has one that was given up sent again, from the first try on.
   *
   * @throws NOT_FOUND, or CONFLICT where it was not given up.
   */
  again(viewer: Viewer, id: string): Promise<NotificationDelivery> {
    assertUserCan(viewer, "notification:manage");
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const row = isUuid(id)
        ? await lockDelivery(tx, visibleDeliveries(viewer), id)
        : null;
      if (row === null) throw new NotFoundError("message");
      const { siteId } = row;
      assertUserCan(viewer, "notification:manage", { what: "message", siteId });
      if (row.state !== "DEAD")
        throw new ConflictError(
          "CONFLICT",
          "Only a message that was given up can be sent again.",
        );
      const after = await updateDelivery(tx, id, {
        state: "WAITING",
        tries: 0,
        dueAt: clock.now(),
        endedAt: null,
      });
      record({
        type: "notification.sent-again",
        siteId,
        patientId: null,
        subject: { type: "notification", id },
        details: { kind: row.kind, way: row.way, userId: row.userId },
      });
      await enqueue(tx, "deliver-notes", id, {});
      return after;
    });
  }
}
