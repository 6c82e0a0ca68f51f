import type { DatabaseClient } from "@lung-iris/prisma";
import type { Viewer } from "./access/viewer.ts";
import { siteLoaders } from "./features/sites/site.loader.ts";
import { userLoaders } from "./features/users/user.loader.ts";

/** Batched reads of one request; each feature adds its own. */
export function createLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    ...siteLoaders(client, viewer),
    ...userLoaders(client, viewer),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;
