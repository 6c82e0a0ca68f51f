import type { Database } from "@lung-iris/prisma";
import { AuditLog } from "./audit/audit-log.ts";
import type { ApiConfig } from "./config.ts";
import { systemViewer } from "./access/viewer.ts";
import { CaseCommands } from "./features/cases/case.commands.ts";
import { purgeSessions } from "./features/auth/session-purge.ts";
import { CaseService } from "./features/cases/case.service.ts";
import { RecentLooks } from "./audit/recent-looks.ts";
import { DatasetExportService } from "./features/datasets/dataset-export.service.ts";
import { HeaderBackfillService } from "./features/intake/header-backfill.service.ts";
import {
  readManifestFile,
  registerLiveModel,
} from "./features/models/model-registry.ts";
import { SiteService } from "./features/sites/site.service.ts";
import { AssessmentService } from "./features/triage/assessment.service.ts";
import { ReconcileService } from "./features/triage/reconcile.service.ts";
import { WaitingCeilingService } from "./features/triage/waiting-ceiling.service.ts";
import type { Logger } from "./logger.ts";
import type { Clock } from "./platform/clock.ts";
import type { FilmAssessor, FilmReader } from "./platform/inference-client.ts";
import { newRequestId } from "./platform/ids.ts";
import { jobSchemas, type JobName } from "./platform/job-queue.ts";
import { startJobWorker, type JobWorker } from "./platform/job-worker.ts";
import type { ObjectStore } from "./platform/object-store.ts";

/** Everything that the outside hands in. */
export interface WorkerDeps {
  config: Pick<ApiConfig, "secret" | "timeZone">;
  database: Database;
  clock: Clock;
  logger: Logger;
  objectStore: ObjectStore;
  assessor: FilmAssessor;
  filmReader: FilmReader;
  /** The folder that the assessor's model came from. */
  modelDir: string;
}

const EVERY_MINUTE = "* * * * *";
const EVERY_HOUR = "17 * * * *";

/**
 * Registers the model and takes jobs until stopped: films to assess, exports
 * to write, and each minute the cases that have waited too long.
 */
export async function createWorker(deps: WorkerDeps): Promise<JobWorker> {
  const { clock, objectStore, assessor, logger } = deps;
  const { client, url } = deps.database;
  const audit = new AuditLog(client, clock);
  const modelVersion = await registerLiveModel(
    { client, audit, clock },
    await readManifestFile(deps.modelDir),
  );
  const commands = new CaseCommands(clock);
  const assessments = new AssessmentService({
    client,
    audit,
    clock,
    commands,
    objectStore,
    assessor,
    modelVersion,
    logger,
  });
  const exports = new DatasetExportService({
    client,
    audit,
    clock,
    objectStore,
    filmReader: deps.filmReader,
    secret: deps.config.secret,
    logger,
  });
  const ceiling = new WaitingCeilingService({
    client,
    audit,
    clock,
    commands,
  });
  const cases = new CaseService({
    client,
    audit,
    clock,
    recent: new RecentLooks(clock),
    commands,
  });
  const reconcile = new ReconcileService({ client, logger });
  await reconcile.enqueueForgotten();
  const headers = new HeaderBackfillService({
    client,
    audit,
    clock,
    logger,
    objectStore,
    filmReader: deps.filmReader,
  });
  const sites = new SiteService(client, audit, clock);
  const starter = systemViewer("start", newRequestId());
  await sites.nameZones(starter, deps.config.timeZone);
  await headers.enqueueIfNeeded();
  return startJobWorker({
    databaseUrl: url,
    // One more than there are threads: while a film is written down, another
    // is at the model.
    concurrency: assessor.threads + 1,
    handlers: {
      "assess-image": (payload, attempt) => assessments.run(payload, attempt),
      "export-dataset": (payload, attempt) => exports.run(payload, attempt),
      "read-headers": () => headers.run(),
    },
    regular: [
      {
        name: "release-leases",
        match: EVERY_MINUTE,
        run: async () => {
          const viewer = systemViewer("lease-keeper", newRequestId());
          const released = await cases.releaseExpiredClaims(viewer);
          if (released > 0) logger.info({ released }, "leases ran out");
        },
      },
      {
        name: "purge-sessions",
        match: EVERY_HOUR,
        run: async () => {
          const purged = await purgeSessions(client, clock);
          if (purged > 0) logger.info({ purged }, "old sessions deleted");
        },
      },
      {
        name: "raise-waiting",
        match: EVERY_MINUTE,
        run: async () => {
          const raised = await ceiling.raise();
          if (raised > 0) logger.info({ raised }, "cases waited too long");
        },
      },
    ],
    onExhausted: (name, payload) =>
      recordExhausted(name, payload, assessments, exports),
    log: logger,
  });
}

/** What a job that died with its worker on its last try leaves to say. */
async function recordExhausted(
  name: JobName,
  payload: unknown,
  assessments: AssessmentService,
  exports: DatasetExportService,
): Promise<void> {
  switch (name) {
    case "assess-image": {
      const { imageId } = jobSchemas[name].parse(payload);
      await assessments.giveUp(imageId);
      return;
    }
    case "export-dataset": {
      const { datasetId } = jobSchemas[name].parse(payload);
      await exports.giveUp(datasetId, "The export ended its worker each time.");
      return;
    }
    case "read-headers":
      return; // asked for anew at the next start
  }
}
