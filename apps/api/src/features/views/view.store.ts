import type {
  DatabaseClient,
  Prisma,
  Tx,
  WorklistView,
} from "@lung-iris/prisma";

/** The only writer of `WorklistView` and `WorklistViewDefault`. */

/** Where a page of views goes on. */
export interface ViewPage {
  after: { name: string; id: string } | null;
  take: number;
}

/** Whose names and number a view counts among: an owner's, or a site's. */
export interface Shelf {
  siteId: string | null;
  ownerId: string;
}

/** Views within a scope, by name. */
export function listViews(
  client: DatabaseClient,
  scope: Prisma.WorklistViewWhereInput,
  { after, take }: ViewPage,
): Promise<WorklistView[]> {
  const later: Prisma.WorklistViewWhereInput =
    after === null
      ? {}
      : {
          OR: [
            { name: { gt: after.name } },
            { name: after.name, id: { gt: after.id } },
          ],
        };
  return client.worklistView.findMany({
    where: { AND: [scope, later] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take,
  });
}

/** The view that a user's worklist opens with, if it is within the scope. */
export function findDefault(
  client: DatabaseClient | Tx,
  scope: Prisma.WorklistViewWhereInput,
  userId: string,
): Promise<WorklistView | null> {
  return client.worklistView.findFirst({
    where: { AND: [scope, { defaults: { some: { userId } } }] },
  });
}

/** One view within a scope, held until the transaction ends; or null. */
export async function lockView(
  tx: Tx,
  scope: Prisma.WorklistViewWhereInput,
  id: string,
): Promise<WorklistView | null> {
  await tx.$queryRaw`SELECT 1 FROM "WorklistView" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.worklistView.findFirst({ where: { AND: [scope, { id }] } });
}

/**
 * Holds an owner's or a site's views until the transaction ends, so that of
 * two who save at once the second sees what the first did.
 */
export async function lockShelf(tx: Tx, shelf: Shelf): Promise<void> {
  const key = `views ${shelf.siteId ?? shelf.ownerId}`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
}

/** How many an owner, or a site, has. */
export function countViews(tx: Tx, shelf: Shelf): Promise<number> {
  return tx.worklistView.count({ where: whereOn(shelf) });
}

/** Another one of the same owner or site under the name, whatever its case. */
export function findByName(
  tx: Tx,
  shelf: Shelf,
  name: string,
  exceptId: string | null,
): Promise<WorklistView | null> {
  return tx.worklistView.findFirst({
    where: {
      ...whereOn(shelf),
      name: { equals: name, mode: "insensitive" },
      ...(exceptId === null ? {} : { id: { not: exceptId } }),
    },
  });
}

function whereOn({ siteId, ownerId }: Shelf): Prisma.WorklistViewWhereInput {
  return siteId === null
    ? { siteId, ownerId, deletedAt: null }
    : { siteId, deletedAt: null };
}

export function insertView(
  tx: Tx,
  data: Prisma.WorklistViewUncheckedCreateInput,
): Promise<WorklistView> {
  return tx.worklistView.create({ data });
}

export function updateView(
  tx: Tx,
  id: string,
  data: Prisma.WorklistViewUncheckedUpdateInput,
): Promise<WorklistView> {
  return tx.worklistView.update({ where: { id }, data });
}

/** Holds what a user's worklist opens with until the transaction ends. */
export async function lockDefault(tx: Tx, userId: string): Promise<void> {
  const key = `view default ${userId}`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
}

/** What a user's worklist opens with, whether he still sees it or not. */
export async function chosenDefault(
  tx: Tx,
  userId: string,
): Promise<string | null> {
  const row = await tx.worklistViewDefault.findUnique({ where: { userId } });
  return row?.viewId ?? null;
}

export async function putDefault(
  tx: Tx,
  userId: string,
  viewId: string | null,
): Promise<void> {
  if (viewId === null) {
    await tx.worklistViewDefault.deleteMany({ where: { userId } });
    return;
  }
  await tx.worklistViewDefault.upsert({
    where: { userId },
    create: { userId, viewId },
    update: { viewId },
  });
}
