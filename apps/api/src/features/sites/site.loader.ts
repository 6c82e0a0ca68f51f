import type { DatabaseClient, Site } from "@lung-iris/prisma";
import { visibleSites } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { rowsById } from "../../platform/loader.ts";
import { findSites } from "./site.store.ts";

export function siteLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    sites: rowsById<Site>((ids) =>
      findSites(client, { AND: [visibleSites(viewer), { id: { in: ids } }] }),
    ),
  };
}
