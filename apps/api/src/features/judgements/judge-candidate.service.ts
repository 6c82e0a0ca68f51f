import type { DatabaseClient } from "@lung-iris/prisma";
import { systemViewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { Logger } from "../../logger.ts";
import type { Clock } from "../../platform/clock.ts";
import { newRequestId } from "../../platform/ids.ts";
import type { JobPayload } from "../../platform/job-queue.ts";
import type { Attempt } from "../../platform/job-worker.ts";
import {
  isStoreAway,
  readWhole,
  type ObjectStore,
} from "../../platform/object-store.ts";
import { barsDocument } from "../bars/bars-document.ts";
import { filmKey } from "../films/film-keys.ts";
import { tellOfLoop } from "../inbox/tell-people.ts";
import {
  evergreenFilms,
  evergreenPatients,
} from "../known-films/evergreen-films.ts";
import {
  choosePublicFilms,
  PublicFilmsError,
  publicFilms,
  type PublicFilms,
} from "../known-films/public-films.ts";
import { referenceFilms } from "../known-films/reference-films.ts";
import { parseModelManifest } from "../models/model-manifest.ts";
import { learntFrom } from "../models/training-record.ts";
import {
  withdrawnBehind,
  withdrawnRefusal,
} from "../withdrawals/models-behind.ts";
import {
  cardRefusal,
  evergreenRefusal,
  type CandidateRefusal,
} from "./candidate.rules.ts";
import { changesOn, isPassed, judge } from "./judge.rules.ts";
import type { JudgedFilm } from "./judged-film.ts";
import {
  JudgedModels,
  MissingFolderError,
  type JudgedModelsDeps,
} from "./judged-models.ts";
import type { JudgementDocument } from "./judgement-document.ts";
import { namesOf } from "./judgement.service.ts";
import {
  findJudgement,
  insertResult,
  type JudgementRow,
} from "./judgement.store.ts";

const NOTHING: JudgementDocument = {
  outcomes: [],
  changes: [],
  engine: null,
  publicFilms: null,
};

export interface JudgeCandidateDeps extends JudgedModelsDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  objectStore: ObjectStore;
  /** The installation's secret; splits and pseudonyms come from it. */
  secret: string;
  /** Manifest of public films that the reference set has beside the phantoms. */
  referenceManifest: string | null;
  logger: Logger;
}

type Job = JobPayload<"judge-candidate">;

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
    const row = await this.#open(job);
    if (row === null) return;
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
          error instanceof MissingFolderError ||
          error instanceof PublicFilmsError
            ? error.message
            : "The judging itself failed. The worker's log has the details.",
      });
    }
  }

  /** Shows a judgement as failed whose worker died each time. */
  async giveUp(job: Job): Promise<void> {
    const row = await this.#open(job);
    if (row === null) return;
    await this.#finish(job, row, "FAILED", NOTHING, {
      code: "failed",
      detail: "The judging ended its worker each time.",
    });
  }

  /** The judgement of a job; null where it is finished, or gone. */
  async #open({ judgementId: id }: Job): Promise<JudgementRow | null> {
    const row = await findJudgement(this.#deps.client, { id });
    return row?.result === null ? row : null;
  }

  async #judge(job: Job, row: JudgementRow): Promise<void> {
    const refusal = await this.#refusal(row);
    if (refusal !== null) return this.#refuse(job, row, refusal);
    const models = await JudgedModels.open(this.#deps, row);
    if (!(models instanceof JudgedModels))
      return this.#refuse(job, row, models);
    try {
      await this.#compare(job, row, models);
    } finally {
      await models.close();
    }
  }

  /** Why the candidate may not be judged, by what its card says. */
  async #refusal({
    siteId,
    candidate: { id, manifest },
  }: JudgementRow): Promise<CandidateRefusal | null> {
    const refusal = cardRefusal(parseModelManifest(manifest));
    if (refusal !== null || learntFrom(manifest).length === 0) return refusal;
    const { client, secret } = this.#deps;
    // Looked at again: somebody may have been withdrawn since it was asked for.
    const withdrawn = withdrawnRefusal(
      await withdrawnBehind(client, secret, id),
    );
    if (withdrawn !== null) return withdrawn;
    return evergreenRefusal(
      manifest,
      await evergreenPatients(client, secret, siteId),
    );
  }

  async #compare(
    job: Job,
    row: JudgementRow,
    models: JudgedModels,
  ): Promise<void> {
    const { client, secret, objectStore } = this.#deps;
    const bars = barsDocument.parse(row.bars.document);
    const films: JudgedFilm[] = [];
    const known = await this.#publicFilms();
    for await (const { film, bytes } of referenceFilms(bars.phantoms))
      films.push(await models.ask(film, bytes));
    if (known !== null)
      for await (const { film, bytes } of publicFilms(known))
        films.push(await models.ask(film, bytes));
    const evergreen = await evergreenFilms(client, secret, row.siteId);
    for (const { film, sha256, orientation } of evergreen) {
      const bytes = await readWhole(objectStore, filmKey(sha256));
      films.push(await models.ask(film, bytes, orientation));
    }
    const outcomes = judge(bars, films);
    await this.#finish(
      job,
      row,
      isPassed(outcomes) ? "PASSED" : "MISSED",
      {
        outcomes,
        changes: [changesOn("EVERGREEN", films), changesOn("REFERENCE", films)],
        engine: models.engine,
        publicFilms:
          known === null
            ? null
            : {
                films: known.rows.length,
                manifestSha256: known.manifestSha256,
              },
      },
      null,
    );
  }

  /** Public films, where this machine has them. */
  #publicFilms(): Promise<PublicFilms | null> {
    const { referenceManifest } = this.#deps;
    return referenceManifest === null
      ? Promise.resolve(null)
      : choosePublicFilms(referenceManifest);
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
      await tellOfLoop(tx, {
        siteId: row.siteId,
        kind: "JUDGED",
        about: { judgementId: row.id },
        userIds: [row.byId],
        actor: { userId: null, name: "judge" },
        now: clock.now(),
      });
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
