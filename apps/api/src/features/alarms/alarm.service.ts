import type { Alarm, DatabaseClient, Prisma, Tx } from "@lung-iris/prisma";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { visibleAlarms } from "../../access/scope.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { BadInputError, ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import { notify } from "../../platform/notifications.ts";
import { BY_ID, pageBy, type Page } from "../../platform/pagination.ts";
import { dropKeptReason } from "../kept-reasons/drop-kept-reason.ts";
import { findAlarms, lockAlarm, updateAlarm } from "./alarm.store.ts";

const LONGEST_NOTE = 1_000;

export interface AlarmServiceDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  /**
   * What an acknowledged alarm leads to; whether it is over by that. Handed
   * in, because who watches rests on alarms.
   */
  onAcknowledged: (tx: Tx, alarm: Alarm) => Promise<boolean>;
}

/** What people do with alarms: see, take, acknowledge. */
export class AlarmService {
  readonly #deps: AlarmServiceDeps;

  constructor(deps: AlarmServiceDeps) {
    this.#deps = deps;
  }

  /** Newest first; with `isOpen` only those that are not over, or are. */
  async list(
    viewer: Viewer,
    asked: { siteId: string; isOpen: boolean | null },
    first: number,
    after: string | null | undefined,
  ): Promise<Page<Alarm>> {
    const { siteId, isOpen } = asked;
    assertCan(viewer, "monitoring:read", { what: "site", siteId });
    if (!isUuid(siteId)) throw new NotFoundError("site");
    const ended: Prisma.AlarmWhereInput =
      isOpen === null ? {} : { endedAt: isOpen ? null : { not: null } };
    const where = { AND: [visibleAlarms(viewer), { siteId }, ended] };
    return pageBy({ first, after }, BY_ID, (beyond, take) =>
      findAlarms(this.#deps.client, where, beyond, take),
    );
  }

  /**
   * The viewer answers for the alarm from now on; twice changes nothing.
   *
   * @throws NOT_FOUND, or CONFLICT for an alarm that is over.
   */
  take(viewer: Viewer, id: string): Promise<Alarm> {
    assertUserCan(viewer, "alarm:handle");
    return this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      const alarm = await this.#lock(tx, viewer, id);
      if (alarm.ownerId === viewer.userId) return alarm;
      if (alarm.endedAt !== null) throw over();
      const taken = await updateAlarm(tx, id, {
        ownerId: viewer.userId,
        ownerName: viewer.name,
      });
      record({
        type: "alarm.taken",
        subject: { type: "alarm", id },
        siteId: alarm.siteId,
        patientId: null,
        before: { ownerId: alarm.ownerId },
        after: { ownerId: viewer.userId },
        details: { kind: alarm.kind, about: alarm.subject },
      });
      await notify(tx, { topic: "alarm", siteId: alarm.siteId, alarmId: id });
      return taken;
    });
  }

  /**
   * The viewer has looked and says what it was. An alarm that nobody took is
   * the viewer's by that. One of drift is over: what is seen from now on is
   * the new normal, and the watch begins anew.
   *
   * @param note 1 to 1,000 characters.
   * @throws NOT_FOUND, BAD_USER_INPUT, or CONFLICT for one that was
   *   acknowledged before or is over.
   */
  acknowledge(viewer: Viewer, id: string, text: string): Promise<Alarm> {
    assertUserCan(viewer, "alarm:handle");
    const note = noteOf(text);
    const { audit, clock, onAcknowledged } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const alarm = await this.#lock(tx, viewer, id);
      if (alarm.acknowledgedAt !== null) {
        throw new ConflictError(
          "CONFLICT",
          `${alarm.acknowledgedByName ?? "Somebody"} has acknowledged this alarm already.`,
        );
      }
      if (alarm.endedAt !== null) throw over();
      const now = clock.now();
      const isOver = await onAcknowledged(tx, alarm);
      const done = await updateAlarm(tx, id, {
        acknowledgedAt: now,
        acknowledgedById: viewer.userId,
        acknowledgedByName: viewer.name,
        note,
        ...(alarm.ownerId === null
          ? { ownerId: viewer.userId, ownerName: viewer.name }
          : {}),
        ...(isOver ? { endedAt: now } : {}),
      });
      await dropKeptReason(tx, viewer, "ALARM", id);
      record({
        type: "alarm.acknowledged",
        subject: { type: "alarm", id },
        siteId: alarm.siteId,
        patientId: null,
        details: { kind: alarm.kind, about: alarm.subject, note, isOver },
      });
      await notify(tx, { topic: "alarm", siteId: alarm.siteId, alarmId: id });
      return done;
    });
  }

  /** One that the viewer may see, or null. */
  find(viewer: Viewer, id: string): Promise<Alarm | null> {
    assertCan(viewer, "monitoring:read");
    return this.#deps.client.alarm.findFirst({
      where: { AND: [visibleAlarms(viewer), { id }] },
    });
  }

  async #lock(tx: Tx, viewer: UserViewer, id: string): Promise<Alarm> {
    const alarm = isUuid(id)
      ? await lockAlarm(tx, visibleAlarms(viewer), id)
      : null;
    if (alarm === null) throw new NotFoundError("alarm");
    return alarm;
  }
}

function over(): ConflictError {
  return new ConflictError("CONFLICT", "This alarm is over.");
}

function noteOf(text: string): string {
  const note = text.trim();
  if (note === "" || note.length > LONGEST_NOTE) {
    throw new BadInputError(
      `Say what it was, in at most ${String(LONGEST_NOTE)} characters.`,
      ["note"],
    );
  }
  return note;
}
