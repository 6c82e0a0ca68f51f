import { AuditLog } from "../../apps/api/src/audit/audit-log.ts";
import { AlarmDesk } from "../../apps/api/src/features/alarms/alarm-desk.ts";
import { as, type Acts, type Stage } from "./acts.ts";

let raised = 0;

/** An open alarm of a source of its own. */
async function anAlarm({ server, siteId }: Stage): Promise<string> {
  const { client } = server.database;
  const audit = new AuditLog(client, server.clock);
  const desk = new AlarmDesk({ client, audit, clock: server.clock });
  raised += 1;
  const subject = `ROOM-${String(raised)}`;
  const about = { siteId, kind: "SOURCE_SILENT" as const, subject };
  await desk.raise(about, server.clock.now(), { silentDays: 4 });
  return (await client.alarm.findFirstOrThrow({ where: about })).id;
}

/** Mutations of alarms. */
export const ALARM_ACTS: Acts = {
  takeAlarm: async (stage) => {
    const id = await anAlarm(stage);
    return {
      run: () =>
        as(
          stage.admin,
          `mutation ($id: ID!) { takeAlarm(id: $id) { ownerName } }`,
          { id },
        ),
      expected: {
        type: "alarm.taken",
        subjectId: id,
        before: { ownerId: null },
        after: { ownerId: stage.admin.userId },
      },
    };
  },
  acknowledgeAlarm: async (stage) => {
    const id = await anAlarm(stage);
    return {
      run: () =>
        as(
          stage.admin,
          `mutation ($id: ID!) { acknowledgeAlarm(id: $id, note: "Room closed") { id } }`,
          { id },
        ),
      expected: {
        type: "alarm.acknowledged",
        subjectId: id,
        details: {
          kind: "SOURCE_SILENT",
          about: `ROOM-${String(raised)}`,
          note: "Room closed",
          isOver: false,
        },
      },
    };
  },
};
