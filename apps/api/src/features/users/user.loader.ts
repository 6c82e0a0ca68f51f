import type { DatabaseClient } from "@lung-iris/prisma";
import type { Viewer } from "../../access/viewer.ts";
import { rowsById, rowsByKey } from "../../platform/loader.ts";
import { visibleSites } from "../../access/scope.ts";
import { BY_ID } from "../../access/scoped-rows.ts";
import type { ScopedRows } from "../../access/scoped-rows.ts";
import type { UserRow } from "./user.row.ts";

/**
 * Users by id are not scoped: a case names whoever read or signed it, also
 * after that person left the site. Only ids on visible rows come in here.
 */
export function userLoaders(
  client: DatabaseClient,
  viewer: Viewer,
  rows: ScopedRows,
) {
  return {
    users: rowsById<UserRow>((ids) => rows.read("User", BY_ID, ids)),
    sitesOfUser: rowsByKey(
      async (userIds) => {
        const rows = await client.siteMember.findMany({
          where: { userId: { in: userIds }, site: visibleSites(viewer) },
          include: { site: true },
          orderBy: { site: { code: "asc" } },
        });
        return rows;
      },
      ({ userId }) => userId,
    ),
  };
}
