import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** A process of the product, as the launcher starts it. */
export interface DeskProcess {
  pid: number;
  /** What it wrote so far, both streams. */
  output(): string;
  /** Resolves once the text was written; fails when the process ends first. */
  says(text: string): Promise<void>;
  /** Waits for the end that comes by itself; the exit code, if there is one. */
  ended(): Promise<number | null>;
  /** Sends the signal and waits for the end; the exit code, if there is one. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
}

/** Starts a file of apps/api with the environment of a desk. */
export function startProcess(
  file: string,
  environment: Readonly<Record<string, string>>,
): DeskProcess {
  const child = spawn(
    process.execPath,
    ["--import", import.meta.resolve("tsx"), join(ROOT, "apps/api/src", file)],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        TSX_TSCONFIG_PATH: join(ROOT, "apps/api/tsconfig.json"),
        LUNG_IRIS_SECRET: "only-for-tests-0123456789-0123456789",
        LUNG_IRIS_ENGINE: "wasm",
        LUNG_IRIS_WORKERS: "1",
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let written = "";
  const gather = (chunk: Buffer) => (written += chunk.toString("utf8"));
  child.stdout.on("data", gather);
  child.stderr.on("data", gather);
  return {
    pid: child.pid ?? 0,
    output: () => written,
    says: (text) => untilWritten(child, () => written, text),
    async ended() {
      // Both streams are read to their ends by then.
      if (child.exitCode === null && child.signalCode === null)
        await once(child, "close");
      return child.exitCode;
    },
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) {
        return child.exitCode;
      }
      const exited = once(child, "exit");
      child.kill(signal);
      await exited;
      return child.exitCode;
    },
  };
}

async function untilWritten(
  child: ChildProcess,
  written: () => string,
  text: string,
): Promise<void> {
  while (!written().includes(text)) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`the process ended before "${text}": ${written()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
