import type { Case, DatabaseClient, Image, Study, Tx } from "@lung-iris/prisma";
import type { Assessment, AssessContext } from "@lung-iris/inference";
import { systemViewer, type SystemViewer } from "../../access/viewer.ts";
import type { AuditLog, RecordEvent } from "../../audit/audit-log.ts";
import { changesOf } from "../../audit/changes.ts";
import type { Logger } from "../../logger.ts";
import type { Clock } from "../../platform/clock.ts";
import type { FilmAssessor } from "../../platform/inference-client.ts";
import { newId, newRequestId } from "../../platform/ids.ts";
import type { JobPayload } from "../../platform/job-queue.ts";
import type { Attempt } from "../../platform/job-worker.ts";
import { notify } from "../../platform/notifications.ts";
import { readWhole, type ObjectStore } from "../../platform/object-store.ts";
import { refusalFrom } from "../studies/film-refusal.ts";
import { lockCaseOfStudy } from "../cases/case-lock.ts";
import { filmKey } from "../studies/film-keys.ts";
import { retriageCase } from "./case-triage.store.ts";
import { predictionData, refusedAssessment } from "./prediction-record.ts";

export interface AssessmentDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  objectStore: ObjectStore;
  assessor: Pick<FilmAssessor, "assess">;
  /** The model that this worker runs, as registered. */
  modelVersion: { id: string; name: string; sha256: string };
  logger: Logger;
}

type FilmToAssess = Image & { study: Study };

/** Case columns whose change an event shows. */
const TRIAGE_COLUMNS = [
  "assessment",
  "notAssessedReason",
  "urgency",
  "urgencyReasons",
  "probability",
  "threshold",
] as const;

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
    const image = await this.#deps.client.image.findUnique({
      where: { id: payload.imageId },
      include: { study: true },
    });
    if (!image) return;
    try {
      await this.#assess(image, payload.cause);
    } catch (error) {
      if (!attempt.isLast) throw error;
      this.#deps.logger.error(
        { err: error, imageId: image.id, attempt: attempt.number },
        "a film could not be assessed and goes to a human",
      );
      await this.giveUp(image.id);
    }
  }

  /** Shows the case as not assessed, reason `error`; safe to run twice. */
  async giveUp(imageId: string): Promise<void> {
    const viewer = worker();
    await this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      const image = await tx.image.findUnique({ where: { id: imageId } });
      if (!image) return;
      const locked = await lockCaseOfStudy(tx, image.studyId);
      const { before, after } = await retriageCase(
        tx,
        locked.id,
        this.#deps.clock.now(),
        imageId,
      );
      const isNews = await finishCase(tx, before, after);
      if (!isNews) return;
      record({
        type: "case.not-assessed",
        subject: { type: "case", id: after.id },
        siteId: after.siteId,
        patientId: after.patientId,
        ...changesOf(before, after, TRIAGE_COLUMNS),
        details: { imageId, reason: "error" },
      });
    });
  }

  async #assess(
    image: FilmToAssess,
    cause: JobPayload<"assess-image">["cause"],
  ): Promise<void> {
    const { client, modelVersion } = this.#deps;
    const known = await client.prediction.findUnique({
      where: {
        imageId_modelVersionId: {
          imageId: image.id,
          modelVersionId: modelVersion.id,
        },
      },
      select: { id: true },
    });
    const assessment = known ? null : await this.#runModel(image);
    await this.#deps.audit.changeAndRecord(worker(), (tx, record) =>
      this.#write(tx, record, image, assessment, cause),
    );
  }

  async #runModel(image: FilmToAssess): Promise<Assessment> {
    const { objectStore, assessor, modelVersion } = this.#deps;
    const film = await readWhole(objectStore, filmKey(image.sha256));
    try {
      return await assessor.assess(film, await this.#contextOf(image));
    } catch (error) {
      // What the film itself is to blame for does not pass by trying again.
      const refusal = refusalFrom(error);
      if (refusal === null || refusal.code === "timeout") throw error;
      return refusedAssessment(refusal.message, modelVersion);
    }
  }

  async #contextOf({ study }: FilmToAssess): Promise<AssessContext> {
    const { sex } = await this.#deps.client.patient.findUniqueOrThrow({
      where: { id: study.patientId },
      select: { sex: true },
    });
    const letter = {
      FEMALE: "F",
      MALE: "M",
      OTHER: "O",
      UNKNOWN: null,
    } as const;
    const known = letter[sex];
    return {
      ...(study.patientAgeYears === null
        ? {}
        : { ageYears: study.patientAgeYears }),
      ...(known === null ? {} : { sex: known }),
    };
  }

  async #write(
    tx: Tx,
    record: RecordEvent,
    image: FilmToAssess,
    assessment: Assessment | null,
    cause: string,
  ): Promise<void> {
    const now = this.#deps.clock.now();
    const locked = await lockCaseOfStudy(tx, image.studyId);
    const predictionId = assessment
      ? await this.#insertPrediction(tx, image.id, assessment, now)
      : null;
    const { before, after } = await retriageCase(tx, locked.id, now);
    const isNews = await finishCase(tx, before, after);
    if (predictionId === null || assessment === null) {
      // Asked again with the same model: the answer stands as it was.
      if (isNews) record(caseEvent(before, after, image.id));
      return;
    }
    const finding = assessment.findings.find(
      ({ code }) => code === "pneumonia",
    );
    record({
      type: "prediction.recorded",
      subject: { type: "prediction", id: predictionId },
      siteId: image.siteId,
      patientId: image.study.patientId,
      ...changesOf(before, after, TRIAGE_COLUMNS),
      details: {
        imageId: image.id,
        caseId: after.id,
        cause,
        model: assessment.model.id,
        modelSha256: assessment.model.sha256,
        gate: assessment.gate.status,
        gateReason: assessment.gate.reason,
        probability: finding?.probability ?? null,
        threshold: finding?.threshold ?? null,
        engine: assessment.engine,
      },
    });
  }

  /** The new prediction's id; `null` when another worker was first. */
  async #insertPrediction(
    tx: Tx,
    imageId: string,
    assessment: Assessment,
    now: Date,
  ): Promise<string | null> {
    const id = newId(now);
    const { count } = await tx.prediction.createMany({
      data: {
        id,
        imageId,
        modelVersionId: this.#deps.modelVersion.id,
        ...predictionData(assessment),
      },
      skipDuplicates: true,
    });
    return count === 1 ? id : null;
  }
}

function caseEvent(before: Case, after: Case, imageId: string) {
  return {
    type: "case.reassessed" as const,
    subject: { type: "case" as const, id: after.id },
    siteId: after.siteId,
    patientId: after.patientId,
    ...changesOf(before, after, TRIAGE_COLUMNS),
    details: { imageId },
  };
}

/** Raises the version and tells the worklists, where anything changed. */
async function finishCase(tx: Tx, before: Case, after: Case): Promise<boolean> {
  const { after: changed } = changesOf(before, after, TRIAGE_COLUMNS);
  if (Object.keys(changed).length === 0) return false;
  await tx.case.update({
    where: { id: after.id },
    data: { version: { increment: 1 } },
  });
  await notify(tx, {
    topic: "case",
    kind: "ASSESSED",
    caseId: after.id,
    siteId: after.siteId,
  });
  return true;
}

function worker(): SystemViewer {
  return systemViewer("triage-worker", newRequestId());
}
