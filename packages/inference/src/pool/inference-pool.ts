import { availableParallelism } from "node:os";

import type { ModalityRule } from "@lung-iris/dicom";
import { quietenNativeEngine } from "../config.ts";
import { availableEngines, NATIVE_ENGINES } from "../engine/open-net.ts";
import { InferenceError } from "../errors.ts";
import { decodedBytes } from "../image/decoded-size.ts";
import type { HeaderList, HeaderSubject } from "../image/film-header.ts";
import { AS_STORED, type FilmOrientation } from "../image/orient-film.ts";
import type { RenderOptions } from "../image/render-film.ts";
import type { SharedFilm, ShareOptions } from "../image/share-film.ts";
import { defaultModelDir } from "../models/registry.ts";
import type {
  AssessContext,
  Assessment,
  EngineName,
  FilmInfo,
} from "../types.ts";
import type {
  ClassifierFacts,
  JobKind,
  JobRequest,
  Jobs,
  WorkerSettings,
} from "./messages.ts";
import type { InferencePool, InferencePoolOptions } from "./pool-interface.ts";
import { WorkerSlot, type WorkerBounds } from "./worker-slot.ts";

interface Waiting {
  request: JobRequest;
  /** Takes more than `HEAVY_BYTES` when decoded. */
  isHeavy: boolean;
  /** A signal ended its worker once already. */
  isRetry: boolean;
  resolve: (output: Jobs[JobKind]["output"]) => void;
  reject: (error: Error) => void;
}

const THUMBNAIL_SIDE = 320;
/**
 * Films of more decoded bytes are heavy: one of them at a time, whatever the
 * number of workers. A detector's 9 million pixels of 16 bits (18 MiB) are light,
 * so a pool of n workers holds n × 64 + 160 MiB of pixels at the most, not
 * n × 160 (`maxDecodedBytes`), and several as many bytes while it works on them.
 */
const HEAVY_BYTES = 64 * 2 ** 20;
const MAX_RESTARTS_IN_A_ROW = 5;

/**
 * Starts a pool; resolves when every worker has its model loaded.
 *
 * A film that exceeds its time or memory is rejected (`timeout`, `too-large`)
 * and its worker replaced; others go on. Films wait in order, save that of the
 * very large ones one is decoded at a time and smaller ones pass those that wait;
 * with the queue full, further ones are rejected as `busy`. A signal that ends a
 * native engine's process (a fault of its code, the system that wants its memory)
 * costs that worker and one more try of the film, nothing else. `auto` takes the
 * fastest engine whose first worker starts, and `engineNote` says what it left.
 *
 * @throws InferenceError `model-missing`, `model-corrupt`, `engine-unavailable`.
 */
export async function createInferencePool(
  options: InferencePoolOptions,
): Promise<InferencePool> {
  quietenNativeEngine();
  const threads = Math.max(1, options.threads ?? availableParallelism());
  if (options.model === "none") return openPool(null, options, threads);
  const { engine } = options;
  if (engine !== "auto") return openPool(engine, options, threads);
  const notes: string[] = [];
  for (const candidate of availableEngines()) {
    try {
      const pool = await openPool(candidate, options, threads);
      if (notes.length > 0) {
        pool.engineNote = `${notes.join("; ")}; running on ${candidate}`;
      }
      return pool;
    } catch (error) {
      if (!isEngineFault(error)) throw error;
      notes.push(error.message);
    }
  }
  throw new InferenceError("engine-unavailable", notes.join("; "));
}

/** What another engine may do better; a broken model is broken on all. */
function isEngineFault(error: unknown): error is InferenceError {
  return (
    error instanceof InferenceError &&
    (error.code === "engine-unavailable" || error.code === "engine-crashed")
  );
}

async function openPool(
  engine: EngineName | null,
  options: InferencePoolOptions,
  threads: number,
): Promise<WorkerPool> {
  const settings: WorkerSettings = {
    model:
      engine === null
        ? null
        : { dir: options.modelDir ?? defaultModelDir(), engine },
  };
  const bounds: WorkerBounds = {
    timeoutMs: options.timeoutMs ?? 30_000,
    maxOldSpaceMb: options.maxOldSpaceMb ?? 1024,
    isProcess: engine !== null && NATIVE_ENGINES.has(engine),
  };
  const pool = new WorkerPool(settings, bounds, options.maxQueue ?? 512);
  await pool.start(threads);
  return pool;
}

class WorkerPool implements InferencePool {
  threads = 0;
  engineNote: string | null = null;
  readonly #settings: WorkerSettings;
  readonly #bounds: WorkerBounds;
  readonly #maxQueue: number;
  readonly #slots = new Set<WorkerSlot>();
  readonly #queue: Waiting[] = [];
  #hasHeavy = false;
  #facts: ClassifierFacts | null = null;
  #isClosed = false;
  #restarts = 0;

  constructor(
    settings: WorkerSettings,
    bounds: WorkerBounds,
    maxQueue: number,
  ) {
    this.#settings = settings;
    this.#bounds = bounds;
    this.#maxQueue = maxQueue;
  }

  get model(): { id: string; sha256: string } | null {
    return this.#facts?.model ?? null;
  }

  get engine(): EngineName | null {
    return this.#facts?.engine ?? null;
  }

  async start(threads: number): Promise<void> {
    this.threads = threads;
    // Alone first: what is wrong with an engine shows once, not on every core.
    await this.#addWorker();
    const starts = Array.from({ length: threads - 1 }, () => this.#addWorker());
    const failed = (await Promise.allSettled(starts)).find(
      (result) => result.status === "rejected",
    );
    if (failed === undefined) return;
    await this.close();
    throw failed.reason;
  }

  inspect(
    bytes: Uint8Array,
    options: Parameters<InferencePool["inspect"]>[1] = {},
  ): Promise<FilmInfo & { thumbnail?: Uint8Array }> {
    const { thumbnailSide = THUMBNAIL_SIDE, rule = "as-stated" } = options;
    const { keepAt = null } = options;
    return this.#submit("inspect", bytes, { thumbnailSide, rule, keepAt });
  }

  render(
    bytes: Uint8Array,
    options: RenderOptions,
    orientation = AS_STORED,
  ): Promise<Uint8Array> {
    return this.#submit("render", bytes, options, orientation);
  }

  share(
    bytes: Uint8Array,
    options: ShareOptions,
    orientation = AS_STORED,
  ): Promise<SharedFilm> {
    return this.#submit("share", bytes, options, orientation);
  }

  async drawings(bytes: Uint8Array): Promise<Uint8Array | null> {
    return (await this.#submit("drawings", bytes, null)).png;
  }

  async readHeader(bytes: Uint8Array): Promise<HeaderList | null> {
    return (await this.#submit("read-header", bytes, null)).header;
  }

  async leaveOut(
    bytes: Uint8Array,
    hidden: readonly HeaderSubject[],
  ): Promise<Uint8Array | null> {
    return (await this.#submit("leave-out", bytes, { hidden })).bare;
  }

  pixels(bytes: Uint8Array): Promise<{ info: FilmInfo; pixels: Uint16Array }> {
    return this.#submit("pixels", bytes, null);
  }

  assess(
    bytes: Uint8Array,
    context: AssessContext,
    rule: ModalityRule = "as-stated",
    orientation = AS_STORED,
    keptAt: string | null = null,
  ): Promise<{ info: FilmInfo; assessment: Assessment }> {
    const input = { context, rule, keptAt };
    return this.#submit("assess", bytes, input, orientation);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#rejectQueue(
      new InferenceError("engine-unavailable", "The pool was closed."),
    );
    const slots = [...this.#slots];
    this.#slots.clear();
    await Promise.all(slots.map((slot) => slot.stop()));
  }

  #submit<K extends JobKind>(
    kind: K,
    bytes: Uint8Array,
    input: Jobs[K]["input"],
    orientation: FilmOrientation = AS_STORED,
  ): Promise<Jobs[K]["output"]> {
    if (this.#isClosed) {
      return Promise.reject(
        new InferenceError("engine-unavailable", "The pool was closed."),
      );
    }
    if (this.#queue.length >= this.#maxQueue) {
      return Promise.reject(
        new InferenceError(
          "busy",
          `${String(this.#queue.length)} films are waiting already; try again later.`,
        ),
      );
    }
    return new Promise((resolve, reject) => {
      // A tight copy: the caller keeps its bytes, and a view on a larger
      // buffer does not take all of that along.
      const copy = new Uint8Array(bytes);
      // kind and input belong together by the signature above, and what comes
      // back is that kind's output: the compiler cannot follow either.
      const request = { kind, bytes: copy, orientation, input } as JobRequest;
      const settle = resolve as Waiting["resolve"];
      this.#queue.push({
        request,
        isHeavy: decodedBytes(copy) > HEAVY_BYTES,
        isRetry: false,
        resolve: settle,
        reject,
      });
      this.#dispatch();
    });
  }

  #dispatch(): void {
    for (const slot of this.#slots) {
      if (!slot.isIdle) continue;
      const next = this.#takeNext();
      if (next === undefined) return;
      if (next.isHeavy) this.#hasHeavy = true;
      slot
        .run(next.request)
        .then((output) => {
          this.#restarts = 0;
          next.resolve(output);
        })
        .catch((error: unknown) => {
          this.#failed(next, error);
        })
        .finally(() => {
          if (next.isHeavy) this.#hasHeavy = false;
          this.#dispatch();
        });
    }
  }

  /** The first that waits; while a heavy film is at work, the first light one. */
  #takeNext(): Waiting | undefined {
    const at = this.#hasHeavy
      ? this.#queue.findIndex(({ isHeavy }) => !isHeavy)
      : 0;
    return at === -1 ? undefined : this.#queue.splice(at, 1)[0];
  }

  /** A fault of the engine may be the machine's moment: one more try. */
  #failed(job: Waiting, error: unknown): void {
    const mayTryAgain =
      !this.#isClosed &&
      !job.isRetry &&
      error instanceof InferenceError &&
      error.code === "engine-crashed";
    if (mayTryAgain) this.#queue.unshift({ ...job, isRetry: true });
    else job.reject(error instanceof Error ? error : new Error(String(error)));
  }

  async #addWorker(): Promise<void> {
    const { slot, classifier } = await WorkerSlot.start(
      this.#settings,
      this.#bounds,
      () => {
        this.#slots.delete(slot);
        this.#replace();
      },
    );
    if (this.#isClosed) {
      await slot.stop();
      return;
    }
    this.#facts ??= classifier;
    this.#slots.add(slot);
    this.#dispatch();
  }

  #replace(): void {
    if (this.#isClosed) return;
    this.#restarts += 1;
    this.#addWorker().catch((error: unknown) => {
      if (this.#restarts < MAX_RESTARTS_IN_A_ROW) {
        this.#replace();
      } else if (this.#slots.size === 0) {
        this.#rejectQueue(
          new InferenceError(
            "engine-unavailable",
            "No worker could be started again.",
            { cause: error },
          ),
        );
      }
    });
  }

  #rejectQueue(error: InferenceError): void {
    for (const waiting of this.#queue.splice(0)) waiting.reject(error);
  }
}
