import { Worker } from "node:worker_threads";
import { z } from "zod";
import { HOSPITAL_WORDS, PUBLISHED_PASSWORDS } from "./password-words.ts";

const ENTRY = new URL("./strength-thread.mjs", import.meta.url);
/** Characters that are looked at: an unguessable start is enough. */
const MAX_LENGTH = 64;
/** The thread holds 80 MB of words, so it goes when nobody asks. */
const IDLE_MS = 60_000;
/** A thread that does not answer is ended; the question fails. */
const PATIENCE_MS = 60_000;

const answer = z.object({ id: z.number(), guessesLog10: z.number() });

interface Question {
  resolve(guessesLog10: number): void;
  reject(error: Error): void;
}

interface Thread {
  worker: Worker;
  open: Map<number, Question>;
}

let running: Thread | undefined;
let idle: NodeJS.Timeout | undefined;
let asked = 0;

/**
 * Decimal logarithm of the guesses that somebody needs who knows how people
 * choose passwords (zxcvbn: Wheeler, USENIX Security 2016).
 * @param personal words about the person, which are tried first
 */
export function guessesOf(
  password: string,
  personal: readonly string[],
): Promise<number> {
  clearTimeout(idle);
  running ??= startThread();
  const thread = running;
  const id = (asked += 1);
  return new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => {
      end(thread, new Error("The password could not be estimated in time."));
    }, PATIENCE_MS);
    const settle = <T>(then: (value: T) => void) => {
      return (value: T) => {
        clearTimeout(timer);
        thread.open.delete(id);
        if (thread.open.size === 0) endLater(thread);
        then(value);
      };
    };
    thread.open.set(id, { resolve: settle(resolve), reject: settle(reject) });
    thread.worker.ref();
    thread.worker.postMessage({ id, password, personal: [...personal] });
  });
}

function startThread(): Thread {
  const worker = new Worker(ENTRY, {
    workerData: {
      words: [...PUBLISHED_PASSWORDS, ...HOSPITAL_WORDS],
      maxLength: MAX_LENGTH,
    },
    // Flags of the parent (loaders, test runners) are not for the thread.
    execArgv: [],
    name: "password-strength",
  });
  const thread: Thread = { worker, open: new Map() };
  worker.on("message", (message: unknown) => {
    const { id, guessesLog10 } = answer.parse(message);
    thread.open.get(id)?.resolve(guessesLog10);
  });
  worker.on("error", (error: unknown) => {
    end(thread, error instanceof Error ? error : new Error(String(error)));
  });
  return thread;
}

/** Idle, it keeps no process alive, and ends after a while. */
function endLater(thread: Thread): void {
  thread.worker.unref();
  idle = setTimeout(() => {
    end(thread, new Error("The estimator was ended."));
  }, IDLE_MS);
  idle.unref();
}

function end(thread: Thread, reason: Error): void {
  if (running === thread) running = undefined;
  for (const question of thread.open.values()) question.reject(reason);
  void thread.worker.terminate();
}
