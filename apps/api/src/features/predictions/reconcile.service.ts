import {
  withTransaction,
  type DatabaseClient,
  type Tx,
} from "@lung-iris/prisma";
import type { Logger } from "../../logger.ts";
import { readCurrentRoles } from "../models/current-roles.ts";
import { rolesAt } from "../models/model-roles.rules.ts";
import { askModels } from "./ask-models.ts";

/** Films looked at in one round; the rounds go on until none is left. */
const MOST_AT_ONCE = 500;

/**
 * The second net under "nothing is accepted and then forgotten": a film of a
 * pending case that the live model has neither seen nor been asked about gets
 * its job. Such films came before the desk's first model, or from a database
 * restored without its queue.
 */
export class ReconcileService {
  readonly #client: DatabaseClient;
  readonly #logger: Logger;

  constructor(deps: { client: DatabaseClient; logger: Logger }) {
    this.#client = deps.client;
    this.#logger = deps.logger;
  }

  /** Enqueues what was forgotten; how many films. */
  async enqueueForgotten(): Promise<number> {
    await this.#dropNamelessJobs();
    let total = 0;
    const sites = await this.#client.site.findMany({ select: { id: true } });
    for (const { id } of sites) {
      for (;;) {
        const found = await this.#enqueueSome(id);
        total += found;
        if (found < MOST_AT_ONCE) break;
      }
    }
    if (total > 0) this.#logger.warn({ films: total }, "films had no job");
    return total;
  }

  #enqueueSome(siteId: string): Promise<number> {
    return withTransaction(this.#client, async (tx) => {
      const { live } = rolesAt(siteId, await readCurrentRoles(tx));
      if (live === null) return 0;
      const forgotten = await findForgotten(tx, siteId, live);
      const ids = forgotten.map(({ id }) => id);
      await askModels(tx, siteId, ids, "arrived");
      return ids.length;
    });
  }

  /**
   * Jobs of a release whose jobs did not name a model: no worker takes them,
   * and their films are found as forgotten.
   */
  async #dropNamelessJobs(): Promise<void> {
    await this.#client.$queryRaw`
      SELECT count(*)::int FROM graphile_worker.complete_jobs(ARRAY(
        SELECT jobs."id" FROM graphile_worker._private_jobs AS jobs
        JOIN graphile_worker._private_tasks AS tasks
          ON tasks."id" = jobs."task_id"
        WHERE tasks."identifier" = 'assess-image'
          AND jobs."locked_at" IS NULL))`;
  }
}

function findForgotten(
  tx: Tx,
  siteId: string,
  live: string,
): Promise<{ id: string }[]> {
  return tx.$queryRaw<{ id: string }[]>`
    SELECT "Image"."id" FROM "Case"
    JOIN "Image" ON "Image"."studyId" = "Case"."studyId"
      AND "Image"."removedAt" IS NULL
    WHERE "Case"."siteId" = ${siteId}::uuid
      AND "Case"."assessment" = 'PENDING'
      AND NOT EXISTS (SELECT 1 FROM "Prediction"
        WHERE "Prediction"."imageId" = "Image"."id"
          AND "Prediction"."modelVersionId" = ${live}::uuid
          AND "Prediction"."role" = 'LIVE')
      AND NOT EXISTS (SELECT 1 FROM graphile_worker._private_jobs
        WHERE key = 'assess-image:' || "Image"."id"::text || ':' || ${live}::text)
    LIMIT ${MOST_AT_ONCE}`;
}
