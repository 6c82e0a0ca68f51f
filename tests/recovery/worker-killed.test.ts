import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { availableEngines } from "@lung-iris/inference";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectOnePredictionEach, expectWholeChain } from "../testkit/chain.ts";
import { chestPng, upload } from "../testkit/films.ts";
import { startProcess, type DeskProcess } from "../testkit/processes.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import { childrenOf } from "../testkit/signals.ts";
import { aSite, asStaff } from "../testkit/viewers.ts";
import { until, untilAssessed } from "../testkit/worker.ts";

const FILMS = 10;

let server: TestServer;
let dataFolder: string;
const running = new Set<DeskProcess>();

beforeAll(async () => {
  server = await startTestServer({ films: true });
  // A desk keeps its objects in this folder of its data.
  dataFolder = await mkdtemp(join(tmpdir(), "lung-iris-data-"));
  await symlink(server.folder, join(dataFolder, "objects"));
}, 400_000);
afterAll(async () => {
  await Promise.all([...running].map((child) => child.end("SIGKILL")));
  await server.stop();
  await rm(dataFolder, { recursive: true, force: true });
});

/** Films with seeds from the one given on. */
async function bringFilms(first: number): Promise<void> {
  const staff = await asStaff(server, (await aSite(server)).id);
  const films: { name: string; bytes: Buffer }[] = [];
  for (let seed = first; seed < first + FILMS; seed++) {
    films.push({ name: `${String(seed)}.png`, bytes: await chestPng(seed) });
  }
  const { results } = await upload(staff, films);
  expect(results.map(({ outcome }) => outcome)).toEqual(
    films.map(() => "accepted"),
  );
}

function startWorker(engine: "wasm" | "onnxruntime" = "wasm"): DeskProcess {
  const child = startProcess("worker-main.ts", {
    DATABASE_URL: server.url,
    LUNG_IRIS_DATA: dataFolder,
    LUNG_IRIS_ENGINE: engine,
  });
  running.add(child);
  return child;
}

const predictions = () => server.database.client.prediction.count();
const lockedJobs = async () => {
  const [row] = await server.database.client.$queryRaw<{ n: bigint }[]>`
    SELECT count(*) AS n FROM graphile_worker._private_jobs
    WHERE locked_at IS NOT NULL`;
  return Number(row?.n ?? 0n);
};

describe("a worker that is killed in the middle", () => {
  it("leaves its film to the next one, and no film is lost or told twice", async () => {
    await bringFilms(1);
    const first = startWorker();
    await until(
      async () => (await predictions()) >= 2 && (await lockedJobs()) > 0,
      "the first worker does nothing",
      120,
    );
    await first.end("SIGKILL");
    expect(await lockedJobs()).toBeGreaterThan(0);
    expect(await predictions()).toBeLessThan(FILMS);

    const second = startWorker();
    await untilAssessed(server, 120);
    await expectOnePredictionEach(server.database.client, FILMS);
    await expectWholeChain(server.database.client);
    expect(second.output()).toContain("took over jobs of dead workers");
    expect(await second.end("SIGTERM")).toBe(0);
    expect(await lockedJobs()).toBe(0);
  }, 300_000);
});

describe.skipIf(!availableEngines().includes("onnxruntime"))(
  "an engine that faults (skipped without onnxruntime)",
  () => {
    it("costs one more try of its film, and neither worker nor film", async () => {
      await bringFilms(FILMS + 1);
      const worker = startWorker("onnxruntime");
      await worker.says("taking jobs");
      await until(
        async () => (await predictions()) > FILMS && (await lockedJobs()) > 0,
        "the worker does nothing",
        120,
      );
      const engines = await childrenOf(worker.pid, "worker-entry");
      for (const pid of engines) process.kill(pid, "SIGSEGV");
      expect(engines.length).toBeGreaterThan(0);

      await untilAssessed(server, 120);
      await expectOnePredictionEach(server.database.client, 2 * FILMS);
      await expectWholeChain(server.database.client);
      expect(
        await server.database.client.case.count({
          where: { assessment: { not: "ASSESSED" } },
        }),
      ).toBe(0);
      expect(await worker.end("SIGTERM")).toBe(0);
    }, 300_000);
  },
);
