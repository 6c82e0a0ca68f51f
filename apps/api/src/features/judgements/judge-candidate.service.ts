import { InferenceError } from "@lung-iris/inference";
import type { DatabaseClient } from "@lung-iris/prisma";
import { systemViewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { Logger } from "../../logger.ts";
import type { Clock } from "../../platform/clock.ts";
import { newRequestId } from "../../platform/ids.ts";
import type { FilmAssessor } from "../../platform/inference-client.ts";
import type { JobPayload } from "../../platform/job-queue.ts";
import type { Attempt } from "../../platform/job-worker.ts";
import {
  isStoreAway,
  readWhole,
  type ObjectStore,
} from "../../platform/object-store.ts";
import { barsDocument } from "../bars/bars-document.ts";
import { pseudonymsFor } from "../datasets/files/pseudonyms.ts";
import { memberSplits } from "../datasets/files/patient-split.ts";
import { filmKey } from "../films/film-keys.ts";
import { refusalFrom } from "../films/film-refusal.ts";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";
import { readRegions } from "../labels/label.rules.ts";
import type { ModelFolder } from "../models/loaded-models.ts";
import {
  parseModelManifest,
  type ModelManifestSummary,
} from "../models/model-manifest.ts";
import {
  cardRefusal,
  evergreenRefusal,
  type CandidateRefusal,
} from "./candidate.rules.ts";
import { decidedFilms, type DecidedFilm } from "./evergreen.store.ts";
import { changesOn, isPassed, judge } from "./judge.rules.ts";
import {
  answerOf,
  type FilmAnswer,
  type JudgedFilm,
  type KnownFilm,
} from "./judged-film.ts";
import type { JudgementDocument } from "./judgement-document.ts";
import { namesOf } from "./judgement.service.ts";
import {
  findJudgement,
  insertResult,
  type JudgementRow,
} from "./judgement.store.ts";
import { referenceFilms } from "./reference-films.ts";

/** The newest evergreen films that one judgement looks at: minutes, not hours. */
const MOST_EVERGREEN = 2_000;

const NOTHING: JudgementDocument = { outcomes: [], changes: [], engine: null };

export interface JudgeCandidateDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  objectStore: ObjectStore;
  /** The model folders of this machine. */
  folders: readonly ModelFolder[];
  /** Loads one for itself, on one thread: the serving path keeps its own. */
  openAssessor: (dir: string) => Promise<FilmAssessor>;
  /** The installation's secret; splits and pseudonyms come from it. */
  secret: string;
  logger: Logger;
}

type Job = JobPayload<"judge-candidate">;

/** A model that is judged, with what its card says. */
interface Judged {
  assessor: FilmAssessor;
  manifest: ModelManifestSummary;
}

type Verdict = "PASSED" | "MISSED" | "REFUSED" | "FAILED";

/**
 * The job `judge-candidate`: both models over the site's evergreen films and
 * the reference films, every bar with its figures out.
 */
export class JudgeCandidateService {
  readonly #deps: JudgeCandidateDeps;

  constructor(deps: JudgeCandidateDeps) {
    this.#deps = deps;
  }

  /** Judges; may run again after a failure, from the start. */
  async run(job: Job, attempt: Attempt): Promise<void> {
    const row = await findJudgement(this.#deps.client, { id: job.judgementId });
    if (row === null || row.result !== null) return;
    try {
      await this.#judge(job, row);
    } catch (error) {
      if (!attempt.isLast || isStoreAway(error)) throw error;
      this.#deps.logger.error(
        { err: error, judgementId: row.id },
        "a judgement failed for good",
      );
      await this.#finish(job, row, "FAILED", NOTHING, {
        code: "failed",
        detail:
          error instanceof MissingFolderError
            ? error.message
            : "The judging itself failed. The worker's log has the details.",
      });
    }
  }

  /** Shows a judgement as failed whose worker died each time. */
  async giveUp(job: Job): Promise<void> {
    const row = await findJudgement(this.#deps.client, { id: job.judgementId });
    if (row === null || row.result !== null) return;
    await this.#finish(job, row, "FAILED", NOTHING, {
      code: "failed",
      detail: "The judging ended its worker each time.",
    });
  }

  async #judge(job: Job, row: JudgementRow): Promise<void> {
    const evergreen = await this.#evergreenFilms(row.siteId);
    const refusal =
      cardRefusal(parseModelManifest(row.candidate.manifest)) ??
      evergreenRefusal(
        row.candidate.manifest,
        new Set(evergreen.map(({ film }) => film.patient)),
      );
    if (refusal !== null) return this.#refuse(job, row, refusal);
    let candidate: Judged;
    try {
      candidate = await this.#open(row.candidate.id);
    } catch (error) {
      const found = folderRefusal(error);
      if (found === null) throw error;
      return this.#refuse(job, row, found);
    }
    try {
      const live = await this.#open(row.liveId);
      try {
        await this.#compare(job, row, evergreen, { candidate, live });
      } finally {
        await live.assessor.close();
      }
    } finally {
      await candidate.assessor.close();
    }
  }

  async #compare(
    job: Job,
    row: JudgementRow,
    evergreen: readonly Evergreen[],
    models: { candidate: Judged; live: Judged },
  ): Promise<void> {
    const bars = barsDocument.parse(row.bars.document);
    const films: JudgedFilm[] = [];
    for await (const { film, bytes } of referenceFilms(bars.phantoms))
      films.push(await askBoth(models, film, bytes));
    for (const { film, sha256 } of evergreen) {
      const bytes = await readWhole(this.#deps.objectStore, filmKey(sha256));
      films.push(await askBoth(models, film, bytes));
    }
    const outcomes = judge(bars, films);
    await this.#finish(
      job,
      row,
      isPassed(outcomes) ? "PASSED" : "MISSED",
      {
        outcomes,
        changes: [changesOn("EVERGREEN", films), changesOn("REFERENCE", films)],
        engine: models.candidate.assessor.engine,
      },
      null,
    );
  }

  /** Loads a model of this machine for the judgement alone. */
  async #open(modelVersionId: string): Promise<Judged> {
    const { folders, openAssessor } = this.#deps;
    const folder = folders.find(({ version }) => version.id === modelVersionId);
    if (folder === undefined) throw new MissingFolderError();
    const assessor = await openAssessor(folder.dir);
    if (assessor.model.sha256 !== folder.version.sha256) {
      await assessor.close();
      throw new ChangedFolderError(folder.version.name);
    }
    return { assessor, manifest: parseModelManifest(folder.version.manifest) };
  }

  /** The newest decided films of patients whose split is the test. */
  async #evergreenFilms(siteId: string): Promise<Evergreen[]> {
    const { client, secret } = this.#deps;
    const splitOf = memberSplits(secret, siteId);
    const names = pseudonymsFor(secret, siteId);
    const films: Evergreen[] = [];
    for await (const row of decidedFilms(client, siteId)) {
      if (splitOf(row.patientId) !== "TEST") continue;
      films.push({
        film: knownFilm(row, names.patient(row.patientId)),
        sha256: row.sha256,
      });
      if (films.length >= MOST_EVERGREEN) break;
    }
    return films;
  }

  #refuse(
    job: Job,
    row: JudgementRow,
    refusal: CandidateRefusal,
  ): Promise<void> {
    return this.#finish(job, row, "REFUSED", NOTHING, refusal);
  }

  async #finish(
    { requestId = newRequestId() }: Job,
    row: JudgementRow,
    verdict: Verdict,
    document: JudgementDocument,
    why: { code: string; detail: string } | null,
  ): Promise<void> {
    const { audit, clock } = this.#deps;
    const viewer = systemViewer("judge", requestId);
    await audit.changeAndRecord(viewer, async (tx, record) => {
      const isNew = await insertResult(tx, {
        judgementId: row.id,
        verdict,
        code: why?.code ?? null,
        detail: why?.detail ?? null,
        document,
        finishedAt: clock.now(),
      });
      if (!isNew) return;
      record({
        type: "judgement.finished",
        subject: { type: "judgement", id: row.id },
        siteId: row.siteId,
        patientId: null,
        details: {
          ...namesOf(row.candidate, row.live),
          verdict,
          code: why?.code ?? null,
          missed: document.outcomes.filter(({ blocks }) => blocks).length,
        },
      });
    });
  }
}

interface Evergreen {
  film: KnownFilm;
  sha256: string;
}

class MissingFolderError extends Error {
  override readonly name = "MissingFolderError";
  constructor() {
    super("No worker has the folders of both models on one machine.");
  }
}

class ChangedFolderError extends Error {
  override readonly name = "ChangedFolderError";
}

/** What of a model folder is refused rather than tried again. */
function folderRefusal(error: unknown): CandidateRefusal | null {
  if (error instanceof ChangedFolderError)
    return {
      code: "model-changed",
      detail: `The weights of ${error.message} are not those that were registered.`,
    };
  if (error instanceof InferenceError && error.code === "model-corrupt")
    return { code: "model-corrupt", detail: error.message };
  return null;
}

function knownFilm(row: DecidedFilm, patient: string): KnownFilm {
  const letter = { FEMALE: "F", MALE: "M", OTHER: "O", UNKNOWN: null } as const;
  return {
    set: "EVERGREEN",
    patient,
    isSick: row.isSick,
    ageYears: row.ageYears,
    sex: letter[row.sex],
    source: row.source ?? "unknown",
    regions: readRegions(row.regions).filter(
      ({ imageId, finding }) =>
        imageId === row.imageId && finding === LEADING_FINDING,
    ),
  };
}

async function askBoth(
  { candidate, live }: { candidate: Judged; live: Judged },
  film: KnownFilm,
  bytes: Uint8Array,
): Promise<JudgedFilm> {
  return {
    ...film,
    candidate: await ask(candidate, film, bytes),
    live: await ask(live, film, bytes),
  };
}

async function ask(
  { assessor, manifest }: Judged,
  film: KnownFilm,
  bytes: Uint8Array,
): Promise<FilmAnswer> {
  const { ageYears, sex } = film;
  const startedAt = performance.now();
  try {
    const assessment = await assessor.assess(bytes, { ageYears, sex });
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
