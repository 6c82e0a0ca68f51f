import type {
  DatabaseClient,
  Prisma,
  ReportMacro,
  Tx,
} from "@lung-iris/prisma";

/** The only writer of `ReportMacro`. */

/** Where a page of macros goes on. */
export interface MacroPage {
  after: { name: string; id: string } | null;
  take: number;
}

/** Macros within a scope, by name. */
export function listMacros(
  client: DatabaseClient,
  scope: Prisma.ReportMacroWhereInput,
  { after, take }: MacroPage,
): Promise<ReportMacro[]> {
  const later: Prisma.ReportMacroWhereInput =
    after === null
      ? {}
      : {
          OR: [
            { name: { gt: after.name } },
            { name: after.name, id: { gt: after.id } },
          ],
        };
  return client.reportMacro.findMany({
    where: { AND: [scope, later] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take,
  });
}

/** One macro within a scope, held until the transaction ends; or null. */
export async function lockMacro(
  tx: Tx,
  scope: Prisma.ReportMacroWhereInput,
  id: string,
): Promise<ReportMacro | null> {
  await tx.$queryRaw`SELECT 1 FROM "ReportMacro" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.reportMacro.findFirst({ where: { AND: [scope, { id }] } });
}

/**
 * Holds an owner's macros at a site until the transaction ends, so that of two
 * who save at once the second sees what the first did.
 */
export async function lockOwner(
  tx: Tx,
  siteId: string,
  ownerId: string | null,
): Promise<void> {
  const key = `macros ${siteId} ${ownerId ?? ""}`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
}

/** How many an owner, or the site, has. */
export function countMacros(
  tx: Tx,
  siteId: string,
  ownerId: string | null,
): Promise<number> {
  return tx.reportMacro.count({ where: { siteId, ownerId } });
}

/** Another one of the same owner under the name, whatever its case. */
export function findByName(
  tx: Tx,
  of: { siteId: string; ownerId: string | null; name: string },
  exceptId: string | null,
): Promise<ReportMacro | null> {
  const { siteId, ownerId, name } = of;
  return tx.reportMacro.findFirst({
    where: {
      siteId,
      ownerId,
      name: { equals: name, mode: "insensitive" },
      ...(exceptId === null ? {} : { id: { not: exceptId } }),
    },
  });
}

export function insertMacro(
  tx: Tx,
  data: Prisma.ReportMacroUncheckedCreateInput,
): Promise<ReportMacro> {
  return tx.reportMacro.create({ data });
}

export function updateMacro(
  tx: Tx,
  id: string,
  data: { name: string; texts: Prisma.InputJsonValue },
): Promise<ReportMacro> {
  return tx.reportMacro.update({ where: { id }, data });
}

export async function deleteMacro(tx: Tx, id: string): Promise<void> {
  await tx.reportMacro.delete({ where: { id } });
}
