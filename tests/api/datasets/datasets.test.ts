import { withTransaction } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { filmKey } from "../../../apps/api/src/features/films/film-keys.ts";
import { createNotificationHub } from "../../../apps/api/src/platform/notification-hub.ts";
import type {
  DatasetNotice,
  Notice,
} from "../../../apps/api/src/platform/notifications.ts";
import { enqueue } from "../../../apps/api/src/platform/job-queue.ts";
import { createLogger } from "../../../apps/api/src/logger.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";
import {
  startTestWorker,
  until,
  type TestWorker,
} from "../../testkit/worker.ts";
import { openSocket, ticketFor } from "../../testkit/socket.ts";
import { readZip } from "../../testkit/zip.ts";
import { signedFilms, type SignedFilm } from "./signed-films.ts";
import {
  checkBoxes,
  checkLabels,
  checkNobodyIsNamed,
  checkPixels,
  checkSums,
  sha256,
} from "./zip-checks.ts";

let server: TestServer;
let worker: TestWorker;
let admin: SignedIn;
let reader: SignedIn;
let siteId: string;
let films: SignedFilm[] = [];

beforeAll(async () => {
  server = await startTestServer({ films: true });
  worker = await startTestWorker(server);
  siteId = (await aSite(server)).id;
  admin = await asAdmin(server, siteId);
  reader = await asRadiologist(server, siteId);
  films = await signedFilms(server, siteId, reader);
});
afterAll(async () => {
  await worker.stop();
  await server.stop();
});

const datasetSchema = z.object({
  id: z.string(),
  state: z.string(),
  done: z.number(),
  total: z.number(),
  failure: z.string().nullable(),
  error: z.string().nullable(),
  sha256: z.string().nullable(),
  bytes: z.string().nullable(),
  downloadPath: z.string().nullable(),
});
const FIELDS = "id state done total failure error sha256 bytes downloadPath";

async function create(filter: Record<string, unknown> = {}) {
  const answer = await admin.execute(
    `mutation ($filter: DatasetFilter!) { createDataset(name: "Spring 2026", filter: $filter) { ${FIELDS} } }`,
    { filter: { siteId, ...filter } },
  );
  return answer.data(z.object({ createDataset: datasetSchema })).createDataset;
}

async function read(id: string) {
  const answer = await admin.execute(`{ dataset(id: "${id}") { ${FIELDS} } }`);
  return answer.data(z.object({ dataset: datasetSchema })).dataset;
}

async function finished(id: string) {
  await until(
    async () => ["READY", "FAILED"].includes((await read(id)).state),
    "the export does not end",
  );
  return read(id);
}

describe("an export", () => {
  it("is counted beforehand, by label and agreement, on record", async () => {
    const { result, events } = await recordedBy(server, () =>
      admin.execute(
        `{ datasetPreview(filter: { siteId: "${siteId}" }) { cases films normal pneumonia other agreed overridden } }`,
      ),
    );
    const { datasetPreview } = result.data(
      z.object({ datasetPreview: z.record(z.string(), z.number()) }),
    );
    expect(datasetPreview).toMatchObject({
      cases: 3,
      films: 3,
      normal: 0,
      pneumonia: 2,
      other: 1,
    });
    expect(events.map(({ type }) => type)).toEqual(["dataset.previewed"]);
  });

  it("ends as a ZIP with checksums, labels, boxes and no trace of a person", async () => {
    const hub = createNotificationHub({
      databaseUrl: server.url,
      log: createLogger("silent"),
    });
    await hub.start();
    const news = hub.subscribe(
      (notice: Notice): notice is DatasetNotice => notice.topic === "dataset",
    );
    const { result: dataset, events } = await recordedBy(server, async () => {
      const { id, total } = await create();
      expect(total).toBe(3);
      return finished(id);
    });
    expect(dataset).toMatchObject({
      state: "READY",
      done: 3,
      total: 3,
      error: null,
    });
    // Each look at the list while it waits is a look of its own.
    const own = events.filter(({ type }) => type !== "datasets.viewed");
    expect(own.map(({ type }) => type)).toEqual([
      "dataset.created",
      "dataset.started",
      "dataset.ready",
      "dataset.patients-listed",
    ]);
    expect((await news.next()).value).toMatchObject({ datasetId: dataset.id });
    await hub.stop();

    const response = await admin.fetch(dataset.downloadPath ?? "");
    expect(response.headers.get("content-disposition")).toBe(
      "attachment; filename=Spring-2026.zip",
    );
    const zip = Buffer.from(await response.arrayBuffer());
    expect(sha256(zip)).toBe(dataset.sha256);
    expect(String(zip.length)).toBe(dataset.bytes);
    const files = readZip(zip);
    const [model] = worker.modelSha256s();
    checkSums(files, model);
    checkNobodyIsNamed(files, [
      reader.name,
      reader.userId,
      siteId,
      ...films.flatMap(({ caseId, imageId }) => [caseId, imageId]),
    ]);
    await checkPixels(files);
    checkLabels(files, model);
    checkBoxes(files);
  });

  it("tells a subscriber how far it is, and another site's nothing", async () => {
    const stranger = await asAdmin(server, (await aSite(server)).id);
    const { id } = await create();
    const heard: string[] = [];
    const foreign: unknown[] = [];
    const sockets = [
      openSocket(server, await ticketFor(admin)),
      openSocket(server, await ticketFor(stranger)),
    ];
    const query = `subscription { datasetChanged(id: "${id}") { state downloadPath } }`;
    const listen = (at: number, next: (value: unknown) => void) =>
      sockets[at]?.subscribe(
        { query },
        { next, error: () => undefined, complete: () => undefined },
      );
    listen(0, (value) => heard.push(JSON.stringify(value)));
    listen(1, (value) => foreign.push(value));
    await finished(id);
    await server.database.client.$executeRaw`
      SELECT pg_notify('lung_iris', json_build_object('topic', 'dataset',
        'datasetId', ${id}::text, 'siteId', ${siteId}::text)::text)`;
    await until(
      () => Promise.resolve(heard.some((news) => news.includes("READY"))),
      "no news of the export",
    );
    expect(heard.at(-1)).toContain(`/datasets/${id}/download`);
    expect(foreign).toEqual([]);
    for (const socket of sockets) await socket.dispose();
  });

  it("takes only what the choice says", async () => {
    const { id } = await create({ labels: ["OTHER"] });
    expect(await finished(id)).toMatchObject({ state: "READY", total: 1 });
  });

  it("takes by grade, finding, age, sex and view what it counted", async () => {
    const choices: [Record<string, unknown>, number][] = [
      [{ grades: ["ONE_AFTER_AI"] }, 3],
      [{ grades: ["TWO_AGREE", "ONE_BLIND"] }, 0],
      [{ finding: "pneumonia" }, 2],
      [{ finding: "hernia" }, 0],
      [{ ageFrom: 18, ageTo: 46 }, 1],
      [{ ageTo: 45 }, 1],
      [{ sexes: ["FEMALE"] }, 1],
      [{ sexes: ["MALE"], labels: ["PNEUMONIA"] }, 1],
      [{ views: ["LATERAL"] }, 0],
    ];
    for (const [filter, films] of choices) {
      const preview = await admin.execute(
        `query ($filter: DatasetFilter!) { datasetPreview(filter: $filter) { cases films } }`,
        { filter: { siteId, ...filter } },
      );
      const name = JSON.stringify(filter);
      expect(preview.anyData()["datasetPreview"], name).toEqual({
        cases: films,
        films,
      });
      if (films === 0) continue;
      const { id } = await create(filter);
      const members = await server.database.client.datasetMember.count({
        where: { datasetId: id },
      });
      expect(members, name).toBe(films);
    }
    const wrong = await admin.execute(
      `{ datasetPreview(filter: { siteId: "${siteId}", ageFrom: 9, ageTo: 8 }) { cases } }`,
    );
    wrong.refusedWith("BAD_USER_INPUT");
  });

  it("holds what was chosen, to the byte, whatever is signed since and however often it is written", async () => {
    const [film] = films;
    if (!film) throw new Error("no film");
    const { client } = server.database;
    const { id } = await create();
    const before = await finished(id);
    const version = await client.readingVersion.findFirstOrThrow({
      where: { caseId: film.caseId },
    });
    const amended = await reader.execute(
      `mutation ($input: AmendReadingInput!) { amendReading(input: $input) { id } }`,
      {
        input: {
          versionId: version.id,
          label: version.label,
          decision: version.decision,
          overrideReason: version.overrideReason,
          amendReason: "No region after all",
          marks: [],
        },
      },
    );
    amended.anyData();
    // As after a crash: the same job, from the start.
    const request = { datasetId: id, requestId: "written-again" };
    await client.dataset.update({
      where: { id },
      data: { state: "QUEUED", sha256: null },
    });
    await withTransaction(client, (tx) =>
      enqueue(tx, "export-dataset", `${id}-again`, request),
    );
    const again = await finished(id);
    expect(again.sha256).toBe(before.sha256);
    // A new one takes the new label.
    const next = await finished((await create()).id);
    expect(next.sha256).not.toBe(before.sha256);
    const member = await client.datasetMember.findFirstOrThrow({
      where: { datasetId: next.id, caseId: film.caseId },
      include: { label: true },
    });
    expect(member.label).toMatchObject({ version: 2, regions: [] });
    await expect(
      client.datasetMember.deleteMany({ where: { datasetId: id } }),
    ).rejects.toThrow(/append-only/);
  });

  it("refuses a choice that takes nothing", async () => {
    const answer = await admin.execute(
      `mutation { createDataset(name: "None", filter: { siteId: "${siteId}", signedAfter: "2030-01-01T00:00:00Z" }) { id } }`,
    );
    answer.refusedWith("BAD_USER_INPUT");
  });

  it("goes on in ranges and refuses one past the end", async () => {
    const { id } = await create();
    const { downloadPath, bytes } = await finished(id);
    const whole = Buffer.from(
      await (await admin.fetch(downloadPath ?? "")).arrayBuffer(),
    );
    const rest = await admin.fetch(downloadPath ?? "", {
      headers: { range: "bytes=1000-" },
    });
    expect(rest.status).toBe(206);
    expect(rest.headers.get("content-range")).toBe(
      `bytes 1000-${String(whole.length - 1)}/${bytes ?? ""}`,
    );
    const part = Buffer.from(await rest.arrayBuffer());
    expect(part.equals(whole.subarray(1000))).toBe(true);
    const past = await admin.fetch(downloadPath ?? "", {
      headers: { range: `bytes=${bytes ?? ""}-` },
    });
    expect(past.status).toBe(416);
  });

  it("is noted as taken whole where several ranges get the whole file", async () => {
    const { id } = await create();
    const { downloadPath } = await finished(id);
    const { result, events } = await recordedBy(server, () =>
      admin.fetch(downloadPath ?? "", { headers: { range: "bytes=1-2,5-" } }),
    );
    expect(result.status).toBe(200);
    await result.arrayBuffer();
    const taken = events.find(({ type }) => type === "dataset.downloaded");
    expect(taken?.details).toMatchObject({ isWhole: true });
  });

  it("says why it failed when a film cannot be read any more", async () => {
    const { bytes } = films[0] ?? { bytes: Buffer.alloc(0) };
    const key = filmKey(sha256(bytes));
    await server.objectStore.remove(key);
    try {
      const { id } = await create();
      await until(async () => {
        // Not to wait for the back-off: each retry is due at once.
        await server.database.client.$executeRaw`
          UPDATE graphile_worker._private_jobs SET run_at = now() WHERE locked_at IS NULL`;
        return (await read(id)).state === "FAILED";
      }, "the export does not fail");
      const { failure, error, downloadPath } = await read(id);
      expect(failure).toBe("FILM_MISSING");
      expect(error).toMatch(/^The stored object is not there/);
      expect(downloadPath).toBeNull();
      const { status } = await admin.fetch(`/datasets/${id}/download`);
      expect(status).toBe(409);
    } finally {
      const { Readable } = await import("node:stream");
      const staged = await server.objectStore.stage(Readable.from([bytes]));
      await staged.commit(key);
    }
  });

  it("is refused to staff and unknown to another site's admin", async () => {
    const { id } = await create({ labels: ["OTHER"] });
    await finished(id);
    const staff = await asStaff(server, siteId);
    (await staff.execute(`{ dataset(id: "${id}") { id } }`)).refusedWith(
      "FORBIDDEN",
    );
    expect((await staff.fetch(`/datasets/${id}/download`)).status).toBe(403);
    const stranger = await asAdmin(server, (await aSite(server)).id);
    const answer = await stranger.execute(
      `{ dataset(id: "${id}") { id } datasets { edges { node { id } } } }`,
    );
    expect(answer.anyData()).toEqual({
      dataset: null,
      datasets: { edges: [] },
    });
    expect((await stranger.fetch(`/datasets/${id}/download`)).status).toBe(404);
  });
});
