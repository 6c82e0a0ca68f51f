import { Worker } from "node:worker_threads";

import { InferenceError } from "../errors.ts";
import {
  fromWire,
  type ClassifierFacts,
  type JobKind,
  type JobRequest,
  type Jobs,
  type WorkerReply,
  type WorkerSettings,
} from "./messages.ts";

/** Bounds of one worker. */
export interface WorkerBounds {
  timeoutMs: number;
  maxOldSpaceMb: number;
}

type Output = Jobs[JobKind]["output"];

interface Running {
  resolve: (output: Output) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

const ENTRY = new URL("./worker-entry.mjs", import.meta.url);

/**
 * One worker thread that does one job at a time. It ends, for good, when a job
 * takes too long, runs out of memory or crashes the thread: `onEnd` tells the
 * pool to put a new one in its place.
 */
export class WorkerSlot {
  readonly #worker: Worker;
  readonly #bounds: WorkerBounds;
  readonly #onEnd: () => void;
  #running: Running | undefined;
  #ended = false;

  private constructor(
    settings: WorkerSettings,
    bounds: WorkerBounds,
    onEnd: () => void,
  ) {
    this.#bounds = bounds;
    this.#onEnd = onEnd;
    this.#worker = new Worker(ENTRY, {
      workerData: settings,
      // Flags of the parent (loaders, test runners) are not for the thread.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: bounds.maxOldSpaceMb },
      name: "film-worker",
    });
  }

  /**
   * Starts a thread and waits until its model is loaded.
   *
   * @throws InferenceError what the thread could not load.
   */
  static async start(
    settings: WorkerSettings,
    bounds: WorkerBounds,
    onEnd: () => void,
  ): Promise<{ slot: WorkerSlot; classifier: ClassifierFacts | null }> {
    const slot = new WorkerSlot(settings, bounds, onEnd);
    const classifier = await slot.#ready();
    return { slot, classifier };
  }

  get isIdle(): boolean {
    return this.#running === undefined && !this.#ended;
  }

  /** Runs one job; only an idle slot may be asked. */
  run(request: JobRequest): Promise<Output> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#fail(
          new InferenceError(
            "timeout",
            `The film took longer than ${String(this.#bounds.timeoutMs / 1000)} s.`,
          ),
        );
      }, this.#bounds.timeoutMs);
      this.#running = { resolve, reject, timer };
      this.#worker.postMessage(request, [ownBuffer(request.bytes)]);
    });
  }

  /** Ends the thread; a running job is rejected. */
  async stop(): Promise<void> {
    this.#settle()?.reject(
      new InferenceError("engine-unavailable", "The pool was closed."),
    );
    this.#ended = true;
    await this.#worker.terminate();
  }

  #ready(): Promise<ClassifierFacts | null> {
    return new Promise((resolve, reject) => {
      const onFirst = (reply: WorkerReply): void => {
        if (reply.type === "failed") {
          this.#ended = true;
          void this.#worker.terminate();
          reject(fromWire(reply.error));
        } else if (reply.type === "ready") {
          this.#worker.off("error", reject);
          this.#listen();
          resolve(reply.classifier);
        }
      };
      this.#worker.once("message", onFirst);
      this.#worker.once("error", reject);
    });
  }

  #listen(): void {
    this.#worker.on("message", (reply: WorkerReply) => {
      const running = this.#settle();
      if (reply.type === "done") running?.resolve(reply.output);
      else if (reply.type === "refused") running?.reject(fromWire(reply.error));
    });
    this.#worker.on("error", (error: unknown) => {
      this.#fail(crash(error));
    });
    this.#worker.on("exit", () => {
      this.#fail(crash(new Error("the thread ended")));
    });
  }

  #fail(error: InferenceError): void {
    if (this.#ended) return;
    this.#ended = true;
    const running = this.#settle();
    // The replacement starts once the memory of this one is given back.
    void this.#worker.terminate().finally(() => {
      running?.reject(error);
      this.#onEnd();
    });
  }

  #settle(): Running | undefined {
    const running = this.#running;
    this.#running = undefined;
    if (running !== undefined) clearTimeout(running.timer);
    return running;
  }
}

function crash(error: unknown): InferenceError {
  const isMemory =
    error instanceof Error &&
    "code" in error &&
    error.code === "ERR_WORKER_OUT_OF_MEMORY";
  const detail = error instanceof Error ? error.message : String(error);
  return isMemory
    ? new InferenceError(
        "too-large",
        "The film needs more memory than a worker may use.",
        { cause: error },
      )
    : new InferenceError("unreadable", `The film ended its worker: ${detail}`, {
        cause: error,
      });
}

function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer) return buffer;
  throw new TypeError("a film's bytes must not lie in shared memory");
}
