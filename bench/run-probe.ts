import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs a measurement in a process of its own.
 *
 * @param threads of the tensorflow engine, which uses all cores for one film
 *   unless told not to; onnxruntime and wasm take one in any case.
 * @returns what it prints: its own JSON, of the type asked for.
 */
export async function runProbe<T>(
  script: string,
  args: readonly string[],
  threads = 1,
): Promise<T> {
  const { stdout } = await run(
    process.execPath,
    ["--import", "tsx", script, ...args],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        TF_NUM_INTRAOP_THREADS: String(threads),
        TF_NUM_INTEROP_THREADS: "1",
      },
      maxBuffer: 2 ** 24,
    },
  );
  return JSON.parse(stdout) as T;
}
