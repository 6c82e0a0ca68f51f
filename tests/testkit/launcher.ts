import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "@lung-iris/local-postgres";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** What a launcher that ended has said. */
export interface LauncherEnd {
  code: number | null;
  /** Standard output. */
  said: string;
  /** Standard error, trimmed. */
  complaint: string;
}

/** Runs `npm start`'s program to its end, on free ports unless told otherwise. */
export async function runLauncher(
  environment: Readonly<Record<string, string>>,
): Promise<LauncherEnd> {
  const child = spawn(
    process.execPath,
    ["--import", import.meta.resolve("tsx"), "scripts/start/main.ts"],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        LUNG_IRIS_WEB_PORT: String(await freePort()),
        LUNG_IRIS_API_PORT: String(await freePort()),
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  await once(child, "close");
  return { code: child.exitCode, said, complaint: complaint.trim() };
}
