import type { DatabaseClient, Tx } from "@lung-iris/prisma";
import type { Assessment, AssessContext } from "@lung-iris/inference";
import { systemViewer, type SystemViewer } from "../../access/viewer.ts";
import type { AuditLog, RecordEvent } from "../../audit/audit-log.ts";
import type { Logger } from "../../logger.ts";
import type { Clock } from "../../platform/clock.ts";
import type { FilmAssessor } from "../../platform/inference-client.ts";
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
import type { CaseCommands } from "../cases/case.commands.ts";
import { filmKey } from "../films/film-keys.ts";
import {
  findFilm,
  isPredicted,
  type FilmToAssess,
} from "./assessment.store.ts";
import { placementOf } from "./case-triage.store.ts";
import { predictionData, refusedAssessment } from "./prediction-record.ts";

export interface AssessmentDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  commands: CaseCommands;
  objectStore: ObjectStore;
  assessor: Pick<FilmAssessor, "assess">;
  /** The model that this worker runs, as registered. */
  modelVersion: { id: string; name: string; sha256: string };
  logger: Logger;
}

/** Why the model is asked, and since when. */
interface Asked {
  cause: JobPayload<"assess-image">["cause"];
  at: Date;
}

/** The job `assess-image`: a film in, a prediction on the worklist out. */
export class AssessmentService {
  readonly #deps: AssessmentDeps;

  constructor(deps: AssessmentDeps) {
    this.#deps = deps;
  }

  /**
   * Assesses one film and places its case. May run again for a film that has
   * its prediction: nothing is doubled. A failure is thrown for the queue to
   * try again; the last one is recorded in front of a human instead.
   */
  async run(
    payload: JobPayload<"assess-image">,
    attempt: Attempt,
  ): Promise<void> {
    const { client, modelVersion } = this.#deps;
    const film = await findFilm(client, payload.imageId, modelVersion.id);
    if (!film) return;
    const asked: Asked = { cause: payload.cause, at: attempt.queuedAt };
    try {
      await this.#assess(film, asked);
    } catch (error) {
      // A store that is away says nothing of the film: it stays in the queue.
      if (!attempt.isLast || isStoreAway(error)) throw error;
      this.#deps.logger.error(
        { err: error, imageId: film.id, attempt: attempt.number },
        "a film could not be assessed and goes to a human",
      );
      await this.giveUp(film.id, asked);
    }
  }

  /** Shows the case as not assessed, reason `error`; safe to run twice. */
  async giveUp(imageId: string, asked: Asked | null = null): Promise<void> {
    const viewer = worker();
    await this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      const image = await tx.image.findUnique({ where: { id: imageId } });
      if (!image) return;
      const { commands, clock } = this.#deps;
      const before = await commands.lockOfStudy(tx, image.studyId);
      const placement = await placementOf(tx, before, clock.now(), imageId);
      const { isNews } = await commands.place(tx, record, before, placement, {
        cause: "failed",
        imageId,
      });
      if (isNews && asked !== null) await tellAnswer(tx, asked, "failed");
    });
  }

  async #assess(film: FilmToAssess, asked: Asked): Promise<void> {
    const assessment = isPredicted(film) ? null : await this.#runModel(film);
    await this.#deps.audit.changeAndRecord(worker(), (tx, record) =>
      this.#write(tx, record, film, assessment, asked),
    );
  }

  async #runModel(film: FilmToAssess): Promise<Assessment> {
    const { objectStore, assessor, modelVersion } = this.#deps;
    const bytes = await readWhole(objectStore, filmKey(film.sha256));
    try {
      return await assessor.assess(bytes, contextOf(film));
    } catch (error) {
      // What the film itself is to blame for does not pass by trying again.
      const refusal = refusalFrom(error);
      if (refusal === null || refusal.code === "timeout") throw error;
      return refusedAssessment(refusal.message, modelVersion);
    }
  }

  async #write(
    tx: Tx,
    record: RecordEvent,
    film: FilmToAssess,
    assessment: Assessment | null,
    asked: Asked,
  ): Promise<void> {
    const { cause } = asked;
    const { clock, commands } = this.#deps;
    const now = clock.now();
    const before = await commands.lockOfStudy(tx, film.studyId);
    // Signed meanwhile: what the reader saw stands.
    if (cause === "corrected" && before.state === "SIGNED") return;
    const predictionId = assessment
      ? await this.#insertPrediction(tx, film, assessment, now)
      : null;
    const isNew = predictionId !== null && assessment !== null;
    if (isNew) {
      await tellAnswer(tx, asked, assessment.gate.status);
      record({
        type: "prediction.recorded",
        subject: { type: "prediction", id: predictionId },
        siteId: before.siteId,
        patientId: before.patientId,
        details: {
          imageId: film.id,
          caseId: before.id,
          cause,
          ...opinionOf(assessment),
        },
      });
    }
    const placement = await placementOf(tx, before, now);
    await commands.place(tx, record, before, placement, {
      // Asked again with the same model: the answer stands as it was.
      cause: isNew ? "assessed" : "asked-again",
      imageId: film.id,
    });
  }

  /**
   * The new prediction's id; `null` when another worker was first, or when
   * age or sex were corrected while the model looked: that correction's own
   * job answers.
   */
  async #insertPrediction(
    tx: Tx,
    film: FilmToAssess,
    assessment: Assessment,
    now: Date,
  ): Promise<string | null> {
    const modelVersionId = this.#deps.modelVersion.id;
    const current = await findFilm(tx, film.id, modelVersionId);
    if (current?.basis !== film.basis || isPredicted(current)) return null;
    const id = newId(now);
    const { count } = await tx.prediction.createMany({
      data: {
        id,
        imageId: film.id,
        modelVersionId,
        revision: current.revision + 1,
        basis: film.basis,
        ...predictionData(assessment),
      },
      skipDuplicates: true,
    });
    return count === 1 ? id : null;
  }
}

/** What the desk knows, never the header: that was read as the film came. */
function contextOf({ ageYears, sex }: FilmToAssess): AssessContext {
  const letter = { FEMALE: "F", MALE: "M", OTHER: "O", UNKNOWN: null } as const;
  return { ageYears, sex: letter[sex] };
}

/** What the event says of the model's opinion. */
function opinionOf({ model, gate, findings, engine }: Assessment) {
  const finding = findings.find(({ code }) => code === "pneumonia");
  return {
    model: model.id,
    modelSha256: model.sha256,
    gate: gate.status,
    gateReason: gate.reason,
    probability: finding?.probability ?? null,
    threshold: finding?.threshold ?? null,
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

function worker(): SystemViewer {
  return systemViewer("triage-worker", newRequestId());
}
