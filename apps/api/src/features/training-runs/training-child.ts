import { spawn, type ChildProcess } from "node:child_process";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { repositoryRoot } from "../../platform/repository-root.ts";

/** As packages/inference/training/tune/run-report.ts writes them. */
const lineSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("log"), text: z.string() }),
  z.object({ type: z.literal("engine"), engine: z.string() }),
  z.object({
    type: z.literal("progress"),
    phase: z.string(),
    done: z.int(),
    total: z.int(),
  }),
  z.object({
    type: z.literal("point"),
    phase: z.string(),
    step: z.int(),
    loss: z.number(),
    heldOutLoss: z.number().nullable(),
    auroc: z.number().nullable(),
    drift: z.number().nullable(),
  }),
  z.object({
    type: z.literal("saved"),
    name: z.string().regex(/^state-[ab]$/u),
    phase: z.string(),
    step: z.int(),
  }),
]);
export type TrainingLine = z.infer<typeof lineSchema>;

/** It was told to stop and kept where it stands. */
const STOPPED = 75;
/** It took more memory than it was given. */
const OVER_MEMORY = 73;

/** How a child ended. */
export type ChildEnd =
  | { how: "done" }
  | { how: "halted" }
  | { how: "over-memory"; why: string }
  | { how: "failed"; why: string }
  /** The process itself died: another try may end otherwise. */
  | { how: "died"; why: string };

export interface TrainingChild {
  readonly pid: number | undefined;
  readonly ended: Promise<ChildEnd>;
  /** Asks it to keep where it stands and end; insists after a while. */
  halt(): void;
}

/** Room beside the JavaScript heap: engine, pictures, buffers. */
const HEAP_SHARE = 0.6;
const HALT_LIMIT_MS = 20_000;
/** Lines of an error that are kept; the last ones say most. */
const LAST_LINES = 5;
/** V8's last words where its heap has no more room. */
const HEAP_IS_FULL = "JavaScript heap out of memory";

/**
 * Starts a command of the inference package as a process of its own. It ends
 * with the trainer, whatever becomes of that: its standard input closes.
 */
export function startTrainingChild(options: {
  command: "fine-tune" | "recalibrate";
  args: readonly string[];
  memoryMegabytes: number;
  onLine: (line: TrainingLine) => void;
}): TrainingChild {
  const { command, args, memoryMegabytes, onLine } = options;
  const root = repositoryRoot();
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${String(Math.round(memoryMegabytes * HEAP_SHARE))}`,
      "--import",
      import.meta.resolve("tsx"),
      join(root, "packages", "inference", "bin", `${command}.ts`),
      ...args,
      "--report",
    ],
    {
      cwd: root,
      stdio: ["pipe", "pipe", "pipe"],
    },
  );
  comesLast(child.pid);
  child.stdin.on("error", () => undefined);
  const said: string[] = [];
  let fullHeap: string | null = null;
  createInterface({ input: child.stdout }).on("line", (text) => {
    const line = parsed(text);
    if (line !== null) onLine(line);
  });
  createInterface({ input: child.stderr }).on("line", (text) => {
    if (text.trim() === "") return;
    // What follows it is the engine's own stack, line by line.
    if (text.includes(HEAP_IS_FULL)) fullHeap = text;
    said.push(text);
    if (said.length > LAST_LINES) said.shift();
    onLine({ type: "log", text });
  });
  let limit: NodeJS.Timeout | undefined;
  let wasHalted = false;
  return {
    pid: child.pid,
    ended: endOf(child, () => ({
      wasHalted,
      fullHeap,
      why: said.join("\n"),
    })).finally(() => clearTimeout(limit)),
    halt() {
      wasHalted = true;
      child.kill("SIGTERM");
      limit ??= setTimeout(() => child.kill("SIGKILL"), HALT_LIMIT_MS);
    },
  };
}

/** Whoever waits for a film, or for a page, comes first. */
function comesLast(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It ended already, and says why itself.
  }
}

function parsed(text: string): TrainingLine | null {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch {
    return null; // no line of a report: nothing else stands there by contract
  }
}

/** What is known of a child beside its exit code. */
interface Said {
  wasHalted: boolean;
  /** What the engine said when its own memory was full; else null. */
  fullHeap: string | null;
  why: string;
}

function endOf(child: ChildProcess, what: () => Said): Promise<ChildEnd> {
  return new Promise((resolve) => {
    child.on("error", (error) =>
      resolve({ how: "failed", why: error.message }),
    );
    // Not "exit": what it said last is read before.
    child.on("close", (code, signal) => {
      resolve(endAs(code, signal, what()));
    });
  });
}

function endAs(
  code: number | null,
  signal: NodeJS.Signals | null,
  { wasHalted, fullHeap, why }: Said,
): ChildEnd {
  if (code === 0) return { how: "done" };
  if (code === STOPPED || wasHalted) return { how: "halted" };
  if (code === OVER_MEMORY) return { how: "over-memory", why };
  // The engine of JavaScript ends itself where its own part is full: another
  // try would end the same way.
  if (fullHeap !== null) return { how: "over-memory", why: fullHeap };
  if (code !== null) return { how: "failed", why };
  return {
    how: "died",
    why: `The process was ended by ${signal ?? "a signal"}.`,
  };
}
