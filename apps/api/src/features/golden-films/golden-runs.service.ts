import type { DatabaseClient, GoldenRun } from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import { addSeconds, type Clock } from "../../platform/clock.ts";
import { readCurrentRoles } from "../models/current-roles.ts";
import { rolesAt } from "../models/model-roles.rules.ts";
import { newestRuns } from "./golden.store.ts";

const SHOWN_SECONDS = 7 * 86_400;
/** A desk of twenty-five workers with four films each. */
const MOST_SHOWN = 100;

/** What people see of the golden films. */
export class GoldenRunsService {
  readonly #client: DatabaseClient;
  readonly #clock: Clock;

  constructor(deps: { client: DatabaseClient; clock: Clock }) {
    this.#client = deps.client;
    this.#clock = deps.clock;
  }

  /**
   * The newest answers of each worker with the site's live model, of the last
   * seven days; those that differ first.
   *
   * @throws FORBIDDEN, or NOT_FOUND for a site that the viewer may not see.
   */
  async newest(viewer: Viewer, siteId: string): Promise<GoldenRun[]> {
    assertCan(viewer, "monitoring:read", { what: "site", siteId });
    const { live } = rolesAt(siteId, await readCurrentRoles(this.#client));
    if (live === null) return [];
    const since = addSeconds(this.#clock.now(), -SHOWN_SECONDS);
    const runs = await newestRuns(this.#client, [live], since);
    return runs
      .sort((a, b) => Number(a.isSame) - Number(b.isSame))
      .slice(0, MOST_SHOWN);
  }
}
