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
import {
  openProcess,
  openThread,
  type WorkerChannel,
  type WorkerEnd,
} from "./worker-channel.ts";

/** Bounds of one worker. */
export interface WorkerBounds {
  timeoutMs: number;
  maxOldSpaceMb: number;
  /** Whether it runs in a process of its own. */
  isProcess: boolean;
}

type Output = Jobs[JobKind]["output"];

interface Running {
  resolve: (output: Output) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/**
 * One worker that does one job at a time. It ends, for good, when a job takes
 * too long, runs out of memory or crashes it: `onEnd` tells the pool to put a
 * new one in its place.
 */
export class WorkerSlot {
  readonly #channel: WorkerChannel;
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
    const open = bounds.isProcess ? openProcess : openThread;
    this.#channel = open(settings, bounds.maxOldSpaceMb);
  }

  /**
   * Starts a worker and waits until its model is loaded.
   *
   * @throws InferenceError what the worker could not load; `engine-crashed`
   * where a signal took it down.
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
      this.#channel.post(request);
    });
  }

  /** Ends the worker; a running job is rejected. */
  async stop(): Promise<void> {
    this.#settle()?.reject(
      new InferenceError("engine-unavailable", "The pool was closed."),
    );
    this.#ended = true;
    await this.#channel.terminate();
  }

  #ready(): Promise<ClassifierFacts | null> {
    return new Promise((resolve, reject) => {
      let isReady = false;
      this.#channel.onReply((reply: WorkerReply) => {
        if (reply.type === "failed") {
          this.#ended = true;
          void this.#channel.terminate();
          reject(fromWire(reply.error));
        } else if (reply.type === "ready") {
          isReady = true;
          resolve(reply.classifier);
        } else this.#answer(reply);
      });
      this.#channel.onEnd((end) => {
        const error = crash(end);
        if (isReady) this.#fail(error);
        else {
          this.#ended = true;
          reject(error);
        }
      });
    });
  }

  #answer(reply: Extract<WorkerReply, { type: "done" | "refused" }>): void {
    const running = this.#settle();
    if (reply.type === "done") running?.resolve(reply.output);
    else running?.reject(fromWire(reply.error));
  }

  #fail(error: InferenceError): void {
    if (this.#ended) return;
    this.#ended = true;
    const running = this.#settle();
    // The replacement starts once the memory of this one is given back.
    void this.#channel.terminate().finally(() => {
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

function crash({ error, bySignal }: WorkerEnd): InferenceError {
  const detail = error.message;
  if (bySignal) {
    return new InferenceError(
      "engine-crashed",
      `The engine's worker was ended from outside the film: ${detail}.`,
      { cause: error },
    );
  }
  const isMemory = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
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
