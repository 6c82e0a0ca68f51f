/**
 * Where a worker runs. Engines in WebAssembly run in a thread, which shares
 * memory with the pool; engines of machine code in a process of their own,
 * because a fault in them ends whatever they run in.
 */
import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

import type { JobRequest, WorkerReply, WorkerSettings } from "./messages.ts";

/** How a worker ended. */
export interface WorkerEnd {
  error: Error;
  /**
   * Ended by a signal that the pool did not send: a fault of machine code, or
   * the system that wants memory back. It says nothing of the film.
   */
  bySignal: boolean;
}

/** The pool's end of the line to one worker. */
export interface WorkerChannel {
  post(request: JobRequest): void;
  onReply(listener: (reply: WorkerReply) => void): void;
  /** Called once, when the worker is gone. */
  onEnd(listener: (end: WorkerEnd) => void): void;
  terminate(): Promise<void>;
}

const ENTRY = new URL("./worker-entry.mjs", import.meta.url);

/** @param maxOldSpaceMb JavaScript heap of the worker */
export function openThread(
  settings: WorkerSettings,
  maxOldSpaceMb: number,
): WorkerChannel {
  const worker = new Worker(ENTRY, {
    workerData: settings,
    // Flags of the parent (loaders, test runners) are not for the thread.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: maxOldSpaceMb },
    name: "film-worker",
  });
  return {
    post: (request) => {
      worker.postMessage(request, [ownBuffer(request.bytes)]);
    },
    onReply: (listener) => {
      worker.on("message", listener);
    },
    onEnd: (listener) => {
      let told = false;
      const tell = (error: Error): void => {
        if (told) return;
        told = true;
        listener({ error, bySignal: false });
      };
      worker.on("error", (error) => {
        tell(error instanceof Error ? error : new Error(String(error)));
      });
      worker.on("exit", () => {
        tell(new Error("the thread ended"));
      });
    },
    terminate: async () => {
      await worker.terminate();
    },
  };
}

/**
 * What a shell makes of a signal: 128 and its number (ILL, ABRT, BUS, FPE,
 * KILL, SEGV).
 */
const SIGNAL_CODES = new Set([132, 134, 135, 136, 137, 139]);
/** V8 says so on standard error before it gives up for want of heap. */
const OUT_OF_HEAP = "JavaScript heap out of memory";
const STDERR_TAIL = 4000;

/** The same in a process of its own. */
export function openProcess(
  settings: WorkerSettings,
  maxOldSpaceMb: number,
): WorkerChannel {
  const child = fork(fileURLToPath(ENTRY), [JSON.stringify(settings)], {
    execArgv: [`--max-old-space-size=${String(maxOldSpaceMb)}`],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const said = tailOf(child);
  return {
    post: (request) => {
      // A worker that is going has its end told; nothing is lost here.
      child.send(request, () => undefined);
    },
    onReply: (listener) => {
      child.on("message", (reply) => {
        // Sent by `film-worker.ts` alone, in this shape.
        listener(reply as WorkerReply);
      });
    },
    onEnd: (listener) => {
      child.on("error", (error) => {
        listener({ error, bySignal: false });
      });
      child.on("exit", (code, signal) => {
        listener(endOf(code, signal, said()));
      });
    },
    // Without its own exit handlers: unloading is where libraries fault.
    terminate: () => ended(child),
  };
}

/** Passes standard error on and remembers the end of it. */
function tailOf(child: ChildProcess): () => string {
  let tail = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    tail = (tail + text).slice(-STDERR_TAIL);
    process.stderr.write(text);
  });
  return () => tail;
}

function endOf(
  code: number | null,
  signal: NodeJS.Signals | null,
  said: string,
): WorkerEnd {
  if (said.includes(OUT_OF_HEAP)) {
    const error = Object.assign(new Error("the process ran out of heap"), {
      code: "ERR_WORKER_OUT_OF_MEMORY",
    });
    return { error, bySignal: false };
  }
  const how = signal ?? `exit code ${String(code)}`;
  return {
    error: new Error(`the process ended (${how})`),
    bySignal: signal !== null || SIGNAL_CODES.has(code ?? 0),
  };
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    child.once("exit", () => {
      resolve();
    });
    child.kill("SIGKILL");
  });
}

function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer) return buffer;
  throw new TypeError("a film's bytes must not lie in shared memory");
}
