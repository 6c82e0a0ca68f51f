import type { DatabaseClient, Tx } from "@lung-iris/prisma";
import { systemViewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { Clock } from "../../platform/clock.ts";
import { newId, newRequestId } from "../../platform/ids.ts";
import { notify } from "../../platform/notifications.ts";
import { tellOfAlarm } from "../inbox/tell-people.ts";
import { peopleWith } from "../users/site-staff.reads.ts";
import {
  insertAlarm,
  lockOpenAlarm,
  openAlarms,
  updateAlarm,
  type AlarmFigures,
  type AlarmSubject,
} from "./alarm.store.ts";

export interface AlarmDeskDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
}

/** Raises and ends alarms for the jobs that watch. */
export class AlarmDesk {
  readonly #deps: AlarmDeskDeps;

  constructor(deps: AlarmDeskDeps) {
    this.#deps = deps;
  }

  /** Whether the alarm is new; while one of the same thing is open it is not. */
  raise(
    about: AlarmSubject,
    since: Date,
    figures: AlarmFigures,
  ): Promise<boolean> {
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(watcher(), async (tx, record) => {
      const now = clock.now();
      const id = newId(now);
      const row = { ...about, id, since, raisedAt: now, figures };
      if (!(await insertAlarm(tx, row))) return false;
      record({
        type: "alarm.raised",
        subject: { type: "alarm", id },
        siteId: about.siteId,
        patientId: null,
        details: { kind: about.kind, about: about.subject, figures },
      });
      await notify(tx, { topic: "alarm", siteId: about.siteId, alarmId: id });
      await tellHandlers(tx, row, now);
      return true;
    });
  }

  /** What it was about is over; false where none was open. */
  end(about: AlarmSubject): Promise<boolean> {
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(watcher(), async (tx, record) => {
      const open = await lockOpenAlarm(tx, about);
      if (open === null) return false;
      await updateAlarm(tx, open.id, { endedAt: clock.now() });
      record({
        type: "alarm.ended",
        subject: { type: "alarm", id: open.id },
        siteId: about.siteId,
        patientId: null,
        details: { kind: about.kind, about: about.subject },
      });
      const { siteId } = about;
      await notify(tx, { topic: "alarm", siteId, alarmId: open.id });
      return true;
    });
  }

  /** What is open of a kind, at every site. */
  open(kind: AlarmSubject["kind"]): Promise<AlarmSubject[]> {
    return openAlarms(this.#deps.client, kind);
  }

  /**
   * Brings the open alarms of a kind at a site in line with what holds now:
   * new ones are raised, those that hold no longer are ended.
   *
   * @returns how many were raised.
   */
  async settle(
    kind: AlarmSubject["kind"],
    siteId: string,
    holding: readonly { subject: string; since: Date; figures: AlarmFigures }[],
  ): Promise<number> {
    const open = await openAlarms(this.#deps.client, kind, siteId);
    const subjects = new Set(open.map(({ subject }) => subject));
    let raised = 0;
    for (const { subject, since, figures } of holding) {
      if (subjects.has(subject)) continue;
      if (await this.raise({ siteId, kind, subject }, since, figures))
        raised += 1;
    }
    for (const about of open) {
      if (!holding.some(({ subject }) => subject === about.subject))
        await this.end(about);
    }
    return raised;
  }
}

/** Whoever may handle it at its site. */
async function tellHandlers(
  tx: Tx,
  { id, siteId }: { id: string; siteId: string },
  now: Date,
): Promise<void> {
  const handlers = await peopleWith(tx, siteId, "alarm:handle");
  await tellOfAlarm(tx, {
    alarm: { id, siteId },
    userIds: handlers.map((user) => user.id),
    actor: { userId: null, name: "monitoring" },
    now,
  });
}

function watcher() {
  return systemViewer("monitoring", newRequestId());
}
