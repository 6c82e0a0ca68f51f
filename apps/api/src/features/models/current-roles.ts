import type { DatabaseClient, Tx } from "@lung-iris/prisma";
import type { CurrentRole } from "./model-roles.rules.ts";

/** Every role that has not ended: a handful of rows for the whole desk. */
export function readCurrentRoles(
  client: DatabaseClient | Tx,
): Promise<CurrentRole[]> {
  return client.modelRole.findMany({
    where: { until: null },
    select: { siteId: true, modelVersionId: true, role: true },
    orderBy: { since: "asc" },
  });
}
