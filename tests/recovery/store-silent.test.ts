import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createS3ObjectStore,
  parseS3Location,
} from "../../apps/api/src/platform/object-store-s3.ts";
import {
  startFakeS3,
  type FakeS3,
} from "../../apps/api/src/platform/testing/fake-s3.ts";
import { expectOnePredictionEach, expectWholeChain } from "../testkit/chain.ts";
import { isHealthy } from "../testkit/desk.ts";
import { chestPng, upload } from "../testkit/films.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import { aSite, asStaff, type SignedIn } from "../testkit/viewers.ts";
import { startTestWorker, until, type TestWorker } from "../testkit/worker.ts";

let bucket: FakeS3;
let staging: string;
let server: TestServer;
let worker: TestWorker | undefined;
let staff: SignedIn;

beforeAll(async () => {
  bucket = await startFakeS3();
  staging = await mkdtemp(join(tmpdir(), "lung-iris-staging-"));
  const store = await createS3ObjectStore({
    location: parseS3Location("s3://films/desk"),
    stagingFolder: staging,
    // The product's own waits, shortened: the behaviour is the same.
    times: { connectMs: 500, silenceMs: 500, checkMs: 500 },
    client: {
      endpoint: bucket.endpoint,
      region: "us-east-1",
      forcePathStyle: true,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    },
  });
  server = await startTestServer({
    films: true,
    wrapObjectStore: () => store,
  });
  staff = await asStaff(server, (await aSite(server)).id);
}, 400_000);
afterAll(async () => {
  bucket.fallSilent(false);
  await worker?.stop();
  await server.stop();
  await bucket.close();
  await rm(staging, { recursive: true, force: true });
});

const send = async (seed: number) =>
  staff.fetch("/upload", {
    method: "POST",
    body: await formOf(seed),
  });

async function formOf(seed: number): Promise<FormData> {
  const form = new FormData();
  const film = new Blob([new Uint8Array(await chestPng(seed))]);
  form.append("film", film, `${String(seed)}.png`);
  return form;
}

/** Tries of the film's job that began, counted or not. */
async function lastError(): Promise<string | null> {
  const [row] = await server.database.client.$queryRaw<
    { error: string | null }[]
  >`SELECT "last_error" AS "error" FROM graphile_worker._private_jobs LIMIT 1`;
  return row?.error ?? null;
}

describe("an object store that falls silent", () => {
  it("is said at once, holds nothing else up, and costs no film its place", async () => {
    const [film] = (
      await upload(staff, [{ name: "1.png", bytes: await chestPng(1) }])
    ).results;
    expect(film?.outcome).toBe("accepted");
    bucket.fallSilent(true);
    worker = await startTestWorker(server);

    const thumbnail = await staff.fetch(
      `/images/${film?.imageId ?? ""}/thumbnail`,
    );
    expect(thumbnail.status).toBe(503);
    expect(await thumbnail.json()).toMatchObject({
      error: { code: "UNAVAILABLE" },
    });
    expect(thumbnail.headers.get("cache-control")).toBe("no-store");
    expect(thumbnail.headers.get("etag") ?? "").not.toContain("thumbnail");

    const refused = await send(2);
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({
      error: { code: "UNAVAILABLE" },
    });

    expect(await isHealthy(server.address)).toBe(true);
    const list = await staff.execute("{ worklist { totalCount } }");
    expect(list.anyData()).toEqual({ worklist: { totalCount: 1 } });
    const ready = await staff.fetch("/readyz");
    expect(await ready.json()).toMatchObject({
      checks: { database: true, objectStore: false },
    });

    // More tries than a film has: none of them counts.
    for (let tries = 0; tries < 7; tries++) await failedTry();
    const { assessment } = await server.database.client.case.findFirstOrThrow();
    expect(assessment).toBe("PENDING");

    bucket.fallSilent(false);
    await until(
      async () => (await server.database.client.prediction.count()) === 1,
      "the film is forgotten",
      60,
    );
    expect((await send(2)).status).toBe(200);
    await until(
      async () => (await server.database.client.prediction.count()) === 2,
      "the film sent again has no prediction",
      60,
    );
    await expectOnePredictionEach(server.database.client, 2);
    await expectWholeChain(server.database.client);
  }, 300_000);
});

/** Waits for the next failed try of the only job, and makes it due at once. */
async function failedTry(): Promise<void> {
  await until(
    async () => (await lastError()) !== null,
    "no try has failed",
    60,
  );
  await server.database.client.$executeRaw`
    UPDATE graphile_worker._private_jobs
    SET "last_error" = NULL, "run_at" = now() WHERE "locked_at" IS NULL`;
}
