import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { encodePhantomDicom, makePhantom } from "@lung-iris/phantom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../apps/api/src/platform/clock.ts";
import { seededNumbers } from "../../bench/mutate.ts";
import { expectWholeChain } from "../testkit/chain.ts";
import { createClient, type TestClient } from "../testkit/client.ts";
import { createTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { upload } from "../testkit/films.ts";
import { startProcess, type DeskProcess } from "../testkit/processes.ts";
import { aSite, asStaff, type SignedIn } from "../testkit/viewers.ts";
import { until } from "../testkit/worker.ts";

const PATH = "/upload/resumable";
const TUS = { "tus-resumable": "1.0.0" };
/** Films of each kind, during each of which the API is killed once. */
const KILLS = 3;
const SLICE = 32 * 1024;

let folder: string;
let database: TestDatabase;
let api: DeskProcess;
let staff: SignedIn;
const random = seededNumbers(8);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lung-iris-upload-killed-"));
  database = await createTestDatabase();
  await start();
  const desk = {
    database: database.database,
    clock: systemClock,
    address: address(),
  };
  staff = await asStaff(desk, (await aSite(desk)).id);
}, 300_000);
afterAll(async () => {
  await api.end("SIGKILL");
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** The API as the launcher starts it; without a worker, so that films wait. */
async function start(): Promise<void> {
  api = startProcess("main.ts", {
    DATABASE_URL: database.appUrl,
    LUNG_IRIS_DATA: folder,
    LUNG_IRIS_API_PORT: "0",
    LUNG_IRIS_DEMO: "0",
  });
  await api.says("listening");
}

async function killAndStart(): Promise<void> {
  await api.end("SIGKILL");
  await start();
}

function address(): string {
  return `http://127.0.0.1:${/"port":(\d+)/.exec(api.output())?.[1] ?? ""}`;
}

/** The same person at the API that runs now. */
function at(): TestClient {
  return createClient(address(), staff.token);
}

const phantom = makePhantom({ seed: 1, size: 1_000, ageYears: 40 });

/** A film of two megabytes: pieces of it are put away on the way. */
function film(number: number): Buffer {
  const id = `K-${String(number)}`;
  const patient = {
    familyName: "Kill",
    givenName: id,
    id,
    birthDate: "19700101",
    sex: "F",
  } as const;
  return Buffer.from(encodePhantomDicom(phantom, patient));
}

/** Sends bytes slowly until they are all sent or the API is gone. */
async function drip(
  method: "POST" | "PATCH",
  path: string,
  headers: Record<string, string>,
  bytes: Buffer,
): Promise<"answered" | "broken"> {
  return new Promise((resolve) => {
    const sending = request(`${address()}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${staff.token}`,
        "content-length": String(bytes.length),
        ...headers,
      },
    });
    sending.on("error", () => resolve("broken"));
    sending.on("response", (response) => {
      response.resume();
      response.on("end", () => resolve("answered"));
      response.on("error", () => resolve("broken"));
    });
    void (async () => {
      for (let from = 0; from < bytes.length; from += SLICE) {
        if (sending.destroyed) return;
        sending.write(bytes.subarray(from, from + SLICE));
        await sleep(5);
      }
      sending.end();
    })();
  });
}

async function begin(bytes: Buffer): Promise<string> {
  const response = await at().fetch(PATH, {
    method: "POST",
    headers: { ...TUS, "upload-length": String(bytes.length) },
  });
  expect(response.status).toBe(201);
  return response.headers.get("location")?.split("/").at(-1) ?? "";
}

async function offsetOf(id: string): Promise<number> {
  const answer = await at().fetch(`${PATH}/${id}`, {
    method: "HEAD",
    headers: TUS,
  });
  expect(answer.status).toBe(200);
  return Number(answer.headers.get("upload-offset"));
}

/** Files below a folder of the store; none where there is no folder. */
async function filesIn(name: string): Promise<string[]> {
  const path = join(folder, "objects", name);
  const entries = await readdir(path, {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

async function storedFilms(): Promise<string[]> {
  return (await filesIn("stored/films")).sort();
}

/** Every film that was sent is there once, with its case, bytes and job. */
async function expectEachOnce(films: readonly Buffer[]): Promise<void> {
  const { client } = database.database;
  const hashes = films
    .map((bytes) => createHash("sha256").update(bytes).digest("hex"))
    .sort();
  const images = await client.image.findMany({ select: { sha256: true } });
  expect(images.map(({ sha256 }) => sha256).sort()).toEqual(hashes);
  expect(await storedFilms()).toEqual(hashes);
  expect(await client.case.count()).toBe(films.length);
  const accepted = { where: { type: "image.added" } } as const;
  expect(await client.auditEvent.count(accepted)).toBe(films.length);
  await expectWholeChain(client);
}

describe("an API that is killed in the middle of an upload", () => {
  const sent: Buffer[] = [];

  it("goes on with a film in pieces from what it had put away", async () => {
    const { client } = database.database;
    for (let kill = 0; kill < KILLS; kill++) {
      const bytes = film(kill + 1);
      sent.push(bytes);
      const id = await begin(bytes);
      const headers = {
        ...TUS,
        "content-type": "application/offset+octet-stream",
      };
      const sending = drip(
        "PATCH",
        `${PATH}/${id}`,
        { ...headers, "upload-offset": "0" },
        bytes,
      );
      await until(
        async () =>
          (await client.resumableUpload.findUniqueOrThrow({ where: { id } }))
            .offset > 0n,
        "no piece is put away",
        60,
      );
      // Now and then while the next piece is put away, now and then before.
      await sleep(Math.trunc(random() * 150));
      await killAndStart();
      await sending;
      const offset = await offsetOf(id);
      const rest = await at().fetch(`${PATH}/${id}`, {
        method: "PATCH",
        headers: { ...headers, "upload-offset": String(offset) },
        body: new Uint8Array(bytes.subarray(offset)),
      });
      expect(await rest.json()).toMatchObject({
        results: [
          { outcome: expect.stringMatching(/accepted|duplicate/) as string },
        ],
      });
    }
    await expectEachOnce(sent);
  }, 600_000);

  it("keeps nothing of a film that came whole only in part, and takes it when it is sent again", async () => {
    for (let kill = 0; kill < KILLS; kill++) {
      const bytes = film(100 + kill);
      const head =
        '--limit\r\ncontent-disposition: form-data; name="film"; filename="a.dcm"\r\n\r\n';
      const body = Buffer.concat([
        Buffer.from(head),
        bytes,
        Buffer.from("\r\n--limit--\r\n"),
      ]);
      const type = { "content-type": "multipart/form-data; boundary=limit" };
      const sending = drip("POST", "/upload", type, body);
      await sleep(Math.trunc(random() * 900));
      await killAndStart();
      await sending;
      const { results } = await upload(at(), [{ name: "a.dcm", bytes }]);
      expect(results[0]?.outcome).toMatch(/accepted|duplicate/);
      sent.push(bytes);
    }
    await expectEachOnce(sent);
  }, 600_000);

  it("leaves no bytes behind that belong to nothing", async () => {
    expect(await filesIn("stored/uploads")).toEqual([]);
    expect(await filesIn("staging")).toEqual([]);
  });
});
