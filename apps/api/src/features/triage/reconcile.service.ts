import { withTransaction, type DatabaseClient } from "@lung-iris/prisma";
import type { Logger } from "../../logger.ts";
import { enqueue } from "../../platform/job-queue.ts";

/** Films looked at in one round; the rounds go on until none is left. */
const MOST_AT_ONCE = 500;

/**
 * The second net under "nothing is accepted and then forgotten": a film of a
 * pending case that has neither prediction nor job gets its job again. Such a
 * film can only come from a database restored without its queue.
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
    let total = 0;
    for (;;) {
      const found = await this.#enqueueSome();
      total += found;
      if (found < MOST_AT_ONCE) break;
    }
    if (total > 0) this.#logger.warn({ films: total }, "films had no job");
    return total;
  }

  async #enqueueSome(): Promise<number> {
    return withTransaction(this.#client, async (tx) => {
      const forgotten = await tx.$queryRaw<{ id: string }[]>`
        SELECT "Image"."id" FROM "Case"
        JOIN "Image" ON "Image"."studyId" = "Case"."studyId"
        WHERE "Case"."assessment" = 'PENDING'
          AND NOT EXISTS (SELECT 1 FROM "Prediction"
            WHERE "Prediction"."imageId" = "Image"."id")
          AND NOT EXISTS (SELECT 1 FROM graphile_worker._private_jobs
            WHERE key = 'assess-image:' || "Image"."id"::text)
        LIMIT ${MOST_AT_ONCE}`;
      for (const { id } of forgotten) {
        await enqueue(tx, "assess-image", id, { imageId: id });
      }
      return forgotten.length;
    });
  }
}
