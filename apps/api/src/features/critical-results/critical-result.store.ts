import { Prisma } from "@lung-iris/prisma";
import type { CriticalResult, DatabaseClient, Tx } from "@lung-iris/prisma";
import { TOLD_ROLES } from "../../access/roles.ts";
import { visibleCriticalResults } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { openToReader } from "../blindness/second-read.reads.ts";

/** The only writer of `CriticalResult`. */

const OPEN = ["OPEN", "TOLD"] as const;

/**
 * Results that the viewer may see. What a first reader found critical would
 * tell a second one what he signed: it reaches him only where he is told it.
 */
export function shownResults(viewer: Viewer): Prisma.CriticalResultWhereInput {
  const visible = visibleCriticalResults(viewer);
  const open = openToReader(viewer);
  if (open === null) return visible;
  const { readerId, unkept } = open;
  const shown = [
    { case: unkept },
    { toldUserId: readerId },
    { markedById: readerId },
  ];
  return { AND: [visible, { OR: shown }] };
}

/** Reads a result and holds its row until the transaction ends. */
export async function lockResult(
  tx: Tx,
  scope: Prisma.CriticalResultWhereInput,
  id: string,
): Promise<CriticalResult | null> {
  await tx.$queryRaw`SELECT 1 FROM "CriticalResult" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.criticalResult.findFirst({ where: { AND: [scope, { id }] } });
}

/** The open one of a case; null without. The caller holds the case's lock. */
export function openOfCase(
  tx: Tx,
  caseId: string,
): Promise<CriticalResult | null> {
  return tx.criticalResult.findFirst({
    where: { caseId, state: { in: [...OPEN] } },
  });
}

export function insertResult(
  tx: Tx,
  data: Prisma.CriticalResultUncheckedCreateInput,
): Promise<CriticalResult> {
  return tx.criticalResult.create({ data });
}

export function updateResult(
  tx: Tx,
  id: string,
  data: Prisma.CriticalResultUncheckedUpdateInput,
): Promise<CriticalResult> {
  return tx.criticalResult.update({ where: { id }, data });
}

/** Open ones, the longest overdue first, along "CriticalResult_open". */
export function findOpen(
  client: DatabaseClient,
  scope: Prisma.CriticalResultWhereInput,
  after: { dueAt: Date; id: string } | null,
  take: number,
): Promise<CriticalResult[]> {
  const later: Prisma.CriticalResultWhereInput =
    after === null
      ? {}
      : {
          OR: [
            { dueAt: { gt: after.dueAt } },
            { dueAt: after.dueAt, id: { gt: after.id } },
          ],
        };
  return client.criticalResult.findMany({
    where: { AND: [scope, { state: { in: [...OPEN] } }, later] },
    orderBy: [{ dueAt: "asc" }, { id: "asc" }],
    take,
  });
}

/** Closed ones, newest mark first; ids are of version 7. */
export function findClosed(
  client: DatabaseClient,
  scope: Prisma.CriticalResultWhereInput,
  before: string | null,
  take: number,
): Promise<CriticalResult[]> {
  return client.criticalResult.findMany({
    where: {
      AND: [
        scope,
        { state: { notIn: [...OPEN] } },
        before === null ? {} : { id: { lt: before } },
      ],
    },
    orderBy: { id: "desc" },
    take,
  });
}

/** Open ones past their time that nobody has said so of, skipping those in use. */
export async function lockUnescalated(
  tx: Tx,
  now: Date,
  limit: number,
): Promise<CriticalResult[]> {
  const ids = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id"::text AS "id" FROM "CriticalResult"
    WHERE "state" IN ('OPEN', 'TOLD') AND "dueAt" <= ${now}::timestamptz
      AND "escalatedAt" IS NULL
    ORDER BY "dueAt", "id" LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
  return tx.criticalResult.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: [{ dueAt: "asc" }, { id: "asc" }],
  });
}

export interface CriticalCounts {
  open: number;
  overdue: number;
  toldToMe: number;
}

/** Counts over the open ones of some sites; null: of all. */
export async function countOpen(
  client: DatabaseClient,
  siteIds: readonly string[] | null,
  now: Date,
  userId: string | null,
): Promise<CriticalCounts> {
  const within =
    siteIds === null
      ? Prisma.sql`true`
      : Prisma.sql`"siteId" = ANY (${[...siteIds]}::uuid[])`;
  const rows = await client.$queryRaw<CriticalCounts[]>`
    /* critical open */ SELECT count(*)::int AS "open",
      count(*) FILTER (WHERE "dueAt" <= ${now}::timestamptz)::int AS "overdue",
      count(*) FILTER (WHERE "state" = 'TOLD' AND "way" = 'DESK'
        AND "toldUserId" = ${userId}::uuid)::int AS "toldToMe"
    FROM "CriticalResult"
    WHERE ${within} AND "state" IN ('OPEN', 'TOLD')`;
  return rows[0] ?? { open: 0, overdue: 0, toldToMe: 0 };
}

/** Who of a site can be told in the page. */
const toldAt = (siteId: string): Prisma.UserWhereInput => ({
  isActive: true,
  role: { in: [...TOLD_ROLES] },
  sites: { some: { siteId } },
});

export function findRecipients(
  client: DatabaseClient,
  scope: Prisma.UserWhereInput,
  siteId: string,
) {
  return client.user.findMany({
    where: { AND: [scope, toldAt(siteId)] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
}

export function findRecipient(
  client: DatabaseClient | Tx,
  siteId: string,
  id: string,
) {
  return client.user.findFirst({ where: { AND: [toldAt(siteId), { id }] } });
}
