import { join } from "node:path";
import { availableEngines } from "@lung-iris/inference";
import type { DatabaseClient } from "@lung-iris/prisma";
import { AuditLog } from "./audit/audit-log.ts";
import type { ApiConfig } from "./config.ts";
import {
  readManifestFile,
  registerModels,
} from "./features/models/model-registry.ts";
import {
  CANDIDATES_FOLDER,
  CandidateFolders,
} from "./features/training-runs/candidate-folders.ts";
import { codeVersion } from "./features/training-runs/code-version.ts";
import { TrainerService } from "./features/training-runs/trainer.service.ts";
import type { Logger } from "./logger.ts";
import type { Clock } from "./platform/clock.ts";
import type { ObjectStore } from "./platform/object-store.ts";

/** Everything that the outside hands in. */
export interface DeskTrainerDeps {
  config: Pick<ApiConfig, "dataFolder" | "secret" | "baseFilms" | "inference">;
  client: DatabaseClient;
  clock: Clock;
  logger: Logger;
  objectStore: ObjectStore;
  /** Folders of models that lie here. */
  modelDirs: readonly string[];
  /** Machine and process. */
  name: string;
}

/** A trainer that takes runs. */
export interface DeskTrainer {
  readonly engines: readonly string[];
  /** Works at one run until it ends or is halted; whether there was one. */
  workOnce(): Promise<boolean>;
  /** Halts what runs and takes nothing more. */
  stop(): void;
}

/** Makes the models known that lie here and clears up after former trainers. */
export async function createTrainer(
  deps: DeskTrainerDeps,
): Promise<DeskTrainer> {
  const { config, client, clock, logger, objectStore, modelDirs, name } = deps;
  const audit = new AuditLog(client, clock);
  const manifests = await Promise.all(modelDirs.map(readManifestFile));
  const versions = await registerModels({ audit, clock }, manifests);
  const engines = enginesOf(config.inference.engine);
  const service = new TrainerService({
    client,
    audit,
    clock,
    objectStore,
    logger,
    engines,
    name,
    folders: versions.flatMap((version, at) => {
      const dir = modelDirs[at];
      return dir === undefined ? [] : [{ dir, version }];
    }),
    candidates: new CandidateFolders({
      client,
      objectStore,
      folder: join(config.dataFolder, CANDIDATES_FOLDER),
      logger,
    }),
    workFolder: join(config.dataFolder, "training"),
    baseFilms: config.baseFilms,
    secret: config.secret,
    codeVersion: await codeVersion(),
  });
  await service.sweep();
  return {
    engines,
    workOnce: () => service.workOnce(),
    stop: () => service.stop(),
  };
}

/** What gradients can be worked out on, the faster one first. */
function enginesOf(
  wanted: ApiConfig["inference"]["engine"],
): ("tensorflow" | "wasm")[] {
  const isNative =
    wanted !== "wasm" && availableEngines().includes("tensorflow");
  return isNative ? ["tensorflow", "wasm"] : ["wasm"];
}
