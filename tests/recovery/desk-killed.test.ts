import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, type Database } from "@lung-iris/prisma";
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from "@lung-iris/local-postgres";
import { migrateDeploy } from "@lung-iris/prisma/migrate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AuditLog } from "../../apps/api/src/audit/audit-log.ts";
import { DEMO_PASSWORD } from "../../apps/api/src/demo/demo-login.ts";
import { seedDemoPeople } from "../../apps/api/src/demo/demo-users.ts";
import { systemClock } from "../../apps/api/src/platform/clock.ts";
import { migrateJobs } from "../../apps/api/src/platform/job-queue.ts";
import { expectOnePredictionEach, expectWholeChain } from "../testkit/chain.ts";
import { createClient, type TestClient } from "../testkit/client.ts";
import { chestPng, upload, type FilmPart } from "../testkit/films.ts";
import { startProcess, type DeskProcess } from "../testkit/processes.ts";
import { until } from "../testkit/worker.ts";

const FILMS = 9;

let folder: string;
let postgres: EmbeddedPostgres;
let database: Database;
let api: DeskProcess;
let worker: DeskProcess;
let films: FilmPart[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lung-iris-killed-"));
  postgres = await startEmbeddedPostgres({ dataDir: folder });
  await migrateDeploy(postgres.url);
  await migrateJobs(postgres.url);
  database = createDatabase(postgres.url, { poolSize: 3 });
  const audit = new AuditLog(database.client, systemClock);
  await seedDemoPeople(audit, systemClock.now());
  for (let seed = 1; seed <= FILMS; seed++) {
    const bytes = await chestPng(seed);
    films.push({ name: `${String(seed)}.png`, bytes });
  }
  api = startProcess("main.ts", environment());
  worker = startProcess("worker-main.ts", environment());
  await Promise.all([api.says("listening"), worker.says("taking jobs")]);
}, 300_000);
afterAll(async () => {
  await api.end("SIGKILL");
  await worker.end("SIGKILL");
  await database.close();
  await postgres.stop();
  films = [];
  await rm(folder, { recursive: true, force: true });
});

function environment(): Record<string, string> {
  return {
    DATABASE_URL: postgres.url,
    LUNG_IRIS_DATA: folder,
    LUNG_IRIS_API_PORT: "0",
    LUNG_IRIS_DEMO: "1",
  };
}

function address(): string {
  const port = /"port":(\d+)/.exec(api.output())?.[1];
  return `http://127.0.0.1:${port ?? ""}`;
}

async function staff(): Promise<TestClient> {
  const answer = await createClient(address()).execute(
    `mutation { signIn(email: "staff@demo.lung-iris", password: "${DEMO_PASSWORD}") { token } }`,
  );
  const { signIn } = answer.anyData() as { signIn: { token: string } };
  return createClient(address(), signIn.token);
}

async function send(some: FilmPart[]): Promise<string[]> {
  const { results } = await upload(await staff(), some);
  return results.map(({ outcome }) => outcome);
}

/** Whether a query succeeds; the database may be away. */
async function holds(check: () => Promise<boolean>): Promise<boolean> {
  return check().catch(() => false);
}

const assessed = (films_: number) =>
  holds(async () => (await database.client.prediction.count()) >= films_);

describe("a desk whose parts are killed", () => {
  it("loses no accepted film when the database is killed, and goes on by itself", async () => {
    expect(await send(films.slice(0, 5))).toEqual(
      films.slice(0, 5).map(() => "accepted"),
    );
    await until(() => assessed(1), "no film is assessed", 120);
    process.kill(postgres.pid, "SIGKILL");
    await postgres.exited;
    postgres = await startEmbeddedPostgres({
      dataDir: folder,
      port: postgres.port,
    });
    await until(() => assessed(5), "the worker does not come back", 180);
    await expectOnePredictionEach(database.client, 5);
    await expectWholeChain(database.client);
    const health = await fetch(`${address()}/readyz`);
    expect(health.status).toBe(200);
  }, 400_000);

  it("keeps what it accepted when the API is killed while films come in", async () => {
    const sending = send(films.slice(5)).catch(() => ["broken off"]);
    await until(
      () => holds(async () => (await database.client.image.count()) >= 6),
      "no further film arrives",
      120,
    );
    await api.end("SIGKILL");
    await sending;
    api = startProcess("main.ts", environment());
    await api.says("listening");
    // Sent again: what was accepted before is known, the rest is taken.
    const outcomes = await send(films.slice(5));
    expect(outcomes).toContain("duplicate");
    expect(outcomes).not.toContain("refused");
    await until(() => assessed(FILMS), "a film has no prediction", 120);
    await expectOnePredictionEach(database.client, FILMS);
    await expectWholeChain(database.client);
  }, 400_000);
});
