import { spawn } from "node:child_process";
import { join } from "node:path";
import { StartFailure } from "./failure.ts";

/**
 * Generates the database client, and builds the web, where their inputs
 * changed; Turborepo knows by content hash, so an unchanged tree costs about
 * a second.
 *
 * @throws StartFailure with what the build printed.
 */
export async function buildAll(root: string): Promise<void> {
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
  );
}

/** Generates the database client and the typed documents only. */
export async function generate(root: string): Promise<void> {
  await turbo(root, ["run", "generate"], "code generation");
}

async function turbo(root: string, args: string[], what: string) {
  const bin = join(root, "node_modules/turbo/bin/turbo");
  const child = spawn(
    process.execPath,
    [bin, ...args, "--output-logs=errors-only", "--no-color"],
    {
      cwd: root,
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
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve(status ?? 1));
  });
  if (code !== 0)
    throw new StartFailure(`The ${what} failed:\n${output.trim()}`);
}
