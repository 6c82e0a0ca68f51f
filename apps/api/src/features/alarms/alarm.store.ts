import type {
  Alarm,
  AlarmKind,
  DatabaseClient,
  Prisma,
  Tx,
} from "@lung-iris/prisma";
import { Prisma as Sql } from "@lung-iris/prisma";

/** The only writer of `Alarm`. */

/** What an alarm is about: at most one of these is open. */
export interface AlarmSubject {
  siteId: string;
  kind: AlarmKind;
  subject: string;
}

/** What was seen, by name: numbers and short texts. */
export type AlarmFigures = Record<string, number | string | null>;

/** Adds an alarm; false where one of the same thing is open. */
export async function insertAlarm(
  tx: Tx,
  alarm: AlarmSubject & {
    id: string;
    since: Date;
    raisedAt: Date;
    figures: AlarmFigures;
  },
): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    /* raise alarm */ INSERT INTO "Alarm" ("id", "siteId", "kind", "subject",
      "since", "raisedAt", "figures")
    VALUES (${alarm.id}::uuid, ${alarm.siteId}::uuid,
      ${alarm.kind}::"AlarmKind", ${alarm.subject}, ${alarm.since},
      ${alarm.raisedAt}, ${JSON.stringify(alarm.figures)}::jsonb)
    ON CONFLICT ("siteId", "kind", "subject") WHERE "endedAt" IS NULL
    DO NOTHING RETURNING 1`;
  return rows.length > 0;
}

/** The open alarm of a subject, held until the transaction ends. */
export async function lockOpenAlarm(
  tx: Tx,
  { siteId, kind, subject }: AlarmSubject,
): Promise<Alarm | null> {
  await tx.$queryRaw`
    SELECT 1 FROM "Alarm" WHERE "siteId" = ${siteId}::uuid
      AND "kind" = ${kind}::"AlarmKind" AND "subject" = ${subject}
      AND "endedAt" IS NULL FOR UPDATE`;
  return tx.alarm.findFirst({
    where: { siteId, kind, subject, endedAt: null },
  });
}

/** An alarm by its id, held until the transaction ends. */
export async function lockAlarm(
  tx: Tx,
  scope: Prisma.AlarmWhereInput,
  id: string,
): Promise<Alarm | null> {
  await tx.$queryRaw`SELECT 1 FROM "Alarm" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.alarm.findFirst({ where: { AND: [scope, { id }] } });
}

export function updateAlarm(
  tx: Tx,
  id: string,
  data: Prisma.AlarmUncheckedUpdateInput,
): Promise<Alarm> {
  return tx.alarm.update({ where: { id }, data });
}

/** Newest first; ids are of version 7. */
export function findAlarms(
  client: DatabaseClient,
  where: Prisma.AlarmWhereInput,
  before: string | null,
  take: number,
): Promise<Alarm[]> {
  return client.alarm.findMany({
    where: { AND: [where, before === null ? {} : { id: { lt: before } }] },
    orderBy: { id: "desc" },
    take,
  });
}

/** Subjects of a kind that are open at a site, or everywhere. */
export function openAlarms(
  client: DatabaseClient,
  kind: AlarmKind,
  siteId?: string,
): Promise<AlarmSubject[]> {
  return client.alarm.findMany({
    where: { kind, endedAt: null, ...(siteId === undefined ? {} : { siteId }) },
    select: { siteId: true, kind: true, subject: true },
  });
}

/** Open alarms by kind, for the figures of /metrics. */
export function countOpenAlarms(
  client: DatabaseClient,
): Promise<{ kind: AlarmKind; isAcknowledged: boolean; count: number }[]> {
  return client.$queryRaw(Sql.sql`
    SELECT "kind"::text AS "kind",
      "acknowledgedAt" IS NOT NULL AS "isAcknowledged", count(*)::int AS "count"
    FROM "Alarm" WHERE "endedAt" IS NULL GROUP BY 1, 2`);
}
