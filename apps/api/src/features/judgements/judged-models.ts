import { InferenceError, type FilmOrientation } from "@lung-iris/inference";
import type { DatabaseClient } from "@lung-iris/prisma";
import type { FilmAssessor } from "../../platform/inference-client.ts";
import { refusalFrom } from "../films/film-refusal.ts";
import type { KnownFilm } from "../known-films/known-film.ts";
import type { ModelFolder } from "../models/loaded-models.ts";
import {
  parseModelManifest,
  type ModelManifestSummary,
} from "../models/model-manifest.ts";
import { fingerprintOnDisk } from "../models/model-registry.ts";
import type { CandidateRefusal } from "./candidate.rules.ts";
import { answerOf, type FilmAnswer, type JudgedFilm } from "./judged-film.ts";

/** A model that is judged, with what its card says. */
interface Judged {
  assessor: FilmAssessor;
  manifest: ModelManifestSummary;
}

export interface JudgedModelsDeps {
  client: DatabaseClient;
  /** The model folders of this machine, as of now. */
  folders: () => readonly ModelFolder[];
  /** Loads one for itself, on one thread: the serving path keeps its own. */
  openAssessor: (dir: string) => Promise<FilmAssessor>;
}

/** No worker can do it here: another may have both folders. */
export class MissingFolderError extends Error {
  override readonly name = "MissingFolderError";
  constructor() {
    super("No worker has the folders of both models on one machine.");
  }
}

class ChangedFolderError extends Error {
  override readonly name = "ChangedFolderError";
}

/** Candidate and live model, loaded for one judgement. */
export class JudgedModels {
  readonly #candidate: Judged;
  readonly #live: Judged;

  private constructor(candidate: Judged, live: Judged) {
    this.#candidate = candidate;
    this.#live = live;
  }

  /**
   * Loads both as their folders lie here now.
   *
   * @returns why the candidate's folder is refused, where it is
   * @throws MissingFolderError where one of them is not here
   */
  static async open(
    deps: JudgedModelsDeps,
    ids: { candidateId: string; liveId: string },
  ): Promise<JudgedModels | CandidateRefusal> {
    let candidate: Judged;
    try {
      candidate = await open(deps, ids.candidateId);
    } catch (error) {
      const refusal = folderRefusal(error);
      if (refusal === null) throw error;
      return refusal;
    }
    try {
      return new JudgedModels(candidate, await open(deps, ids.liveId));
    } catch (error) {
      await candidate.assessor.close();
      throw error;
    }
  }

  /** What the candidate runs on. */
  get engine(): string {
    return this.#candidate.assessor.engine;
  }

  /** Both models' answers on one film. */
  async ask(
    film: KnownFilm,
    bytes: Uint8Array,
    orientation?: FilmOrientation,
  ): Promise<JudgedFilm> {
    const picture = { bytes, orientation };
    return {
      ...film,
      candidate: await ask(this.#candidate, film, picture),
      live: await ask(this.#live, film, picture),
    };
  }

  async close(): Promise<void> {
    await this.#candidate.assessor.close();
    await this.#live.assessor.close();
  }
}

/** A folder that was sealed anew since it was registered is another model. */
async function open(
  { client, folders, openAssessor }: JudgedModelsDeps,
  modelVersionId: string,
): Promise<Judged> {
  const folder = folders().find(({ version }) => version.id === modelVersionId);
  if (folder === undefined) throw new MissingFolderError();
  const { dir, version } = folder;
  if ((await fingerprintOnDisk(client, dir)) !== version.fingerprint)
    throw new ChangedFolderError(version.name);
  return {
    assessor: await openAssessor(dir),
    manifest: parseModelManifest(version.manifest),
  };
}

/** What of a model folder is refused rather than tried again. */
function folderRefusal(error: unknown): CandidateRefusal | null {
  if (error instanceof ChangedFolderError)
    return {
      code: "model-changed",
      detail: `The folder of ${error.message} is not what was registered: something that decides its answers was changed since.`,
    };
  if (error instanceof InferenceError && error.code === "model-corrupt")
    return { code: "model-corrupt", detail: error.message };
  return null;
}

async function ask(
  { assessor, manifest }: Judged,
  film: KnownFilm,
  picture: { bytes: Uint8Array; orientation: FilmOrientation | undefined },
): Promise<FilmAnswer> {
  const { ageYears, sex } = film;
  const startedAt = performance.now();
  try {
    const assessment = await assessor.assess(
      picture.bytes,
      { ageYears, sex },
      picture.orientation,
    );
    return answerOf(assessment, manifest, film);
  } catch (error) {
    // What the film itself is to blame for is a refusal like the gate's.
    if (refusalFrom(error) === null) throw error;
    return {
      probability: null,
      isTriaged: false,
      isPositive: false,
      pointed: null,
      milliseconds: performance.now() - startedAt,
    };
  }
}
