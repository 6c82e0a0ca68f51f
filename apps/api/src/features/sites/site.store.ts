import type { DatabaseClient, Prisma, Site } from "@lung-iris/prisma";

/** Sites within a scope, by code. */
export function findSites(
  client: DatabaseClient,
  scope: Prisma.SiteWhereInput,
): Promise<Site[]> {
  return client.site.findMany({ where: scope, orderBy: { code: "asc" } });
}
