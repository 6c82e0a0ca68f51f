/**
 * Raises an alarm as the watch does, for a journey that cannot wait for a
 * change of a thousand films: node --import tsx raise-alarm.ts DATA SITE.
 */
import { AuditLog } from "../../apps/api/src/audit/audit-log.ts";
import { openCommandDatabase } from "../../apps/api/src/commands/command-database.ts";
import { AlarmDesk } from "../../apps/api/src/features/alarms/alarm-desk.ts";
import { systemClock } from "../../apps/api/src/platform/clock.ts";

const [dataFolder, siteId] = process.argv.slice(2);
if (dataFolder === undefined || siteId === undefined)
  throw new Error("a data folder and a site are needed");
const opened = await openCommandDatabase(
  { dataFolder, databaseUrl: null },
  { mayCreate: false, say: () => undefined },
);
try {
  const { client } = opened.database;
  const audit = new AuditLog(client, systemClock);
  const desk = new AlarmDesk({ client, audit, clock: systemClock });
  const about = { siteId, kind: "DRIFT" as const, subject: "grey-mean" };
  const figures = { films: 200, stability: 0.41, gap: 0.3 };
  await desk.raise(about, systemClock.now(), figures);
} finally {
  await opened.close();
}
