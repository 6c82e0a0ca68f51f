import { cp, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultModelDir } from "@lung-iris/inference";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectOnePredictionEach, expectWholeChain } from "../testkit/chain.ts";
import { isHealthy, startDesk, watchHealth } from "../testkit/desk.ts";
import type { RunningDesk } from "../testkit/desk.ts";
import { chestPng, upload } from "../testkit/films.ts";
import { signalFamily } from "../testkit/signals.ts";
import { aSite, asStaff, type SignedIn } from "../testkit/viewers.ts";
import { until } from "../testkit/worker.ts";

let folder: string;
let model: string;
let desk: RunningDesk;
let staff: SignedIn;
let films = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lung-iris-bad-day-"));
  model = join(folder, "model");
  await cp(defaultModelDir(), model, { recursive: true });
  desk = await startDesk(join(folder, "data"), { LUNG_IRIS_MODEL: model });
  staff = await asStaff(desk, (await aSite(desk)).id);
}, 600_000);
afterAll(async () => {
  await desk.stop();
  await rm(folder, { recursive: true, force: true });
}, 300_000);

async function accept(): Promise<void> {
  films += 1;
  const name = `${String(films)}.png`;
  const bytes = await chestPng(films);
  const { results } = await upload(staff, [{ name, bytes }]);
  expect(results.map(({ outcome }) => outcome)).toEqual(["accepted"]);
}

/** Every accepted film has its one prediction, and the trail is whole. */
async function expectNothingLost(): Promise<void> {
  const { client } = desk.database;
  await until(
    async () => (await client.prediction.count().catch(() => 0)) >= films,
    "a film has no prediction",
    240,
  );
  await expectOnePredictionEach(client, films);
  await expectWholeChain(client);
}

async function reads(): Promise<boolean> {
  const answer = await staff.execute("{ worklist { totalCount } }");
  return answer.code === null;
}

async function aiState(): Promise<string> {
  const response = await fetch(`${desk.address}/readyz`);
  const { detail } = (await response.json()) as {
    detail: { ai: { state: string } };
  };
  return `${String(response.status)} ${detail.ai.state}`;
}

describe("a bad day", () => {
  it("a worker that is stopped is ended and started again, and its film is not lost", async () => {
    await accept();
    await expectNothingLost();
    const pid = await desk.pidOf("worker");
    process.kill(pid, "SIGSTOP");
    const health = watchHealth(desk.address);
    await accept();
    expect(await reads()).toBe(true);
    await desk.says("The worker has not answered");
    await expectNothingLost();
    expect(await desk.pidOf("worker")).not.toBe(pid);
    expect((await health()).failed).toBe(0);
  }, 600_000);

  it("a worker that keeps ending takes nothing down: the AI is away, and comes back by itself", async () => {
    await rename(model, `${model}-away`);
    const health = watchHealth(desk.address);
    process.kill(await desk.pidOf("worker"), "SIGKILL");
    await accept();
    await desk.says("keeps ending", 240);
    await until(
      async () => (await aiState()) === "200 away",
      "nobody says that the AI is away",
      120,
    );
    const answer = await staff.execute("{ aiState { isAway } }");
    expect(answer.anyData()).toEqual({ aiState: { isAway: true } });
    expect(await reads()).toBe(true);
    const figures = await staff.fetch("/metrics").then((all) => all.text());
    expect(figures).toMatch(/^lung_iris_workers 0$/m);
    expect(figures).toMatch(/^lung_iris_worker_age_seconds \d{2}/m);
    expect((await health()).failed).toBe(0);
    await rename(`${model}-away`, model);
    await expectNothingLost();
    expect(await aiState()).toBe("200 here");
    await desk.says("The worker is back", 60);
  }, 900_000);

  it("an API that is stopped is ended and started again", async () => {
    const pid = await desk.pidOf("api");
    process.kill(pid, "SIGSTOP");
    expect(await isHealthy(desk.address)).toBe(false);
    await desk.says("The api has not answered");
    await until(() => isHealthy(desk.address), "the API stays away", 240);
    expect(await reads()).toBe(true);
    await accept();
    await expectNothingLost();
  }, 600_000);

  it.each([
    ["killed", "SIGKILL", "The database ended"],
    ["stopped", "SIGSTOP", "The database does not answer"],
  ] as const)(
    "a database that is %s comes back, and the API answers meanwhile",
    async (_how, signal, said) => {
      await accept();
      const pid = await desk.postgresPid();
      const health = watchHealth(desk.address);
      // Where the server is stopped, its sessions are too.
      await signalFamily(pid, signal);
      await desk.says(said);
      await until(
        () => reads().catch(() => false),
        "nothing can be read any more",
        300,
      );
      expect((await health()).failed).toBe(0);
      await accept();
      await expectNothingLost();
    },
    900_000,
  );
});
