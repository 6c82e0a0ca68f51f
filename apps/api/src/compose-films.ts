import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defaultModelDir } from "@lung-iris/inference";
import { repositoryRoot } from "./platform/repository-root.ts";
import type { AuditLog } from "./audit/audit-log.ts";
import { ShownLately } from "./audit/shown-lately.ts";
import type { Composition, ServerDeps } from "./composition.ts";
import type { DeskFigures } from "./desk-figures.ts";
import { assignByRules } from "./features/assignment/assign-by-rules.ts";
import type { CaseRetakeCommands } from "./features/retakes/case-retake.commands.ts";
import { CaseIdentityCommands } from "./features/cases/case-identity.commands.ts";
import type { CaseCommands } from "./features/cases/case.commands.ts";
import { DatasetResolver } from "./features/datasets/dataset.resolver.ts";
import { DatasetService } from "./features/datasets/dataset.service.ts";
import { FindingResolver } from "./features/findings/finding.resolver.ts";
import { ModelResolver } from "./features/models/model.resolver.ts";
import { ModelService } from "./features/models/model.service.ts";
import { CaseFilmCommands } from "./features/cases/case-film.commands.ts";
import { FilmCorrectionListService } from "./features/film-corrections/film-correction-list.service.ts";
import { FilmCorrectionPreviewResolver } from "./features/film-corrections/film-correction-preview.resolver.ts";
import { FilmCorrectionPreviewService } from "./features/film-corrections/film-correction-preview.service.ts";
import { FilmCorrectionResolver } from "./features/film-corrections/film-correction.resolver.ts";
import { FilmCorrectionService } from "./features/film-corrections/film-correction.service.ts";
import { CorrectionResolver } from "./features/corrections/correction.resolver.ts";
import { StudyCorrectionListService } from "./features/corrections/study-correction-list.service.ts";
import { StudyCorrectionPreviewService } from "./features/corrections/study-correction-preview.service.ts";
import { StudyCorrectionService } from "./features/corrections/study-correction.service.ts";
import { MergePreviewService } from "./features/patient-merge/merge-preview.service.ts";
import {
  MergePreviewResolver,
  MergeResolver,
  UndoPreviewResolver,
} from "./features/patient-merge/merge.resolver.ts";
import { MergeService } from "./features/patient-merge/merge.service.ts";
import { PairResolver } from "./features/patient-merge/pair.resolver.ts";
import { PairService } from "./features/patient-merge/pair.service.ts";
import { CaseLearningResolver } from "./features/case-learning/case-learning.resolver.ts";
import { CaseLearningService } from "./features/case-learning/case-learning.service.ts";
import { DerivedFilms } from "./features/films/derived-films.ts";
import { FilmsAhead } from "./features/films/films-ahead.ts";
import { FilmHeaderResolver } from "./features/films/film-header.resolver.ts";
import { FilmHeaderService } from "./features/films/film-header.service.ts";
import { ImageResolver } from "./features/films/image.resolver.ts";
import { ImageService } from "./features/films/image.service.ts";
import { IngestService } from "./features/intake/ingest.service.ts";
import {
  StudyDetailsService,
  type PlaceAnew,
} from "./features/corrections/study-details.service.ts";
import { StudyResolver } from "./features/patients/study.resolver.ts";
import { enterByPolicy } from "./features/policies/case-entry.ts";
import type { SitePolicies } from "./features/policies/site-policies.ts";
import { placementOf } from "./features/urgency/placement.store.ts";
import {
  CasePredictionResolver,
  ImagePredictionResolver,
  PredictionResolver,
} from "./features/predictions/prediction.resolver.ts";
import { ErasureResolver } from "./features/erasures/erasure.resolver.ts";
import { ErasureService } from "./features/erasures/erasure.service.ts";
import { RetentionResolver } from "./features/erasures/retention.resolver.ts";
import { RetentionService } from "./features/erasures/retention.service.ts";
import {
  ModelHoldingResolver,
  WithdrawalResolver,
} from "./features/withdrawals/withdrawal.resolver.ts";
import { WithdrawalService } from "./features/withdrawals/withdrawal.service.ts";
import { drawsFilms } from "./features/films/draws-films.ts";
import { PreliminaryExportService } from "./features/preliminary/preliminary-export.service.ts";
import { ReportExportService } from "./features/report-papers/report-export.service.ts";
import { composeLoop } from "./compose-loop.ts";
import { datasetRoutes } from "./http/dataset.routes.ts";
import { imageRoutes } from "./http/image.routes.ts";
import { preliminaryRoutes, reportRoutes } from "./http/report.routes.ts";
import { ResumableUploadService } from "./features/resumable-uploads/resumable-upload.service.ts";
import { resumableRoutes } from "./http/resumable.routes.ts";
import { uploadRoutes } from "./http/upload.routes.ts";

/** The half of the composition that has to do with films and exports. */
export function composeFilms(
  deps: ServerDeps,
  shared: {
    audit: AuditLog;
    commands: CaseCommands;
    retakes: CaseRetakeCommands;
    policies: SitePolicies;
    figures: DeskFigures;
  },
): Pick<Composition, "resolvers" | "routers"> & { ingest: IngestService } {
  const { clock, objectStore, filmReader, config } = deps;
  const { client } = deps.database;
  const { audit, commands, retakes, policies, figures } = shared;
  const enter = enterByPolicy(policies, config.secret);
  const assignArrival = assignByRules(commands, policies, clock);
  const derived = new DerivedFilms(objectStore, filmReader);
  const ahead = new FilmsAhead(derived);
  const ingest = new IngestService({
    client,
    audit,
    clock,
    commands,
    retakes,
    enter,
    assignArrival,
    objectStore,
    inspector: filmReader,
    maxBytes: config.uploadMaxBytes,
    // The reader's threads are fewer than the cores; while a film is written
    // down, the next one is decoded.
    atOnce: Math.max(2, availableParallelism()),
    onTaken: (sha256) => {
      ahead.note(sha256);
    },
    onOutcome: figures.filmTaken,
  });
  const images = new ImageService({
    client,
    audit,
    objectStore,
    derived,
    lately: new ShownLately(clock),
  });
  const placeAnew: PlaceAnew = async (tx, record, row) => {
    const placement = await placementOf(tx, policies, row, clock.now());
    await commands.place(tx, record, row, placement, { cause: "corrected" });
  };
  const identity = new CaseIdentityCommands(commands, clock);
  const corrected = { client, audit, clock, identity, placeAnew };
  const filmCorrections = new FilmCorrectionService({
    ...{ client, audit, clock, commands, enter, assignArrival, placeAnew },
    filmCommands: new CaseFilmCommands(commands, clock),
  });
  const datasets = new DatasetService({
    client,
    audit,
    clock,
    secret: config.secret,
  });
  const models = new ModelService({
    client,
    shipped: {
      modelDir: defaultModelDir(),
      file: join(repositoryRoot(), "docs", "model-card.md"),
    },
  });
  const draw = drawsFilms(derived, objectStore);
  return {
    ingest,
    resolvers: [
      new StudyResolver(),
      new CorrectionResolver(
        new StudyDetailsService(corrected),
        new StudyCorrectionService(corrected),
        new StudyCorrectionPreviewService(client, clock),
        new StudyCorrectionListService(client),
      ),
      new FilmCorrectionResolver(
        filmCorrections,
        new FilmCorrectionListService(client),
      ),
      new FilmCorrectionPreviewResolver(
        new FilmCorrectionPreviewService(client),
      ),
      new MergeResolver(
        new MergeService(corrected),
        new MergePreviewService(client),
      ),
      new MergePreviewResolver(),
      new UndoPreviewResolver(),
      new PairResolver(new PairService({ client, audit, clock })),
      new ImageResolver(),
      new FilmHeaderResolver(
        new FilmHeaderService(images, objectStore, filmReader),
      ),
      new CasePredictionResolver(),
      new ImagePredictionResolver(),
      new PredictionResolver(),
      new FindingResolver(),
      new ModelResolver(models),
      ...composeLoop({
        ...{ client, audit, clock, policies, datasets },
        secret: config.secret,
      }),
      new DatasetResolver(datasets),
      new CaseLearningResolver(
        new CaseLearningService({ client, secret: config.secret }),
      ),
      new ModelHoldingResolver(),
      new WithdrawalResolver(
        new WithdrawalService({
          ...{ client, audit, clock, datasets },
          secret: config.secret,
        }),
      ),
      new RetentionResolver(new RetentionService({ client, audit, clock })),
      new ErasureResolver(
        new ErasureService({ client, audit, clock, secret: config.secret }),
      ),
    ],
    routers: [
      uploadRoutes({ ingest, clock, maxFilmBytes: config.uploadMaxBytes }),
      resumableRoutes(
        new ResumableUploadService({
          client,
          audit,
          clock,
          objectStore,
          ingest,
          maxBytes: config.uploadMaxBytes,
        }),
      ),
      imageRoutes({ images, store: objectStore }),
      preliminaryRoutes(new PreliminaryExportService({ client, audit, draw })),
      reportRoutes(new ReportExportService({ client, audit, policies, draw })),
      datasetRoutes({ datasets, store: objectStore }),
    ],
  };
}
