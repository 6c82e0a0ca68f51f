import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createDatabase } from "@lung-iris/prisma";
import type { Database } from "@lung-iris/prisma";
import { startEmbeddedPostgres } from "@lung-iris/local-postgres";
import { migrateDeploy } from "@lung-iris/prisma/migrate";
import { AuditLog } from "../apps/api/src/audit/audit-log.ts";
import { DEMO_PASSWORD } from "../apps/api/src/demo/demo-login.ts";
import { seedDemoPeople } from "../apps/api/src/demo/demo-users.ts";
import { systemClock } from "../apps/api/src/platform/clock.ts";
import { migrateJobs } from "../apps/api/src/platform/job-queue.ts";
import { API_NODE_ARGUMENTS } from "../scripts/start/services.ts";
import type { Parts } from "./processor-time.ts";
import { uploadFilm } from "./upload-film.ts";

/** API and worker as the launcher starts them, on an empty desk. */
export interface BenchDesk {
  database: Database;
  url: string;
  token: string;
  /** What works on a film beside who sends it. */
  parts: Parts;
  /** Milliseconds of one worklist query as the web asks it. */
  timeWorklist(): Promise<number>;
  /** Uploads one film; the outcome. */
  upload(name: string, bytes: Uint8Array): Promise<string>;
}

/** Runs `work` on a desk of its own with the wasm engine; removes it all. */
export async function withBenchDesk<T>(
  work: (desk: BenchDesk) => Promise<T>,
): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), "lung-iris-bench-"));
  const postgres = await startEmbeddedPostgres({ dataDir });
  const stops: (() => Promise<void>)[] = [];
  try {
    await migrateDeploy(postgres.url);
    await migrateJobs(postgres.url);
    const database = createDatabase(postgres.url, { poolSize: 2 });
    stops.push(() => database.close());
    const audit = new AuditLog(database.client, systemClock);
    await seedDemoPeople(audit, systemClock.now());
    const start = (
      file: string,
      ready: RegExp,
      nodeArguments: readonly string[] = [],
    ) => startProcess(file, ready, dataDir, postgres.url, nodeArguments);
    const worker = await start("worker-main.ts", /taking jobs/);
    stops.push(worker.stop);
    const api = await start("main.ts", /"port":(\d+)/, API_NODE_ARGUMENTS);
    stops.push(api.stop);
    const url = `http://127.0.0.1:${api.match[1] ?? ""}`;
    const parts = {
      "the API": api.pid,
      "the worker": worker.pid,
      PostgreSQL: postgres.pid,
    };
    return await work(await connect(url, database, parts));
  } finally {
    for (const stop of stops.reverse()) await stop();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

const WORKLIST = `{ worklist(first: 50) { edges { node {
  id state urgency urgencyReasons probability threshold arrivedAt
  patient { name mrn sex } study { description patientAgeYears images { id } }
  assignee { name } } } totalCount } }`;

async function connect(
  url: string,
  database: Database,
  parts: Parts,
): Promise<BenchDesk> {
  const ask = async (query: string, token: string | null): Promise<unknown> => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query }),
    });
    const body: unknown = await response.json();
    if (JSON.stringify(body).includes(`"errors"`)) {
      throw new Error(`the desk refused: ${JSON.stringify(body)}`);
    }
    return body;
  };
  const signedIn = JSON.stringify(
    await ask(
      `mutation { signIn(email: "staff@demo.lung-iris", password: "${DEMO_PASSWORD}") { token } }`,
      null,
    ),
  );
  const token = /"token":"([^"]+)"/.exec(signedIn)?.[1] ?? "";
  return {
    database,
    url,
    token,
    parts,
    async timeWorklist() {
      const start = performance.now();
      await ask(WORKLIST, token);
      return performance.now() - start;
    },
    upload: (name, bytes) => uploadFilm({ url, token }, name, bytes),
  };
}

/** Starts one of the API's programs and waits until it says that it is ready. */
export async function startProcess(
  file: string,
  ready: RegExp,
  dataDir: string,
  databaseUrl: string,
  nodeArguments: readonly string[] = [],
): Promise<{
  match: RegExpExecArray;
  pid: number;
  stop: () => Promise<void>;
}> {
  const root = join(import.meta.dirname, "..");
  // A folder to look into afterwards, for whoever seeks what takes the time.
  const profile = process.env["LUNG_IRIS_BENCH_PROFILE"];
  const child = spawn(
    process.execPath,
    [
      ...nodeArguments,
      ...(profile === undefined
        ? []
        : ["--cpu-prof", `--cpu-prof-dir=${profile}`]),
      "--import",
      import.meta.resolve("tsx"),
      join(root, "apps/api/src", file),
    ],
    {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: "production",
        TSX_TSCONFIG_PATH: join(root, "apps/api/tsconfig.json"),
        DATABASE_URL: databaseUrl,
        LUNG_IRIS_SECRET: "only-for-benchmarks-0123456789-01234567",
        LUNG_IRIS_DATA: dataDir,
        LUNG_IRIS_API_PORT: "0",
        LUNG_IRIS_DEMO: "1",
        LUNG_IRIS_ENGINE: "wasm",
        LUNG_IRIS_LOG_LEVEL: "info",
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let written = "";
  const gather = (chunk: Buffer) => (written += chunk.toString("utf8"));
  child.stdout.on("data", gather);
  child.stderr.on("data", gather);
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGTERM");
    await exited;
  };
  for (;;) {
    const match = ready.exec(written);
    if (match) return { match, pid: child.pid ?? 0, stop };
    if (child.exitCode !== null) throw new Error(`${file}: ${written}`);
    await sleep(50);
  }
}
