import { join } from "node:path";
import { readSealedManifest } from "@lung-iris/inference";
import type { DatabaseClient } from "@lung-iris/prisma";
import type { Logger } from "../../logger.ts";
import type { ObjectStore } from "../../platform/object-store.ts";
import type { ModelFolder } from "../models/loaded-models.ts";
import { fetchModel } from "./trainer-files.ts";
import { madeCandidates } from "./training-run.store.ts";
import { candidateFilesSchema } from "./training-settings.ts";

/** Where they lie, in the data folder of a machine. */
export const CANDIDATES_FOLDER = "models";

export interface CandidateFoldersDeps {
  client: DatabaseClient;
  objectStore: ObjectStore;
  /** Where the candidates of runs lie on this machine. */
  folder: string;
  logger: Logger;
}

/**
 * Candidates that runs made, on whatever machine, brought to this one: a
 * worker judges, shadows and serves what lies here.
 */
export class CandidateFolders {
  readonly #deps: CandidateFoldersDeps;
  readonly #known = new Map<string, ModelFolder>();
  readonly #told = new Set<string>();

  constructor(deps: CandidateFoldersDeps) {
    this.#deps = deps;
  }

  /** Those that are here. */
  get all(): ModelFolder[] {
    return [...this.#known.values()];
  }

  /** Those that were not here at the look before. */
  async bring(): Promise<ModelFolder[]> {
    const { client, logger } = this.#deps;
    const brought: ModelFolder[] = [];
    for (const run of await madeCandidates(client, [...this.#known.keys()])) {
      const { candidate, candidateSha256, candidateFiles } = run;
      if (candidate === null || candidateSha256 === null) continue;
      try {
        const dir = await this.#here(run.id, candidateSha256, candidateFiles);
        const found = { dir, version: candidate };
        this.#known.set(candidate.id, found);
        brought.push(found);
      } catch (error) {
        // Said once: the next look tries again.
        if (!this.#told.has(run.id))
          logger.error(
            { err: error, run: run.id, model: candidate.name },
            "a candidate could not be brought here",
          );
        this.#told.add(run.id);
      }
    }
    return brought;
  }

  /** The candidate's folder, fetched where it is not here as it was made. */
  async #here(
    runId: string,
    folderSha256: string,
    candidateFiles: unknown,
  ): Promise<string> {
    // By the run's id: names may come again after a run that failed.
    const dir = join(this.#deps.folder, runId);
    try {
      const found = await readSealedManifest(dir);
      if (found.folderSha256 === folderSha256) return dir;
    } catch {
      // Not here, or not whole: fetched below.
    }
    const files = candidateFilesSchema.parse(candidateFiles);
    await fetchModel(this.#deps.objectStore, files, dir);
    return dir;
  }
}
