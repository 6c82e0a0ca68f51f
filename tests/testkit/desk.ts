import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "@lung-iris/local-postgres";
import { createDatabase, type Database } from "@lung-iris/prisma";
import { z } from "zod";
import { systemClock, type Clock } from "../../apps/api/src/platform/clock.ts";
import { until } from "./worker.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const RUN_RECORD = z.object({
  children: z.array(z.object({ name: z.string(), pid: z.number() })),
});

/** `npm start` as it runs for people: launcher, embedded database, services. */
export interface RunningDesk {
  /** Of the API. */
  address: string;
  dataDir: string;
  database: Database;
  clock: Clock;
  /** What the launcher wrote so far, both streams. */
  output(): string;
  /** Waits until the launcher has written the text. */
  says(text: string, seconds?: number): Promise<void>;
  /** The present process of a service. */
  pidOf(name: "api" | "worker" | "trainer" | "web"): Promise<number>;
  postgresPid(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts the API and the worker (the web needs a build) and waits for both. */
export async function startDesk(
  dataDir: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningDesk> {
  const apiPort = await freePort();
  const databasePort = await freePort();
  const child = spawn(
    process.execPath,
    ["--import", import.meta.resolve("tsx"), "scripts/start/main.ts"],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        LUNG_IRIS_DATA: dataDir,
        LUNG_IRIS_API_PORT: String(apiPort),
        LUNG_IRIS_DB_PORT: String(databasePort),
        LUNG_IRIS_SERVICES: "api,worker",
        LUNG_IRIS_DEMO: "0",
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
  const says = (text: string, seconds = 180) =>
    until(
      () => {
        if (!isRunning(child)) throw new Error(`the desk ended: ${written}`);
        return Promise.resolve(written.includes(text));
      },
      `the launcher does not say "${text}"`,
      seconds,
    );
  try {
    await says("Ready", 600);
  } catch (error) {
    child.kill("SIGTERM");
    throw error;
  }
  const password = await readFile(
    join(dataDir, "secrets/postgres-password"),
    "utf8",
  );
  const url = `postgresql://postgres:${password.trim()}@127.0.0.1:${String(databasePort)}/lung_iris`;
  const database = createDatabase(url, { poolSize: 3 });
  return {
    address: `http://127.0.0.1:${String(apiPort)}`,
    dataDir,
    database,
    clock: systemClock,
    output: () => written,
    says,
    async pidOf(name) {
      const text = await readFile(join(dataDir, "run.json"), "utf8");
      const { children } = RUN_RECORD.parse(JSON.parse(text));
      return children.find((entry) => entry.name === name)?.pid ?? 0;
    },
    async postgresPid() {
      const file = join(dataDir, "database/postmaster.pid");
      return Number((await readFile(file, "utf8")).split("\n")[0]);
    },
    async stop() {
      await database.close();
      if (!isRunning(child)) return;
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
    },
  };
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** Whether the API answers /healthz, asked once. */
export async function isHealthy(address: string): Promise<boolean> {
  try {
    const response = await fetch(`${address}/healthz`, {
      signal: AbortSignal.timeout(5_000),
    });
    return response.ok;
  } catch {
    return false;
  }
}

/** Asks /healthz all the while; the failures and the slowest answer. */
export function watchHealth(address: string) {
  const seen = { asked: 0, failed: 0, slowestMs: 0 };
  // A field, not a variable: the loop must see it change.
  const watch = { isDone: false };
  const watching = (async () => {
    while (!watch.isDone) {
      const startedAt = performance.now();
      const isUp = await isHealthy(address);
      const took = performance.now() - startedAt;
      seen.asked += 1;
      if (!isUp) seen.failed += 1;
      seen.slowestMs = Math.max(seen.slowestMs, Math.round(took));
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    return seen;
  })();
  return () => {
    watch.isDone = true;
    return watching;
  };
}
