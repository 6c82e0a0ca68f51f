/** What ends a run before its end: a signal, or the memory that it has taken. */
import { MEMORY_EXIT_CODE, STOPPED_EXIT_CODE } from "./run-report.ts";

const MEGABYTE = 2 ** 20;

/** An end before the end, by the exit code that says so. */
export class Halt extends Error {
  override readonly name = "Halt";

  constructor(
    readonly exitCode: number,
    message: string,
  ) {
    super(message);
  }
}

/** Looked at between two pieces of work. */
export interface HaltWatch {
  isAsked: () => boolean;
  /** Why it halts; to be thrown. */
  error: () => Halt;
}

/**
 * Watches the memory that this process has taken, and the signals that a run
 * keeps where it stands for.
 *
 * @param toTakeLess what a person can do where the memory is not enough
 */
export function haltWatch(
  megabytes: number,
  signals: readonly NodeJS.Signals[],
  toTakeLess: string,
): HaltWatch {
  let signal: string | null = null;
  for (const name of signals) process.on(name, () => (signal = name));
  let taken = 0;
  return {
    isAsked: () => {
      taken = Math.round(process.memoryUsage.rss() / MEGABYTE);
      return signal !== null || taken > megabytes;
    },
    error: () =>
      taken > megabytes
        ? new Halt(
            MEMORY_EXIT_CODE,
            `The run took ${String(taken)} MB of the ${String(megabytes)} that it may: ${toTakeLess}.`,
          )
        : new Halt(
            STOPPED_EXIT_CODE,
            "stopped; the same command goes on from here",
          ),
  };
}
