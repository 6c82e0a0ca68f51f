import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Tx } from "@lung-iris/prisma";
import { systemViewer } from "../../access/viewer.ts";
import { newRequestId } from "../../platform/ids.ts";
import { tellOfLoop } from "../inbox/tell-people.ts";
import { registerModels } from "../models/model-registry.ts";
import { RunAttempt, type AttemptEnd } from "./run-attempt.ts";
import { LEASE_SECONDS, type TrainerDeps } from "./trainer-deps.ts";
import { storeModel } from "./trainer-files.ts";
import { isOver } from "./training-run.rules.ts";
import {
  endLease,
  findRun,
  insertLine,
  lockRun,
  takeRun,
  updateRun,
  type TrainingRunRow,
} from "./training-run.store.ts";
import { checkpointSchema } from "./training-settings.ts";

/** A run that ends its process so often without getting on is given up. */
const MOST_ATTEMPTS = 5;
const LONGEST_FAILURE = 1_000;

/** Takes runs one after the other and makes candidates of them. */
export class TrainerService {
  readonly #deps: TrainerDeps;
  #current: RunAttempt | null = null;
  #isStopping = false;

  constructor(deps: TrainerDeps) {
    this.#deps = deps;
  }

  /** Works at one run until it ends or is halted; whether there was one. */
  async workOnce(): Promise<boolean> {
    const { client, candidates, folders, engines, name } = this.#deps;
    if (this.#isStopping) return false;
    await candidates.bring();
    const all = [...folders, ...candidates.all];
    const taken = await this.#take({
      name,
      engines,
      baseIds: all.map(({ version }) => version.id),
    });
    if (taken === null) return false;
    const run = await findRun(client, { id: taken.id });
    const base = all.find(({ version }) => version.id === run?.baseId);
    if (run === null || base === undefined) return false;
    const attempt = new RunAttempt(this.#deps, run, base.dir, taken.token);
    this.#current = attempt;
    try {
      await this.#settle(run, taken.token, await attempt.run());
    } finally {
      this.#current = null;
      await endLease(client, run.id, taken.token);
    }
    return true;
  }

  /** Halts what runs, which keeps where it stands, and takes nothing more. */
  stop(): void {
    this.#isStopping = true;
    this.#current?.halt();
  }

  /** Folders of runs that are over, or gone: left behind by a kill. */
  async sweep(): Promise<void> {
    const { workFolder, client } = this.#deps;
    await mkdir(workFolder, { recursive: true });
    for (const id of await readdir(workFolder)) {
      const run = await findRun(client, { id }).catch(() => null);
      if (run !== null && !isOver(run.state)) continue;
      await rm(join(workFolder, id), { recursive: true, force: true });
    }
  }

  /** Takes a run, with the event that says so. */
  async #take(
    trainer: Parameters<typeof takeRun>[1],
  ): Promise<{ id: string; token: string } | null> {
    const { audit, clock, codeVersion } = this.#deps;
    const token = randomUUID();
    const viewer = systemViewer("trainer", newRequestId());
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const taken = await takeRun(tx, trainer, token, LEASE_SECONDS);
      if (taken === null) return null;
      const run = await findRun(tx, { id: taken.id });
      if (run === null) return null;
      await updateRun(tx, run.id, {
        state: "RUNNING",
        startedAt: run.startedAt ?? clock.now(),
        codeVersion,
      });
      record({
        type: "training.started",
        ...subjectOf(run),
        before: { state: taken.before },
        after: { state: "RUNNING" },
        details: {
          ...detailsOf(run),
          trainer: trainer.name,
          codeVersion,
          from: standOf(run),
        },
      });
      return { id: run.id, token };
    });
  }

  async #settle(
    run: TrainingRunRow,
    token: string,
    end: AttemptEnd,
  ): Promise<void> {
    const { logger } = this.#deps;
    const folder = join(this.#deps.workFolder, run.id);
    logger.info({ run: run.id, end: end.how }, "an attempt at a run ended");
    switch (end.how) {
      case "done":
        await this.#finish(run, token, end);
        break;
      case "failed":
        await this.#fail(run, token, end.code, end.why);
        break;
      case "died": {
        const now = await findRun(this.#deps.client, { id: run.id });
        if ((now?.attempts ?? 0) < MOST_ATTEMPTS) return;
        await this.#fail(
          run,
          token,
          "died",
          `It ended its process ${String(MOST_ATTEMPTS)} times without getting on. ${end.why}`,
        );
        break;
      }
      case "halted": {
        const now = await findRun(this.#deps.client, { id: run.id });
        // Paused, or for another trainer: what lies here saves work later.
        if (now === null || !isOver(now.state)) return;
      }
    }
    await rm(folder, { recursive: true, force: true });
  }

  /** Makes the candidate known, with the run that made it. */
  async #finish(
    run: TrainingRunRow,
    token: string,
    { folder, rehearsal }: Extract<AttemptEnd, { how: "done" }>,
  ): Promise<void> {
    const { audit, clock, client, objectStore } = this.#deps;
    const { files, folderSha256, manifest } = await storeModel(
      objectStore,
      folder,
    );
    const [candidate] = await registerModels({ audit, clock }, [manifest]);
    if (candidate === undefined) throw new Error("no model was registered");
    const viewer = systemViewer("trainer", newRequestId());
    await audit.changeAndRecord(viewer, async (tx, record) => {
      const now = await lockRun(tx, { leaseToken: token }, run.id);
      // Stopped, or another trainer's, at the last moment.
      if (now?.state !== "RUNNING") return;
      await updateRun(tx, run.id, {
        state: "DONE",
        finishedAt: clock.now(),
        phase: null,
        candidateId: candidate.id,
        candidateSha256: folderSha256,
        candidateFiles: files,
      });
      await tellStarter(tx, run, "TRAINING_DONE", clock.now());
      record({
        type: "training.finished",
        ...subjectOf(run),
        before: { state: "RUNNING" },
        after: { state: "DONE" },
        details: {
          ...detailsOf(run),
          candidateId: candidate.id,
          folderSha256,
          fingerprint: candidate.fingerprint,
          engine: now.engine,
          rehearsal,
        },
      });
    });
    await insertLine(
      client,
      run.id,
      clock.now(),
      `made ${candidate.name}, folder ${folderSha256}`,
    );
  }

  async #fail(
    run: TrainingRunRow,
    token: string,
    code: string,
    why: string,
  ): Promise<void> {
    const { audit, clock } = this.#deps;
    const viewer = systemViewer("trainer", newRequestId());
    await audit.changeAndRecord(viewer, async (tx, record) => {
      const now = await lockRun(tx, { leaseToken: token }, run.id);
      if (now?.state !== "RUNNING") return;
      await updateRun(tx, run.id, {
        state: "FAILED",
        finishedAt: clock.now(),
        phase: null,
        failureCode: code,
        failure: why.slice(-LONGEST_FAILURE),
      });
      await tellStarter(tx, run, "TRAINING_FAILED", clock.now());
      record({
        type: "training.failed",
        ...subjectOf(run),
        before: { state: "RUNNING" },
        after: { state: "FAILED" },
        details: { ...detailsOf(run), code },
      });
    });
  }
}

/** Who asked for a run waits for its end, and not at the page. */
function tellStarter(
  tx: Tx,
  { id, siteId, byId }: TrainingRunRow,
  kind: "TRAINING_DONE" | "TRAINING_FAILED",
  now: Date,
): Promise<void> {
  const actor = { userId: null, name: "trainer" };
  const about = { trainingRunId: id };
  return tellOfLoop(tx, { siteId, kind, about, userIds: [byId], actor, now });
}

function subjectOf({ id, siteId }: TrainingRunRow) {
  return {
    subject: { type: "training" as const, id },
    siteId,
    patientId: null,
  };
}

function detailsOf({ kind, name }: TrainingRunRow) {
  return { kind, name };
}

function standOf({ checkpoint }: TrainingRunRow): string | null {
  const parsed = checkpointSchema.safeParse(checkpoint);
  if (!parsed.success) return null;
  return `${parsed.data.phase} ${String(parsed.data.step)}`;
}
