import type { Case, DatabaseClient, Tx } from "@lung-iris/prisma";
import type { Assessment, AssessContext } from "@lung-iris/inference";
import { systemViewer, type SystemViewer } from "../../access/viewer.ts";
import type { AuditLog, RecordEvent } from "../../audit/audit-log.ts";
import type { Logger } from "../../logger.ts";
import type { Clock } from "../../platform/clock.ts";
import type { DecodedFilms } from "../../platform/decoded-films.ts";
import { newId, newRequestId } from "../../platform/ids.ts";
import type { JobPayload } from "../../platform/job-queue.ts";
import type { Attempt } from "../../platform/job-worker.ts";
import { notify } from "../../platform/notifications.ts";
import type { AssessmentNotice } from "../../platform/notifications.ts";
import {
  isStoreAway,
  readWhole,
  type ObjectStore,
} from "../../platform/object-store.ts";
import { refusalFrom } from "../films/film-refusal.ts";
import { lockCaseOfStudy } from "../case-rows/case.locks.ts";
import { filmKey } from "../films/film-keys.ts";
import { orientationOf } from "../films/film-orientation.ts";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";
import { readCurrentRoles } from "../models/current-roles.ts";
import type { LoadedModel, LoadedModels } from "../models/loaded-models.ts";
import { parseModelManifest } from "../models/model-manifest.ts";
import { roleAt } from "../models/model-roles.rules.ts";
import {
  findFilm,
  insertPrediction,
  isPredicted,
  siteOfFilm,
  type AskedModel,
  type FilmToAssess,
} from "./assessment.store.ts";
import {
  predictionRecord,
  refusedAssessment,
  type PredictionRecord,
} from "./prediction-record.ts";

export interface AssessmentDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  objectStore: ObjectStore;
  /** Films that the door has left decoded. */
  decoded: Pick<DecodedFilms, "take" | "drop">;
  /** The models that this worker runs. */
  models: Pick<LoadedModels, "find">;
  place: PlaceCase;
  logger: Logger;
}

/**
 * Gives a case, whose lock is held, the place that the rules decide. Handed
 * in, because places rest on predictions.
 */
export type PlaceCase = (
  tx: Tx,
  record: RecordEvent,
  before: Case,
  why: { cause: "assessed" | "asked-again" | "failed"; imageId: string },
) => Promise<{ isNews: boolean }>;

/** Who is asked, why, and since when. */
interface Asked extends AskedModel {
  cause: Payload["cause"];
  at: Date;
}

type Payload = JobPayload<"assess-image">;

/** What a model said of a film, ready to be written. */
interface Answer {
  assessment: Assessment;
  record: PredictionRecord;
}

/** The job `assess-image`: a film in, a prediction on the worklist out. */
export class AssessmentService {
  readonly #deps: AssessmentDeps;

  constructor(deps: AssessmentDeps) {
    this.#deps = deps;
  }

  /**
   * Asks one model about one film. The live model's answer places the case; a
   * shadow's is only kept. May run again for a film that has its prediction:
   * nothing is doubled. A failure is thrown for the queue to try again; the
   * last one is recorded in front of a human instead.
   */
  async run(payload: Payload, attempt: Attempt): Promise<void> {
    const asked = await this.#roleOf(payload, attempt.queuedAt);
    // Its role ended while the job waited: nobody wants the answer any more.
    if (asked === null) return;
    const film = await findFilm(this.#deps.client, payload.imageId, asked);
    if (!film) return;
    try {
      await this.#assess(film, asked, payload.requestId);
    } catch (error) {
      // A store that is away says nothing of the film: it stays in the queue.
      if (!attempt.isLast || isStoreAway(error)) throw error;
      this.#deps.logger.error(
        {
          err: error,
          imageId: film.id,
          modelVersionId: asked.modelVersionId,
          attempt: attempt.number,
          requestId: payload.requestId,
        },
        "a film could not be assessed and goes to a human",
      );
      await this.giveUp(payload, asked);
    }
  }

  /**
   * Shows the case as not assessed, reason `error`, where it was the live
   * model that failed; safe to run twice.
   */
  async giveUp(payload: Payload, asked: Asked | null = null): Promise<void> {
    const { audit, clock, place } = this.#deps;
    const { imageId } = payload;
    const current = asked ?? (await this.#roleOf(payload, clock.now()));
    if (current?.role !== "LIVE") return;
    const viewer = worker(payload.requestId);
    await audit.changeAndRecord(viewer, async (tx, record) => {
      const image = await tx.image.findUnique({ where: { id: imageId } });
      if (!image) return;
      const before = await lockCaseOfStudy(tx, image.studyId);
      const why = { cause: "failed" as const, imageId };
      const { isNews } = await place(tx, record, before, why);
      if (isNews && asked !== null) await tellAnswer(tx, asked, "failed");
    });
  }

  /** What the asked model's word counts for now at the film's site. */
  async #roleOf(
    { imageId, modelVersionId, cause }: Payload,
    at: Date,
  ): Promise<Asked | null> {
    const { client } = this.#deps;
    const siteId = await siteOfFilm(client, imageId);
    if (siteId === null) return null;
    const roles = await readCurrentRoles(client);
    const role = roleAt(siteId, modelVersionId, roles);
    return role === null ? null : { modelVersionId, role, cause, at };
  }

  async #assess(
    film: FilmToAssess,
    asked: Asked,
    requestId: string | undefined,
  ): Promise<void> {
    const answer = isPredicted(film) ? null : await this.#ask(film, asked);
    await this.#deps.audit.changeAndRecord(worker(requestId), (tx, record) =>
      asked.role === "LIVE"
        ? this.#write(tx, record, film, answer, asked)
        : this.#writeShadow(tx, record, film, answer, asked),
    );
  }

  async #ask(film: FilmToAssess, asked: Asked): Promise<Answer> {
    const model = this.#deps.models.find(asked.modelVersionId);
    if (model === null) {
      throw new Error(
        `this worker has let go of the model ${asked.modelVersionId}; the job goes back to the queue`,
      );
    }
    const assessment = await this.#runModel(film, model);
    const manifest = parseModelManifest(model.version.manifest);
    return { assessment, record: predictionRecord(assessment, manifest) };
  }

  async #runModel(
    film: FilmToAssess,
    { assessor, version }: LoadedModel,
  ): Promise<Assessment> {
    const { objectStore, decoded } = this.#deps;
    const bytes = await readWhole(objectStore, filmKey(film.sha256));
    const kept = await decoded.take(film.sha256);
    try {
      return await assessor.assess(
        bytes,
        contextOf(film),
        orientationOf(film),
        kept,
      );
    } catch (error) {
      // What the film itself is to blame for does not pass by trying again.
      const refusal = refusalFrom(error);
      if (refusal === null || refusal.code === "timeout") throw error;
      return refusedAssessment(refusal.message, version);
    } finally {
      if (kept !== null) await decoded.drop(kept);
    }
  }

  async #write(
    tx: Tx,
    record: RecordEvent,
    film: FilmToAssess,
    answer: Answer | null,
    asked: Asked,
  ): Promise<void> {
    const { clock, place } = this.#deps;
    const before = await lockCaseOfStudy(tx, film.studyId);
    // Signed meanwhile: what the reader saw stands.
    const isLate = asked.cause === "corrected" || asked.cause === "promoted";
    if (isLate && before.state === "SIGNED") return;
    const predictionId = answer
      ? await this.#insert(tx, film, answer, asked, clock.now())
      : null;
    const isNew = predictionId !== null && answer !== null;
    if (isNew) {
      await tellAnswer(tx, asked, answer.assessment.gate.status);
      record({
        type: "prediction.recorded",
        subject: { type: "prediction", id: predictionId },
        siteId: before.siteId,
        patientId: before.patientId,
        details: {
          imageId: film.id,
          caseId: before.id,
          cause: asked.cause,
          ...opinionOf(answer, asked),
        },
      });
    }
    await place(tx, record, before, {
      // Asked again with the same model: the answer stands as it was.
      cause: isNew ? "assessed" : "asked-again",
      imageId: film.id,
    });
  }

  /** Kept to be measured; the case is not touched and nobody is told. */
  async #writeShadow(
    tx: Tx,
    record: RecordEvent,
    film: FilmToAssess,
    answer: Answer | null,
    asked: Asked,
  ): Promise<void> {
    if (answer === null) return;
    const { clock } = this.#deps;
    const id = await this.#insert(tx, film, answer, asked, clock.now());
    if (id === null) return;
    record({
      type: "prediction.recorded",
      subject: { type: "prediction", id },
      siteId: film.siteId,
      patientId: film.patientId,
      details: {
        imageId: film.id,
        cause: asked.cause,
        ...opinionOf(answer, asked),
      },
    });
  }

  /**
   * The new prediction's id; `null` when another worker was first, or when
   * what it was told was corrected while it looked: that correction's own job
   * answers.
   */
  async #insert(
    tx: Tx,
    film: FilmToAssess,
    answer: Answer,
    { modelVersionId, role }: Asked,
    now: Date,
  ): Promise<string | null> {
    const current = await findFilm(tx, film.id, { modelVersionId, role });
    if (current?.basis !== film.basis || isPredicted(current)) return null;
    // Moved meanwhile: the other study's own job answers.
    if (current.studyId !== film.studyId) return null;
    const id = newId(now);
    const own = {
      id,
      imageId: film.id,
      modelVersionId,
      role,
      revision: current.revision + 1,
      basis: film.basis,
    };
    return (await insertPrediction(tx, own, answer.record)) ? id : null;
  }
}

/** What the desk knows, never the header: that was read as the film came. */
function contextOf(film: FilmToAssess): AssessContext {
  const letter = { FEMALE: "F", MALE: "M", OTHER: "O", UNKNOWN: null } as const;
  const { ageYears, viewPosition } = film;
  const isLateral = viewPosition === "LATERAL";
  return { ageYears, sex: letter[film.sex], isLateral };
}

/** What the event says of the model's opinion. */
function opinionOf({ assessment, record }: Answer, { role }: Asked) {
  const { model, gate, engine } = assessment;
  const finding = record.findings.find(({ code }) => code === LEADING_FINDING);
  return {
    role,
    model: model.id,
    modelSha256: model.sha256,
    gate: gate.status,
    gateReason: gate.reason,
    finding: LEADING_FINDING,
    probability: finding?.probability ?? null,
    ownThreshold: finding?.ownThreshold ?? null,
    engine,
  };
}

/** For the figures; by the machine's clock, whatever the desk's says. */
function tellAnswer(
  tx: Tx,
  { cause, at }: Asked,
  outcome: AssessmentNotice["outcome"],
): Promise<void> {
  const seconds = Math.max(0, Date.now() - at.getTime()) / 1_000;
  return notify(tx, { topic: "assessment", outcome, cause, seconds });
}

/** Acts under the id of the request that asked for the job, where one did. */
function worker(requestId: string = newRequestId()): SystemViewer {
  return systemViewer("triage-worker", requestId);
}
