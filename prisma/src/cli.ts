import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const packageDir = dirname(dirname(fileURLToPath(import.meta.url)));

/** What a Prisma CLI call printed and how it ended. */
export interface CliResult {
  code: number;
  output: string;
}

/**
 * Runs Prisma's CLI with the schema engine of `engine/` in place of the
 * binary that it would download.
 */
export function runPrismaCli(
  args: string[],
  databaseUrl?: string,
): Promise<CliResult> {
  const cli = join(
    dirname(require.resolve("prisma/package.json")),
    "build/index.js",
  );
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: packageDir,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: join(
          packageDir,
          "engine/schema-engine.mjs",
        ),
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
        ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      },
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
