import type { DatabaseClient, ModelVersion } from "@lung-iris/prisma";
import type { Logger } from "../../logger.ts";
import type { FilmAssessor } from "../../platform/inference-client.ts";
import { readCurrentRoles } from "./current-roles.ts";

/** A model folder on this machine, as registered. */
export interface ModelFolder {
  dir: string;
  version: ModelVersion;
}

/** A model that this worker runs. */
export interface LoadedModel {
  version: ModelVersion;
  assessor: FilmAssessor;
}

export interface LoadedModelsDeps {
  client: DatabaseClient;
  folders: readonly ModelFolder[];
  /**
   * Loads a folder; `isBeside`: another model needs the cores more.
   *
   * @throws InferenceError
   */
  openAssessor: (dir: string, isBeside: boolean) => Promise<FilmAssessor>;
  logger: Logger;
}

/**
 * The models that a worker runs: those of its folders that have a role. The
 * database says which; a folder lying here decides nothing.
 */
export class LoadedModels {
  readonly #deps: LoadedModelsDeps;
  #loaded = new Map<string, LoadedModel>();
  #leaving: LoadedModel[] = [];
  /** Of models that are freed once the jobs of before are over. */
  readonly #going = new Set<Promise<void>>();
  /** Folders that came while it ran. */
  readonly #added: ModelFolder[] = [];
  #toldLacking = "";

  constructor(deps: LoadedModelsDeps) {
    this.#deps = deps;
  }

  /** Ids of the models whose films this worker takes. */
  get ids(): string[] {
    return [...this.#loaded.keys()];
  }

  /** The folders on this machine, with or without a role. */
  get folders(): readonly ModelFolder[] {
    return [...this.#deps.folders, ...this.#added];
  }

  /** Folders that came to this machine since; one known already stays. */
  add(folders: readonly ModelFolder[]): void {
    const known = new Set(this.folders.map(({ version }) => version.id));
    this.#added.push(
      ...folders.filter(({ version }) => !known.has(version.id)),
    );
  }

  get all(): LoadedModel[] {
    return [...this.#loaded.values()];
  }

  /** The model of a job; null where it lost its role meanwhile. */
  find(modelVersionId: string): LoadedModel | null {
    return this.#loaded.get(modelVersionId) ?? null;
  }

  /**
   * Loads what has a role now; whether anything changed. A model that lost
   * its role stays in memory until `letGo`, for the jobs that run.
   *
   * @throws InferenceError where a live model's folder cannot be loaded.
   */
  async refresh(): Promise<boolean> {
    const roles = await readCurrentRoles(this.#deps.client);
    const live = roles
      .filter(({ role }) => role === "LIVE")
      .map(({ modelVersionId }) => modelVersionId);
    const wanted = new Set(roles.map(({ modelVersionId }) => modelVersionId));
    await this.#tellLacking(live);
    let hasChanged = false;
    for (const [id, model] of this.#loaded) {
      if (wanted.has(id)) continue;
      this.#loaded.delete(id);
      this.#leaving.push(model);
      hasChanged = true;
    }
    const here = this.folders.filter(
      ({ version }) => wanted.has(version.id) && !this.#loaded.has(version.id),
    );
    const hasLive = this.folders.some(({ version }) =>
      live.includes(version.id),
    );
    for (const folder of here) {
      const isLive = live.includes(folder.version.id);
      if (await this.#load(folder, isLive, hasLive)) hasChanged = true;
    }
    return hasChanged;
  }

  /** Frees the models that lost their role, once the jobs of before are over. */
  letGo(jobsEnded: Promise<void>): void {
    const leaving = this.#leaving.splice(0);
    const gone: Promise<void> = jobsEnded
      .then(() => closeAll(leaving))
      .catch((error: unknown) => {
        this.#deps.logger.warn({ err: error }, "a model could not be freed");
      })
      .finally(() => this.#going.delete(gone));
    this.#going.add(gone);
  }

  /** Frees all, those first that jobs of before may still ask. */
  async close(): Promise<void> {
    this.letGo(Promise.resolve());
    await Promise.all(this.#going);
    await closeAll(this.all);
    this.#loaded = new Map();
  }

  async #load(
    { dir, version }: ModelFolder,
    isLive: boolean,
    hasLive: boolean,
  ): Promise<boolean> {
    const { openAssessor, logger } = this.#deps;
    try {
      const assessor = await openAssessor(dir, !isLive && hasLive);
      this.#loaded.set(version.id, { version, assessor });
      return true;
    } catch (error) {
      if (isLive) throw error;
      // A shadow that cannot be measured must not stop the desk.
      logger.error({ err: error, model: version.name }, "a shadow cannot run");
      return false;
    }
  }

  /** Says once, not at every look, that the films of a site must wait. */
  async #tellLacking(live: readonly string[]): Promise<void> {
    const { client, logger } = this.#deps;
    const { folders } = this;
    const lacking = live.filter(
      (id) => !folders.some(({ version }) => version.id === id),
    );
    const told = lacking.join();
    if (told === this.#toldLacking) return;
    this.#toldLacking = told;
    const rows = await client.modelVersion.findMany({
      where: { id: { in: lacking } },
    });
    for (const { name, sha256 } of rows) {
      logger.error(
        { model: name, sha256, folders: folders.map(({ dir }) => dir) },
        "the live model's folder is not on this machine: its films wait for a worker that has it, or until another model is made live",
      );
    }
  }
}

async function closeAll(models: readonly LoadedModel[]): Promise<void> {
  for (const { assessor } of models) await assessor.close();
}
