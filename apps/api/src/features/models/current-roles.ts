import { Prisma, readRowsIn } from "@lung-iris/prisma";
import type { DatabaseClient, Tx } from "@lung-iris/prisma";
import type { CurrentRole } from "./model-roles.rules.ts";

/** Every role that has not ended: a handful of rows for the whole desk. */
export function readCurrentRoles(
  client: DatabaseClient | Tx,
): Promise<CurrentRole[]> {
  return readRowsIn<CurrentRole>(
    client,
    Prisma.sql`SELECT "siteId", "modelVersionId", "role" FROM "ModelRole"
      WHERE "until" IS NULL ORDER BY "since"`,
  );
}
