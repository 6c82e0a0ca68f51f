/**
 * What leaves the house, through the real desk: an export that somebody spoilt
 * is held back, and DICOM files say nothing of whose they are.
 */
import dcmjs from "dcmjs";
import { crc32 } from "node:zlib";
import type { SharedFilm } from "@lung-iris/inference";
import { encodePhantomPng, makePhantom } from "@lung-iris/phantom";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { writeLetters } from "../../testkit/letters.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  type SignedIn,
} from "../../testkit/viewers.ts";
import {
  startTestWorker,
  until,
  type TestWorker,
} from "../../testkit/worker.ts";
import { readZip } from "../../testkit/zip.ts";
import { PEOPLE, signedFilms } from "../datasets/signed-films.ts";

let server: TestServer;
let worker: TestWorker;
let admin: SignedIn;
let reader: SignedIn;
let siteId: string;

beforeAll(async () => {
  server = await startTestServer({ films: true });
  worker = await startTestWorker(server, {
    changeReader: (reader) => ({
      ...reader,
      share: async (...film) => spoil(await reader.share(...film)),
    }),
  });
  siteId = (await aSite(server)).id;
  admin = await asAdmin(server, siteId);
  reader = await asRadiologist(server, siteId);
  await signedFilms(server, siteId, reader);
}, 240_000);
afterAll(async () => {
  await worker.stop();
  await server.stop();
});

/** What is done to each film between decoder and archive. */
let spoil: (film: SharedFilm) => SharedFilm | Promise<SharedFilm> = (film) =>
  film;
afterEach(() => {
  spoil = (film) => film;
});

const datasetSchema = z.object({
  id: z.string(),
  state: z.string(),
  failure: z.string().nullable(),
  error: z.string().nullable(),
  downloadPath: z.string().nullable(),
  leakCount: z.number(),
  leaks: z.array(
    z.object({ entry: z.string(), place: z.string(), kind: z.string() }),
  ),
});
const FIELDS =
  "id state failure error downloadPath leakCount leaks { entry place kind }";

async function exported(format: Record<string, string> = {}) {
  const answer = await admin.execute(
    `mutation ($filter: DatasetFilter!, $format: DatasetFormat) { createDataset(name: "All", filter: $filter, format: $format) { id } }`,
    { filter: { siteId }, format },
  );
  const { id } = answer.data(
    z.object({ createDataset: z.object({ id: z.string() }) }),
  ).createDataset;
  const read = async () =>
    (await admin.execute(`{ dataset(id: "${id}") { ${FIELDS} } }`)).data(
      z.object({ dataset: datasetSchema }),
    ).dataset;
  await until(
    async () => ["READY", "FAILED"].includes((await read()).state),
    "the export does not end",
  );
  return read();
}

describe("an export", () => {
  it("leaves as it was written where nothing is in it, with how much was looked at", async () => {
    const { result, events } = await recordedBy(server, () => exported());
    expect(result.leaks).toEqual([]);
    expect(result).toMatchObject({ state: "READY", error: null, leakCount: 0 });
    const ready = events.find(({ type }) => type === "dataset.ready");
    // Three films, four lists and the checksums.
    expect(ready).toMatchObject({
      details: { scan: { files: 8 } },
    });
  });

  it("leaves with two models of the same weights, as a recalibrated one has them", async () => {
    const { client } = server.database;
    const [first, second] = await client.prediction.findMany({
      where: { role: "LIVE" },
      include: { modelVersion: true },
    });
    if (!first || !second) throw new Error("no films were assessed");
    const { name, sha256, manifest } = first.modelVersion;
    const recalibrated = await client.modelVersion.create({
      data: {
        name: `${name}-site`,
        sha256,
        manifest: { ...(manifest as object), id: `${name}-site` }, // an object, as every manifest
      },
    });
    const setModel = (modelVersionId: string) =>
      client.prediction.update({
        where: { id: second.id },
        data: { modelVersionId },
      });
    await setModel(recalibrated.id);
    const { state, leaks } = await exported();
    expect(leaks).toEqual([]);
    expect(state).toBe("READY");
    await setModel(second.modelVersionId);
  });

  it.each([
    ["a name in a chunk of the picture", PEOPLE[0].familyName, "NAME"],
    ["a record number", PEOPLE[1].id, "RECORD_NUMBER"],
    ["a date of birth", PEOPLE[2].birthDate, "DATE"],
  ])(
    "is held back with %s, and says where and not what",
    async (_, value, kind) => {
      spoil = (film) => ({ ...film, picture: withText(film.picture, value) });
      const { result, events } = await recordedBy(server, () => exported());
      expect(result).toMatchObject({
        ...{ state: "FAILED", failure: "HELD_BACK", downloadPath: null },
      });
      expect(result.leakCount).toBe(3);
      expect(result.leaks[0]).toMatchObject({ place: "chunk tEXt", kind });
      expect(JSON.stringify(result)).not.toContain(value);
      const held = events.filter(({ type }) => type === "dataset.held-back");
      expect(held).toHaveLength(1);
      expect(JSON.stringify(held)).not.toContain(value);
      expect(events.map(({ type }) => type)).not.toContain("dataset.ready");
      // Neither by its address nor in the store.
      const { status } = await admin.fetch(`/datasets/${result.id}/download`);
      expect(status).toBe(409);
      expect(
        await server.objectStore.size(`datasets/${result.id}.zip`),
      ).toBeNull();
    },
  );

  it("is held back with letters in a picture", async () => {
    const film = makePhantom({ seed: 5, size: 192, ageYears: 40 });
    writeLetters(film, "NGUYEN VAN AN 1957", {
      x: 40,
      y: 150,
      dot: 1,
      value: 4095,
    });
    const picture = await encodePhantomPng(film, { bits: 16 });
    spoil = (shared) => ({ ...shared, picture });
    const { state, leaks } = await exported();
    expect(state).toBe("FAILED");
    expect(leaks.map(({ kind }) => kind)).toContain("PICTURE_TEXT");
  });

  it("holds DICOM files that dcmjs reads and that name nobody", async () => {
    const dataset = await exported({ dicom: "SHIFTED" });
    expect(dataset.leaks).toEqual([]);
    const answer = await admin.fetch(dataset.downloadPath ?? "");
    const files = readZip(Buffer.from(await answer.arrayBuffer()));
    const films = [...files].filter(([path]) => path.endsWith(".dcm"));
    expect(films).toHaveLength(3);
    dcmjs.log.setLevel("error");
    const uids = new Set<unknown>();
    for (const [, bytes] of films) {
      const { dict } = dcmjs.data.DicomMessage.readFile(
        new Uint8Array(bytes).buffer,
      );
      const first = (tag: string) => dict[tag]?.Value[0];
      expect(first("00120062")).toBe("YES");
      expect(first("00280010")).toBe(192);
      expect(String(first("0020000D"))).toMatch(/^2\.25\.\d+$/);
      uids.add(first("00080018"));
      const codes = dict["00120064"]?.Value.map(
        (item) =>
          // Items of a sequence, as dcmjs gives them.
          (item as Record<string, { Value: unknown[] }>)["00080100"]?.Value[0],
      );
      const isOldest = first("00101010") === "090Y";
      expect(codes).toEqual(
        // Sex and age stand in each of them.
        isOldest ? ["113100", "113108"] : ["113100", "113107", "113108"],
      );
      expect(first("00280303")).toBe(isOldest ? "REMOVED" : "MODIFIED");
      // Never the day itself, 28 February 2026.
      expect(first("00080020")).not.toBe("20260228");
      // No element of an odd group: nothing private.
      for (const tag of Object.keys(dict))
        expect(Number.parseInt(tag.slice(0, 4), 16) % 2).toBe(0);
    }
    expect(uids.size).toBe(3);
  });

  it("refuses a format that it does not know", async () => {
    const answer = await admin.execute(
      `mutation { createDataset(name: "x", filter: { siteId: "${siteId}" }, format: { dicom: "ALL" }) { id } }`,
    );
    answer.refusedWith("BAD_USER_INPUT");
  });

  it("takes the films of the readers who are named, and those without notes", async () => {
    const films = async (filter: Record<string, unknown>) => {
      const answer = await admin.execute(
        `query ($filter: DatasetFilter!) { datasetPreview(filter: $filter) { films cases } }`,
        { filter: { siteId, ...filter } },
      );
      return answer.anyData()["datasetPreview"];
    };
    const all = { films: 3, cases: 3 };
    expect(await films({ readers: [reader.userId] })).toEqual(all);
    expect(await films({ readers: [admin.userId] })).toEqual({
      films: 0,
      cases: 0,
    });
    const { client } = server.database;
    const image = await client.image.findFirstOrThrow({ where: { siteId } });
    await client.image.update({
      where: { id: image.id },
      data: { warnings: ["header-repaired"] },
    });
    expect(await films({ withoutNotes: true })).toEqual({ films: 2, cases: 2 });
    expect(await films({ withoutNotes: false })).toEqual(all);
  });

  it("leaves out films in which letters are found, or counts them as blanked", async () => {
    const { client } = server.database;
    const image = await client.image.findFirstOrThrow({ where: { siteId } });
    await client.image.update({
      where: { id: image.id },
      data: { warnings: ["text-in-picture"] },
    });
    const answer = await admin.execute(
      `{ datasetPreview(filter: { siteId: "${siteId}" }) { films withText } }`,
    );
    expect(answer.anyData()["datasetPreview"]).toEqual({
      films: 2,
      withText: 1,
    });
    const members = async (format: Record<string, string>) => {
      const { id } = await exported(format);
      return client.datasetMember.count({ where: { datasetId: id } });
    };
    expect(await members({})).toBe(2);
    expect(await members({ pictureText: "BLANK" })).toBe(3);
  });
});

/** A picture with a chunk of text in front of its samples (PNG 11.3.3.2). */
function withText(picture: Uint8Array | null, text: string): Uint8Array {
  const png = Buffer.from(picture ?? []);
  const body = Buffer.from(`tEXtComment\0${text}`, "latin1");
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  // Behind the signature and IHDR, 8 + 25 bytes.
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}
