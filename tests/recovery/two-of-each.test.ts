import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../apps/api/src/platform/clock.ts";
import { expectOnePredictionEach, expectWholeChain } from "../testkit/chain.ts";
import { createClient, type TestClient } from "../testkit/client.ts";
import { createTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { chestPng, upload } from "../testkit/films.ts";
import { startProcess, type DeskProcess } from "../testkit/processes.ts";
import { aSite, asStaff } from "../testkit/viewers.ts";
import { until } from "../testkit/worker.ts";

const FILMS = 8;

let folder: string;
let database: TestDatabase;
const running: DeskProcess[] = [];
let apis: DeskProcess[] = [];
let workers: DeskProcess[] = [];

/** As docs/operations.md says: what is shared, and what each has of its own. */
function machine(name: string): Record<string, string> {
  return {
    DATABASE_URL: database.url,
    LUNG_IRIS_OBJECT_STORE: join(folder, "films"),
    LUNG_IRIS_DATA: join(folder, name),
    LUNG_IRIS_API_PORT: "0",
    LUNG_IRIS_DEMO: "0",
  };
}

function start(file: string, name: string): DeskProcess {
  const child = startProcess(file, machine(name));
  running.push(child);
  return child;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lung-iris-two-"));
  database = await createTestDatabase();
  apis = ["a", "b"].map((name) => start("main.ts", name));
  workers = ["a", "b"].map((name) => start("worker-main.ts", name));
  await Promise.all([
    ...apis.map((api) => api.says("listening")),
    ...workers.map((worker) => worker.says("taking jobs")),
  ]);
}, 300_000);
afterAll(async () => {
  // A stopped process hears nothing but this.
  await Promise.all(running.map((child) => child.end("SIGKILL")));
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

function addressOf(api: DeskProcess): string {
  return `http://127.0.0.1:${/"port":(\d+)/.exec(api.output())?.[1] ?? ""}`;
}

async function staffAtBoth(): Promise<TestClient[]> {
  const address = addressOf(apis[0] ?? start("main.ts", "a"));
  const desk = { database: database.database, clock: systemClock, address };
  const staff = await asStaff(desk, (await aSite(desk)).id);
  return apis.map((api) => createClient(addressOf(api), staff.token));
}

const workersSeen = async () =>
  database.database.client.workerProcess.count({ where: { endedAt: null } });

describe("two APIs and two workers on one database", () => {
  it("are one desk: a session, a film and a list are the same at both", async () => {
    const clients = await staffAtBoth();
    for (let n = 1; n <= FILMS; n++) {
      const client = clients[n % 2];
      if (client === undefined) throw new Error("there are two clients");
      const film = { name: `${String(n)}.png`, bytes: await chestPng(n) };
      const { results } = await upload(client, [film]);
      expect(results.map(({ outcome }) => outcome)).toEqual(["accepted"]);
    }
    for (const client of clients) {
      const list = await client.execute("{ worklist { totalCount } }");
      expect(list.anyData()).toEqual({ worklist: { totalCount: FILMS } });
    }
    expect(await workersSeen()).toBe(2);
    await until(
      async () => (await database.database.client.prediction.count()) === FILMS,
      "a film has no prediction",
      240,
    );
    await expectOnePredictionEach(database.database.client, FILMS);
  }, 400_000);

  it("lose nothing when one worker hangs: the other takes its film, and the first joins again", async () => {
    const [first, second] = workers;
    const [client] = await staffAtBoth();
    if (!first || !second || !client) throw new Error("there are two of each");
    // Only the first can take a job, and it is stopped while it holds it.
    process.kill(second.pid, "SIGSTOP");
    const film = { name: "hung.png", bytes: await chestPng(FILMS + 1) };
    await upload(client, [film]);
    const holder = await untilLocked();
    process.kill(first.pid, "SIGSTOP");
    process.kill(second.pid, "SIGCONT");
    await until(
      async () =>
        (await database.database.client.prediction.count()) === FILMS + 1,
      `the film that ${holder} held is not taken over`,
      120,
    );
    await until(
      async () => (await workersSeen()) === 1,
      "nobody misses the worker that hangs",
      120,
    );
    process.kill(first.pid, "SIGCONT");
    await first.says("the job worker lost the database");
    await until(async () => (await workersSeen()) === 2, "it stays away", 60);
    await expectOnePredictionEach(database.database.client, FILMS + 1);
    await expectWholeChain(database.database.client);
  }, 400_000);
});

/** Who took the film's job, told by the queue. */
async function untilLocked(): Promise<string> {
  let holder: string | null = null;
  await until(
    async () => {
      const [row] = await database.database.client.$queryRaw<
        { by: string | null }[]
      >`SELECT "locked_by" AS "by" FROM graphile_worker._private_jobs
        WHERE "locked_at" IS NOT NULL LIMIT 1`;
      holder = row?.by ?? null;
      return holder !== null;
    },
    "nobody takes the film",
    60,
  );
  return String(holder);
}
