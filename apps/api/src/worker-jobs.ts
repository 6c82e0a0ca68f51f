import type { Database } from "@lung-iris/prisma";
import { AuditLog } from "./audit/audit-log.ts";
import type { ApiConfig } from "./config.ts";
import { systemViewer } from "./access/viewer.ts";
import { AlarmDesk } from "./features/alarms/alarm-desk.ts";
import { AssignmentLapseService } from "./features/assignment/assignment-lapse.service.ts";
import { CaseCommands } from "./features/cases/case.commands.ts";
import { CaseService } from "./features/cases/case.service.ts";
import { CriticalEscalationService } from "./features/critical-results/critical-escalation.service.ts";
import { CriticalResultCommands } from "./features/critical-results/critical-result.commands.ts";
import { RecentLooks } from "./audit/recent-looks.ts";
import { DatasetExportService } from "./features/datasets/dataset-export.service.ts";
import { WORKER_ENDED } from "./features/datasets/export-failure.ts";
import { JudgeCandidateService } from "./features/judgements/judge-candidate.service.ts";
import { ModelRoleCommands } from "./features/models/model-role.commands.ts";
import { askAboutOpenCases } from "./features/predictions/ask-models.ts";
import { ShadowService } from "./features/shadows/shadow.service.ts";
import { ExportScanService } from "./features/export-scan/export-scan.service.ts";
import { HeaderBackfillService } from "./features/intake/header-backfill.service.ts";
import { LoadedModels } from "./features/models/loaded-models.ts";
import { DayService } from "./features/monitoring/day.service.ts";
import { SilenceService } from "./features/monitoring/silence.service.ts";
import { WatchService } from "./features/monitoring/watch.service.ts";
import { escalateSteps } from "./features/procedures/procedure-step.service.ts";
import { DeliveryService } from "./features/notifications/delivery.service.ts";
import { BeforeAfterService } from "./features/promotions/before-after.service.ts";
import { PromotionWatchService } from "./features/promotions/promotion-watch.service.ts";
import { SiteService } from "./features/sites/site.service.ts";
import { AssessmentService } from "./features/predictions/assessment.service.ts";
import { ReconcileService } from "./features/predictions/reconcile.service.ts";
import { SitePolicies } from "./features/policies/site-policies.ts";
import { placeByRules } from "./features/urgency/placement.store.ts";
import { PolicyPlacementService } from "./features/urgency/policy-placement.service.ts";
import { WaitingCeilingService } from "./features/urgency/waiting-ceiling.service.ts";
import { housekeeping } from "./housekeeping-jobs.ts";
import type { Logger } from "./logger.ts";
import type { Clock } from "./platform/clock.ts";
import { DecodedFilms } from "./platform/decoded-films.ts";
import type { FilmAssessor, FilmReader } from "./platform/inference-client.ts";
import { newRequestId } from "./platform/ids.ts";
import { jobSchemas, type JobName } from "./platform/job-queue.ts";
import { startJobWorker, type JobWorker } from "./platform/job-worker.ts";
import type { ObjectStore } from "./platform/object-store.ts";
import {
  EVERY_HOUR,
  EVERY_MINUTE,
  EVERY_NIGHT,
  EVERY_TEN_MINUTES,
} from "./platform/regular-job.ts";
import { OutboundTargets } from "./platform/outbound-targets.ts";

/** What the jobs of a worker need of the outside. */
export interface JobDeps {
  config: Pick<
    ApiConfig,
    | "secret"
    | "timeZone"
    | "dataFolder"
    | "deskUrl"
    | "outboundNetworks"
    | "referenceFilms"
  >;
  database: Database;
  clock: Clock;
  logger: Logger;
  objectStore: ObjectStore;
  filmReader: FilmReader;
  /** Loads one; `isBeside`: another model needs the cores more. */
  openAssessor: (modelDir: string, isBeside: boolean) => Promise<FilmAssessor>;
}

/** Takes jobs as they come, and does what is to be done each minute or night. */
export async function startJobs(
  deps: JobDeps,
  models: LoadedModels,
): Promise<JobWorker> {
  const { clock, objectStore, logger } = deps;
  const { client, url } = deps.database;
  const audit = new AuditLog(client, clock);
  const commands = new CaseCommands(clock);
  const policies = new SitePolicies(client);
  const assessments = new AssessmentService({
    client,
    audit,
    clock,
    objectStore,
    decoded: new DecodedFilms(deps.config.dataFolder),
    models,
    place: placeByRules(commands, policies, clock),
    logger,
  });
  const exports = new DatasetExportService({
    client,
    audit,
    clock,
    objectStore,
    policies,
    filmReader: deps.filmReader,
    scan: new ExportScanService(client, (film) =>
      deps.filmReader.hasText(film),
    ),
    secret: deps.config.secret,
    logger,
  });
  const ceiling = new WaitingCeilingService({
    client,
    audit,
    clock,
    commands,
    policies,
  });
  const placement = new PolicyPlacementService({
    client,
    audit,
    clock,
    commands,
    policies,
  });
  const lapses = new AssignmentLapseService({
    client,
    audit,
    clock,
    commands,
    policies,
  });
  const cases = new CaseService({
    client,
    audit,
    clock,
    recent: new RecentLooks(clock),
    commands,
    policies,
  });
  const escalation = new CriticalEscalationService({
    audit,
    clock,
    critical: new CriticalResultCommands({ clock, policies }),
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
  const judge = new JudgeCandidateService({
    client,
    audit,
    clock,
    objectStore,
    folders: () => models.folders,
    openAssessor: (dir) => deps.openAssessor(dir, true),
    secret: deps.config.secret,
    referenceManifest: deps.config.referenceFilms,
    logger,
  });
  const shadows = new ShadowService({
    client,
    audit,
    clock,
    roles: new ModelRoleCommands({ askAboutOpenCases }),
  });
  const deliveries = new DeliveryService({
    client,
    audit,
    clock,
    targets: new OutboundTargets(deps.config.outboundNetworks),
    secret: deps.config.secret,
    deskUrl: deps.config.deskUrl,
  });
  const deliver = async (): Promise<void> => {
    const { sent, dead } = await deliveries.run();
    if (dead > 0) logger.warn({ sent, dead }, "notes could not be sent");
  };
  const alarms = new AlarmDesk({ client, audit, clock });
  const watch = new WatchService({ client, alarms });
  const promotions = new PromotionWatchService({
    client,
    clock,
    alarms,
    beforeAfters: new BeforeAfterService({ client, clock, policies }),
  });
  const days = new DayService({ client, clock });
  const silence = new SilenceService({ client, clock, alarms });
  const sites = new SiteService(client, audit, clock);
  const starter = systemViewer("start", newRequestId());
  await sites.nameZones(starter, deps.config.timeZone);
  await headers.enqueueIfNeeded();
  return startJobWorker({
    databaseUrl: url,
    // One more than there are threads: while a film is written down, another
    // is at the model.
    concurrency: () => threadsOf(models) + 1,
    models: () => models.ids,
    folders: () => models.folders.map(({ version }) => version.id),
    handlers: {
      "assess-image": (payload, attempt) => assessments.run(payload, attempt),
      "export-dataset": (payload, attempt) => exports.run(payload, attempt),
      "judge-candidate": (payload, attempt) => judge.run(payload, attempt),
      "place-anew": ({ siteId }) => placement.placeAll(siteId),
      "read-headers": () => headers.run(),
      "deliver-notes": deliver,
    },
    regular: [
      ...housekeeping({
        ...{ client, audit, clock, objectStore, logger },
        secret: deps.config.secret,
      }),
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
        name: "lapse-assignments",
        match: EVERY_MINUTE,
        run: async () => {
          const lapsed = await lapses.run();
          if (lapsed > 0) logger.info({ lapsed }, "assignments ran out");
        },
      },
      {
        name: "deliver-due-notes",
        match: EVERY_MINUTE,
        run: deliver,
      },
      {
        name: "purge-deliveries",
        match: EVERY_HOUR,
        run: async () => {
          await deliveries.purge();
        },
      },
      {
        name: "place-forgotten",
        match: EVERY_MINUTE,
        run: () => placement.sweep(),
      },
      {
        name: "end-shadows",
        match: EVERY_MINUTE,
        run: async () => {
          const ended = await shadows.endDue();
          if (ended > 0) logger.info({ ended }, "shadows have run their time");
        },
      },
      {
        name: "escalate-overdue",
        match: EVERY_MINUTE,
        run: async () => {
          const results = await escalation.escalate();
          const steps = await escalateSteps(audit, clock);
          if (results + steps > 0)
            logger.warn(
              { results, steps },
              "critical results or steps of procedures not done in time",
            );
        },
      },
      {
        name: "watch-drift",
        match: EVERY_MINUTE,
        run: async () => {
          const raised = await watch.run();
          if (raised > 0) logger.warn({ raised }, "figures of films changed");
        },
      },
      {
        name: "watch-promotions",
        match: EVERY_TEN_MINUTES,
        run: async () => {
          const raised = await promotions.run();
          if (raised > 0) logger.warn({ raised }, "a promoted model differs");
        },
      },
      {
        name: "watch-silence",
        match: EVERY_MINUTE,
        run: () => silence.run(),
      },
      {
        name: "count-days",
        match: EVERY_MINUTE,
        run: () => days.run(false),
      },
      {
        name: "count-open-days",
        match: EVERY_NIGHT,
        run: () => days.run(true),
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
      recordExhausted(name, payload, { assessments, exports, judge }),
    log: logger,
  });
}

/** Films at once: as many as the model with most threads can look at. */
function threadsOf({ all }: LoadedModels): number {
  return Math.max(1, ...all.map(({ assessor }) => assessor.threads));
}

/** What a job that died with its worker on its last try leaves to say. */
async function recordExhausted(
  name: JobName,
  payload: unknown,
  {
    assessments,
    exports,
    judge,
  }: {
    assessments: AssessmentService;
    exports: DatasetExportService;
    judge: JudgeCandidateService;
  },
): Promise<void> {
  switch (name) {
    case "assess-image": {
      await assessments.giveUp(jobSchemas[name].parse(payload));
      return;
    }
    case "export-dataset": {
      const job = jobSchemas[name].parse(payload);
      await exports.giveUp(job, WORKER_ENDED);
      return;
    }
    case "judge-candidate": {
      await judge.giveUp(jobSchemas[name].parse(payload));
      return;
    }
    case "place-anew":
      return; // the sweep of each minute goes on with it
    case "read-headers":
      return; // asked for anew at the next start
    case "deliver-notes":
      return; // what is due is looked for each minute
  }
}
