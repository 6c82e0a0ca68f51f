import type { DatabaseClient } from "@lung-iris/prisma";
import type { AuditLog } from "./audit/audit-log.ts";
import { purgeSessions } from "./features/auth/session-purge.ts";
import { removeErased } from "./features/erasures/erased-objects.ts";
import { proposeOverdue } from "./features/erasures/propose-retention.ts";
import { sweepArrivals } from "./features/intake/arriving-film.sweep.ts";
import { purgeKeptReasons } from "./features/kept-reasons/kept-reason-purge.ts";
import { purgeKeptTexts } from "./features/kept-texts/kept-text-purge.ts";
import { purgeUploads } from "./features/resumable-uploads/upload-purge.ts";
import type { Logger } from "./logger.ts";
import type { Clock } from "./platform/clock.ts";
import type { ObjectStore } from "./platform/object-store.ts";
import {
  EVERY_HOUR,
  EVERY_MINUTE,
  EVERY_NIGHT,
  type RegularJob,
} from "./platform/regular-job.ts";

/** What a worker forgets in time: unfinished uploads, unsent texts, records that are over. */
export function housekeeping({
  logger,
  ...at
}: {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  objectStore: ObjectStore;
  logger: Logger;
  /** The installation's; pseudonyms come from it. */
  secret: string;
}): RegularJob[] {
  return [
    {
      name: "purge-uploads",
      match: EVERY_HOUR,
      run: async () => {
        const purged = await purgeUploads(at);
        if (purged > 0) logger.info({ purged }, "uploads are over");
        const swept = await sweepArrivals(at);
        if (swept > 0) logger.warn({ swept }, "films that never came in");
      },
    },
    {
      name: "remove-erased",
      match: EVERY_MINUTE,
      run: async () => {
        const gone = await removeErased(at);
        if (gone > 0) logger.info({ gone }, "bytes of erased patients gone");
      },
    },
    {
      name: "propose-overdue",
      match: EVERY_NIGHT,
      run: async () => {
        const proposed = await proposeOverdue(at);
        if (proposed > 0) logger.info({ proposed }, "records are over");
      },
    },
    {
      name: "purge-texts",
      match: EVERY_HOUR,
      run: async () => {
        const purged =
          (await purgeKeptTexts(at)) + (await purgeKeptReasons(at));
        if (purged > 0) logger.info({ purged }, "unsent texts forgotten");
      },
    },
    {
      name: "purge-sessions",
      match: EVERY_HOUR,
      run: async () => {
        const purged = await purgeSessions(at.client, at.clock);
        if (purged > 0) logger.info({ purged }, "old sessions deleted");
      },
    },
  ];
}
