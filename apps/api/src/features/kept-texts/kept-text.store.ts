import { Prisma } from "@lung-iris/prisma";
import type {
  DatabaseClient,
  KeptText,
  KeptTextKind,
  Tx,
} from "@lung-iris/prisma";
import { newId } from "../../platform/ids.ts";
import type { KeptWords } from "./kept-text.rules.ts";

/** The only writer of `KeptText`. */

/** Whose words, and about what: there is one text at most. */
export interface KeptPlace {
  userId: string;
  caseId: string;
  kind: KeptTextKind;
  /** A version, a comment, a result, a film, a study, …; else the case. */
  aboutId: string;
}

/** Texts about some cases within a scope, each case's newest first. */
export function listTexts(
  client: DatabaseClient,
  scope: Prisma.KeptTextWhereInput,
  caseIds: readonly string[],
): Promise<KeptText[]> {
  return client.keptText.findMany({
    where: { AND: [scope, { caseId: { in: [...caseIds] } }] },
    orderBy: [{ caseId: "asc" }, { keptAt: "desc" }, { id: "asc" }],
  });
}

/**
 * What somebody keeps in a place. The person is held until the transaction
 * ends, so that two desks of one keep one after the other.
 */
export async function lockText(
  tx: Tx,
  place: KeptPlace,
): Promise<KeptText | null> {
  await tx.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${place.userId}::uuid FOR NO KEY UPDATE`;
  return tx.keptText.findUnique({
    where: { userId_caseId_kind_aboutId: place },
  });
}

/** How many somebody keeps. */
export function countTexts(tx: Tx, userId: string): Promise<number> {
  return tx.keptText.count({ where: { userId } });
}

/** Puts words in their place, over those that are there. */
export async function putText(
  tx: Tx,
  place: KeptPlace,
  kept: KeptWords & { siteId: string; keptAt: Date },
): Promise<void> {
  const words = { ...kept, draft: kept.draft ?? Prisma.DbNull };
  await tx.keptText.upsert({
    where: { userId_caseId_kind_aboutId: place },
    create: { id: newId(kept.keptAt), ...place, ...words },
    update: words,
  });
}

/** Takes words from their place. How many texts went: 1 or 0. */
export async function deleteText(tx: Tx, place: KeptPlace): Promise<number> {
  const { count } = await tx.keptText.deleteMany({ where: place });
  return count;
}

/** Takes away what somebody typed about one thing, of some kinds. */
export async function deleteTextsAbout(
  tx: Tx,
  userId: string,
  kinds: readonly KeptTextKind[],
  aboutId: string,
): Promise<void> {
  await tx.keptText.deleteMany({
    where: { userId, kind: { in: [...kinds] }, aboutId },
  });
}

/** Texts that nobody touched since a time, the oldest first. */
export function textsBefore(
  client: DatabaseClient,
  before: Date,
  limit: number,
): Promise<(KeptText & { case: { patientId: string } })[]> {
  return client.keptText.findMany({
    where: { keptAt: { lt: before } },
    orderBy: [{ keptAt: "asc" }, { id: "asc" }],
    take: limit,
    include: { case: { select: { patientId: true } } },
  });
}

/** Takes a text away if nobody touched it meanwhile. */
export async function deleteIfBefore(
  tx: Tx,
  id: string,
  before: Date,
): Promise<boolean> {
  const { count } = await tx.keptText.deleteMany({
    where: { id, keptAt: { lt: before } },
  });
  return count > 0;
}
