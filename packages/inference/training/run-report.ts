/**
 * What a run says while it goes on. For people: lines on standard error; for
 * the process that started it: one JSON a line on standard output.
 */
import { Socket } from "node:net";

import type { Evaluation } from "./tune/tune-state.ts";

/** One line. */
export type RunLine =
  | { type: "log"; text: string }
  | { type: "engine"; engine: string }
  | { type: "progress"; phase: string; done: number; total: number }
  | ({ type: "point" } & Evaluation)
  /** Files of the folder that hold where the run stands. */
  | { type: "saved"; name: string; phase: string; step: number };

/** How a run ends that was told to stop and kept where it stands (EX_TEMPFAIL). */
export const STOPPED_EXIT_CODE = 75;
/** … and one that took more memory than it was given. */
export const MEMORY_EXIT_CODE = 73;

export class RunReport {
  readonly isForProgram: boolean;

  constructor(isForProgram: boolean) {
    this.isForProgram = isForProgram;
    if (!isForProgram) return;
    // The program that started it is gone: nobody waits for what comes of it.
    process.stdin.on("end", () => process.kill(process.pid)).resume();
    // Listening alone must not keep the run from ending.
    if (process.stdin instanceof Socket) process.stdin.unref();
  }

  say(line: RunLine): void {
    if (this.isForProgram) process.stdout.write(`${JSON.stringify(line)}\n`);
    else if (line.type === "log") process.stderr.write(`${line.text}\n`);
    else if (line.type === "point")
      process.stderr.write(`${JSON.stringify(line)}\n`);
  }

  note(text: string): void {
    this.say({ type: "log", text });
  }
}
