import type { DatabaseClient, KeptReason, Prisma, Tx } from "@lung-iris/prisma";
import { newId } from "../../platform/ids.ts";
import type { ReasonPlace } from "./kept-reason.rules.ts";

/** The only writer of `KeptReason`. */

/** Whose words, and about what. */
export type OwnPlace = ReasonPlace & { userId: string };

/** The reason in a place within a scope, or null. */
export function findReason(
  client: DatabaseClient,
  scope: Prisma.KeptReasonWhereInput,
  place: ReasonPlace,
): Promise<KeptReason | null> {
  return client.keptReason.findFirst({ where: { AND: [scope, { ...place }] } });
}

/** Reasons of a kind about something within a scope: 300 at most. */
export function listReasons(
  client: DatabaseClient,
  scope: Prisma.KeptReasonWhereInput,
  { kind, aboutId }: Pick<ReasonPlace, "kind" | "aboutId">,
): Promise<KeptReason[]> {
  return client.keptReason.findMany({
    where: { AND: [scope, { kind, aboutId }] },
    orderBy: [{ keptAt: "desc" }, { id: "asc" }],
  });
}

/**
 * What somebody keeps in a place. The person is held until the transaction
 * ends, so that two desks of one keep one after the other.
 */
export async function lockReason(
  tx: Tx,
  place: OwnPlace,
): Promise<KeptReason | null> {
  await tx.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${place.userId}::uuid FOR NO KEY UPDATE`;
  return tx.keptReason.findUnique({
    where: { userId_kind_aboutId_part: place },
  });
}

/** How many somebody keeps. */
export function countReasons(tx: Tx, userId: string): Promise<number> {
  return tx.keptReason.count({ where: { userId } });
}

/** Puts a reason in its place, over the one that is there. */
export function putReason(
  tx: Tx,
  place: OwnPlace,
  kept: Pick<KeptReason, "siteId" | "patientId" | "text" | "keptAt">,
): Promise<KeptReason> {
  return tx.keptReason.upsert({
    where: { userId_kind_aboutId_part: place },
    create: { id: newId(kept.keptAt), ...place, ...kept },
    update: kept,
  });
}

/** Takes a reason from its place. How many went: 1 or 0. */
export async function deleteReason(tx: Tx, place: OwnPlace): Promise<number> {
  const { userId, kind, aboutId, part } = place;
  return tx.$executeRaw`DELETE FROM "KeptReason"
    WHERE "userId" = ${userId}::uuid AND "kind" = ${kind}::"KeptReasonKind"
      AND "aboutId" = ${aboutId} AND "part" = ${part}`;
}

/** Takes what somebody keeps of a kind and a part from all of its places. */
export async function deleteReasons(
  tx: Tx,
  of: Pick<OwnPlace, "userId" | "kind" | "part">,
): Promise<void> {
  await tx.keptReason.deleteMany({ where: of });
}

/** Reasons that nobody touched since a time, the oldest first. */
export function reasonsBefore(
  client: DatabaseClient,
  before: Date,
  limit: number,
): Promise<KeptReason[]> {
  return client.keptReason.findMany({
    where: { keptAt: { lt: before } },
    orderBy: [{ keptAt: "asc" }, { id: "asc" }],
    take: limit,
  });
}

/** Takes a reason away if nobody touched it meanwhile. */
export async function deleteReasonIfBefore(
  tx: Tx,
  id: string,
  before: Date,
): Promise<boolean> {
  const { count } = await tx.keptReason.deleteMany({
    where: { id, keptAt: { lt: before } },
  });
  return count > 0;
}
