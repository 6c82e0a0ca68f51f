import { spawn } from "node:child_process";
import { join } from "node:path";
import { StartFailure } from "./failure.ts";
import { endOf } from "./signal-group.ts";

export interface BuildOptions {
  /** Gives the build up; resolved only once its processes have ended. */
  signal?: AbortSignal;
  /** Told the process group of the build. */
  onSpawn?: (pid: number) => void;
}

/**
 * Generates the database client, and builds the web, where their inputs
 * changed; Turborepo knows by content hash, so an unchanged tree costs about
 * a second.
 *
 * @throws StartFailure with what the build printed.
 */
export async function buildAll(
  root: string,
  options: BuildOptions = {},
): Promise<void> {
  await turbo(
    root,
    [
      "run",
      "generate",
      "build",
      "--filter=@lung-iris/prisma",
      "--filter=@lung-iris/web",
    ],
    "build",
    options,
  );
}

/** Generates the database client only. */
export async function generateClient(
  root: string,
  options: BuildOptions = {},
): Promise<void> {
  const args = ["run", "generate", "--filter=@lung-iris/prisma"];
  await turbo(root, args, "database client", options);
}

/** Generates the database client and the typed documents only. */
export async function generate(root: string): Promise<void> {
  await turbo(root, ["run", "generate"], "code generation", {});
}

async function turbo(
  root: string,
  args: string[],
  what: string,
  { signal, onSpawn }: BuildOptions,
): Promise<void> {
  signal?.throwIfAborted();
  const child = spawn(
    process.execPath,
    [
      join(root, "node_modules/turbo/bin/turbo"),
      ...args,
      "--output-logs=errors-only",
      "--no-color",
    ],
    {
      cwd: root,
      // Its own group: ended as a whole, whoever was told to stop.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        TURBO_TELEMETRY_DISABLED: "1",
        DO_NOT_TRACK: "1",
        NEXT_TELEMETRY_DISABLED: "1",
        NODE_ENV: "production",
      },
    },
  );
  if (child.pid !== undefined) onSpawn?.(child.pid);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  // Turborepo leads its tasks in groups of their own and hands SIGINT on.
  const code = await endOf(child, signal, "SIGINT");
  signal?.throwIfAborted();
  if (code === 0) return;
  throw new StartFailure(explain(what, root, output));
}

/** One sentence where the reason is known, else what the build printed. */
function explain(what: string, root: string, output: string): string {
  if (/ENOSPC|No space left on device/.test(output))
    return `The ${what} failed: the disk of ${root} is full. Free some space (a build takes about 700 MB) and start again.`;
  const missing =
    /(?:Can't resolve|Cannot find (?:module|package)) '([^'./][^']*)'/.exec(
      output,
    )?.[1];
  if (missing !== undefined)
    return `The ${what} failed: the package ${missing} is not installed. Run \`npm ci\`, which brings what this version needs, and start again.`;
  return `The ${what} failed:\n${output.trim()}`;
}
