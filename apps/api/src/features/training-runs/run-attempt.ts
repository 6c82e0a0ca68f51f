import { copyFile, mkdir, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { TrainingRehearsal } from "@lung-iris/prisma";
import { isStoreAway } from "../../platform/object-store.ts";
import { barsDocument } from "../bars/bars-document.ts";
import { learningCounts } from "../datasets/dataset-learning.ts";
import { drawRehearsal, rehearsalSeed } from "./rehearsal-films.ts";
import {
  ChangedObjectError,
  dropFiles,
  fetchFiles,
  storeFiles,
  unpackDataset,
} from "./trainer-files.ts";
import { LEASE_SECONDS, type TrainerDeps } from "./trainer-deps.ts";
import {
  startTrainingChild,
  type ChildEnd,
  type TrainingChild,
  type TrainingLine,
} from "./training-child.ts";
import { datasetRefusal } from "./training-run.rules.ts";
import {
  findRun,
  insertLine,
  insertPoint,
  noteProgress,
  renewLease,
  type TrainingRunRow,
} from "./training-run.store.ts";
import {
  checkpointSchema,
  SETTINGS,
  type FineTuningSettings,
  type TrainingCheckpoint,
} from "./training-settings.ts";

/** How one attempt at a run ended. */
export type AttemptEnd =
  | { how: "done"; folder: string; rehearsal: TrainingRehearsal }
  | { how: "halted" }
  | { how: "died"; why: string }
  | { how: "failed"; code: string; why: string };

/** Signs of life, and looks whether somebody halted the run. */
const BEAT_MS = 1_000;
/** Progress is written down at most this often. */
const TELL_MS = 500;

/** One trainer's work at one run, from taking it to its end or halt. */
export class RunAttempt {
  readonly #deps: TrainerDeps;
  readonly #run: TrainingRunRow;
  readonly #baseDir: string;
  readonly #token: string;
  readonly #folder: string;
  #child: TrainingChild | null = null;
  #isHalted = false;
  /** What a child says is written in the order in which it says it. */
  #writing: Promise<void> = Promise.resolve();
  #toldAt = 0;
  #checkpoint: TrainingCheckpoint | null;

  constructor(
    deps: TrainerDeps,
    run: TrainingRunRow,
    baseDir: string,
    token: string,
  ) {
    this.#deps = deps;
    this.#run = run;
    this.#baseDir = baseDir;
    this.#token = token;
    this.#folder = join(deps.workFolder, run.id);
    const parsed = checkpointSchema.safeParse(run.checkpoint);
    this.#checkpoint = parsed.success ? parsed.data : null;
  }

  /** Ends the attempt soon; the run keeps where it stands. */
  halt(): void {
    this.#isHalted = true;
    this.#child?.halt();
  }

  async run(): Promise<AttemptEnd> {
    const beats = setInterval(() => void this.#beat(), BEAT_MS);
    try {
      return await this.#work();
    } catch (error) {
      const { logger } = this.#deps;
      logger.error({ err: error, run: this.#run.id }, "an attempt broke off");
      if (error instanceof ChangedObjectError)
        return { how: "failed", code: "changed", why: error.message };
      if (isStoreAway(error)) return { how: "halted" };
      return {
        how: "failed",
        code: "failed",
        why: "The run itself failed. The trainer's log has the details.",
      };
    } finally {
      clearInterval(beats);
    }
  }

  async #work(): Promise<AttemptEnd> {
    const { client, secret } = this.#deps;
    const { dataset, datasetSha256 } = this.#run;
    // Looked at again: a patient may have been withdrawn since it was asked for.
    const refusal = datasetRefusal(
      await learningCounts(client, dataset, secret),
    );
    if (refusal !== null)
      return { how: "failed", code: refusal.code, why: refusal.detail };
    if (dataset.objectKey === null || dataset.sha256 !== datasetSha256)
      return {
        how: "failed",
        code: "changed",
        why: "The dataset is not the one that the run was asked for.",
      };
    await mkdir(this.#folder, { recursive: true });
    await this.#tell({ phase: "unpacking", done: 0, total: 0 });
    const manifest = await unpackDataset(
      this.#deps.objectStore,
      { objectKey: dataset.objectKey, sha256: datasetSha256 },
      join(this.#folder, "films"),
    );
    return this.#run.kind === "FINE_TUNE"
      ? this.#fineTune(manifest)
      : this.#recalibrate(manifest);
  }

  async #recalibrate(manifest: string): Promise<AttemptEnd> {
    const settings = SETTINGS.RECALIBRATE.parse(this.#run.settings);
    await this.#note({ rehearsal: "NONE" });
    const end = await this.#follow("recalibrate", settings.memoryMegabytes, [
      ...["--manifest", manifest],
      ...["--memory", String(settings.memoryMegabytes)],
    ]);
    return this.#ended(end, "NONE");
  }

  async #fineTune(manifest: string): Promise<AttemptEnd> {
    const settings = SETTINGS.FINE_TUNE.parse(this.#run.settings);
    const { engines, objectStore, client } = this.#deps;
    const engine = this.#run.engine ?? settings.engine ?? engines[0] ?? "wasm";
    const rehearsal = await this.#rehearsal(settings);
    if (rehearsal === null) return { how: "halted" };
    // From here on: another engine, or other films, would be another run.
    await this.#note({ engine, rehearsal: rehearsal.kind });
    const state = join(this.#folder, "state");
    if (this.#checkpoint !== null)
      await fetchFiles(objectStore, this.#checkpoint.files, state);
    const { steps, evaluateEvery, batch, rate, looks, keepWeight } = settings;
    const end = await this.#follow("fine-tune", settings.memoryMegabytes, [
      ...["--manifest", manifest, "--state", state, "--engine", engine],
      ...["--seed", String(this.#run.seed)],
      ...["--memory", String(settings.memoryMegabytes)],
      ...["--rehearse", rehearsal.manifest, "--rehearsal", rehearsal.name],
      "--set",
      JSON.stringify({ steps, evaluateEvery, batch, rate, looks, keepWeight }),
    ]);
    const result = this.#ended(end, rehearsal.kind);
    const now = await findRun(client, { id: this.#run.id });
    // Nothing goes on from there any more.
    if (
      result.how === "done" ||
      result.how === "failed" ||
      now?.state === "STOPPED"
    )
      await dropFiles(objectStore, this.#checkpoint?.files ?? []);
    return result;
  }

  /** The base's own films where they are here, else films that are drawn. */
  async #rehearsal(settings: FineTuningSettings): Promise<{
    manifest: string;
    kind: "BASE_FILMS" | "PHANTOMS";
    name: string;
  } | null> {
    const { baseFilms } = this.#deps;
    const begun = this.#run.rehearsal;
    const isHere = baseFilms !== null && existsSync(baseFilms);
    if (begun === "BASE_FILMS" && !isHere)
      throw new ChangedObjectError(
        "The run began with the base's own films, which are not on this machine.",
      );
    if (isHere && begun !== "PHANTOMS")
      return { manifest: baseFilms, kind: "BASE_FILMS", name: "base-films" };
    const judged = barsDocument.parse(this.#run.bars.document).phantoms;
    const manifest = await drawRehearsal({
      folder: join(this.#folder, "rehearsal"),
      films: settings.phantoms,
      seed: rehearsalSeed(this.#run.seed, judged),
      onFilm: (done, total) => {
        this.#queue(() => this.#tell({ phase: "drawing", done, total }));
        return this.#isHalted;
      },
    });
    return manifest === null
      ? null
      : { manifest, kind: "PHANTOMS", name: "phantoms" };
  }

  async #follow(
    command: "fine-tune" | "recalibrate",
    memoryMegabytes: number,
    args: readonly string[],
  ): Promise<ChildEnd> {
    const out = this.#candidateFolder;
    await rm(out, { recursive: true, force: true });
    if (this.#isHalted) return { how: "halted" };
    const { name, byEmail, datasetSha256 } = this.#run;
    this.#child = startTrainingChild({
      command,
      memoryMegabytes,
      args: [
        ...args,
        ...["--model", this.#baseDir, "--out", out],
        ...["--id", name, "--by", byEmail],
        // For the candidate's card.
        ...["--dataset", datasetSha256, "--bars", barsOf(this.#run)],
      ],
      onLine: (line) => this.#queue(() => this.#write(line)),
    });
    const end = await this.#child.ended;
    await this.#writing;
    return end;
  }

  /** Writes one after the other; what cannot be written is no end of a run. */
  #queue(write: () => Promise<void>): void {
    this.#writing = this.#writing
      .then(write)
      .catch((error: unknown) =>
        this.#deps.logger.warn(
          { err: error, run: this.#run.id },
          "what a run said could not be written down",
        ),
      );
  }

  get #candidateFolder(): string {
    return join(this.#folder, "candidate");
  }

  #ended(end: ChildEnd, rehearsal: TrainingRehearsal): AttemptEnd {
    switch (end.how) {
      case "done":
        return { how: "done", folder: this.#candidateFolder, rehearsal };
      case "halted":
      case "died":
        return end;
      case "over-memory":
        return { how: "failed", code: "memory", why: end.why };
      case "failed":
        return { how: "failed", code: "failed", why: end.why };
    }
  }

  async #write(line: TrainingLine): Promise<void> {
    const { client, clock } = this.#deps;
    const { id } = this.#run;
    switch (line.type) {
      case "log":
        await insertLine(client, id, clock.now(), line.text);
        return;
      case "engine":
        await this.#note({ engine: line.engine });
        return;
      case "progress":
        await this.#tell(line);
        return;
      case "point": {
        const { phase, step, loss, heldOutLoss, auroc, drift } = line;
        const measured = { loss, heldOutLoss, auroc, drift };
        await insertPoint(client, { runId: id, phase, step, ...measured });
        return;
      }
      case "saved":
        await this.#keep(line);
        return;
    }
  }

  /** Puts where the run stands where another machine can take it from. */
  async #keep(at: Extract<TrainingLine, { type: "saved" }>): Promise<void> {
    const { objectStore } = this.#deps;
    const state = join(this.#folder, "state");
    const kept = join(this.#folder, "kept");
    await mkdir(kept, { recursive: true });
    const names = [`${at.name}.bin`, `${at.name}.json`];
    // The child writes the next state meanwhile.
    for (const name of names)
      await copyFile(join(state, name), join(kept, name));
    const { phase, step } = at;
    const files = await storeFiles(objectStore, kept, names);
    const before = this.#checkpoint?.files ?? [];
    const checkpoint = { phase, step, files };
    if (!(await this.#note({ checkpoint, attempts: 0 }))) return;
    this.#checkpoint = checkpoint;
    const current = new Set(files.map(({ sha256 }) => sha256));
    await dropFiles(
      objectStore,
      before.filter(({ sha256 }) => !current.has(sha256)),
    );
  }

  /** The last of a phase is always written. */
  async #tell(at: {
    phase: string;
    done: number;
    total: number;
  }): Promise<void> {
    const now = Date.now();
    if (at.done !== at.total && now - this.#toldAt < TELL_MS) return;
    this.#toldAt = now;
    const { phase, done, total } = at;
    await this.#note({ phase, done, total });
  }

  #note(data: Parameters<typeof noteProgress>[3]): Promise<boolean> {
    return noteProgress(this.#deps.client, this.#run.id, this.#token, data);
  }

  /** Says that it lives; halts where the run is halted, or no longer its. */
  async #beat(): Promise<void> {
    try {
      const { client, logger } = this.#deps;
      const { id } = this.#run;
      const state = await renewLease(client, id, this.#token, LEASE_SECONDS);
      if (state === "RUNNING" || this.#isHalted) return;
      logger.info({ run: id, state }, "a run is halted");
      this.halt();
    } catch (error) {
      // The database is away: the lease runs out, the child ends by itself
      // when nobody believes in this trainer any more.
      this.#deps.logger.warn({ err: error }, "no sign of life was written");
    }
  }
}

/** The bars of a run as its commands take them: a limit a line of the card. */
function barsOf({ bars: { version, document } }: TrainingRunRow): string {
  const { bars } = barsDocument.parse(document);
  return JSON.stringify({
    version,
    bars: bars.map(({ set, measure, limit, leastFilms }) => ({
      ...{ set, measure, limit, leastFilms },
    })),
  });
}
