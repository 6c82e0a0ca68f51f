import type { DatabaseClient, Site } from "@lung-iris/prisma";
import { assertUser } from "../../access/authorize.ts";
import { visibleSites } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { findSites } from "./site.store.ts";

export class SiteService {
  readonly #client: DatabaseClient;

  constructor(client: DatabaseClient) {
    this.#client = client;
  }

  /** The sites that the viewer belongs to. */
  ofViewer(viewer: Viewer): Promise<Site[]> {
    assertUser(viewer);
    return findSites(this.#client, visibleSites(viewer));
  }
}
