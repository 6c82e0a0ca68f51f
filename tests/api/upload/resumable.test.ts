import { createHash, randomBytes } from "node:crypto";
import { request } from "node:http";
import { Upload } from "tus-js-client";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { purgeUploads } from "../../../apps/api/src/features/resumable-uploads/upload-purge.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { chestPng, uploadOne } from "../../testkit/films.ts";
import { liveTestModel } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAuditor,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { until } from "../../testkit/worker.ts";

const PATH = "/upload/resumable";
const TUS = { "tus-resumable": "1.0.0" };
const BYTES = { ...TUS, "content-type": "application/offset+octet-stream" };

describe("a film that comes in pieces", () => {
  let server: TestServer;
  let staff: SignedIn;
  let siteId: string;
  let film: Buffer;
  let seed = 700;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
    await liveTestModel(server);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    siteId = (await aSite(server)).id;
    staff = await asStaff(server, siteId);
    seed += 1;
    film = await chestPng(seed, 256);
  });

  const metadata = (values: Record<string, string>) =>
    Object.entries({ filename: "a.png", ...values })
      .map(
        ([name, value]) => `${name} ${Buffer.from(value).toString("base64")}`,
      )
      .join(",");
  const begin = async (
    who: SignedIn = staff,
    length = film.length,
    values: Record<string, string> = {},
  ) => {
    const response = await who.fetch(PATH, {
      method: "POST",
      headers: {
        ...TUS,
        "upload-length": String(length),
        "upload-metadata": metadata(values),
      },
    });
    const id = response.headers.get("location")?.split("/").at(-1) ?? "";
    return { response, id };
  };
  const send = (
    id: string,
    offset: number,
    bytes: Buffer,
    at: Pick<SignedIn, "fetch"> = staff,
  ) =>
    at.fetch(`${PATH}/${id}`, {
      method: "PATCH",
      headers: { ...BYTES, "upload-offset": String(offset) },
      body: new Uint8Array(bytes),
    });
  const offsetOf = async (id: string, at: Pick<SignedIn, "fetch"> = staff) => {
    const answer = await at.fetch(`${PATH}/${id}`, {
      method: "HEAD",
      headers: TUS,
    });
    return Number(answer.headers.get("upload-offset"));
  };
  const resultOf = async (response: Response) => {
    const { results } = (await response.json()) as {
      results: { outcome: string; caseId: string | null }[];
    };
    return results[0];
  };
  const images = () =>
    server.database.client.image.findMany({ where: { siteId } });

  it("is sent by the protocol's own client and becomes a case", async () => {
    const bodies: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const upload = new Upload(film, {
        endpoint: `${server.address}${PATH}`,
        headers: { authorization: `Bearer ${staff.token}` },
        chunkSize: 10_000,
        metadata: { filename: "a.png", details: '{"mrn":"P-9"}' },
        retryDelays: null,
        onAfterResponse: (_request, response) => {
          bodies.push(response.getBody());
        },
        onError: reject,
        onSuccess: () => resolve(),
      });
      upload.start();
    });
    const [image] = await images();
    expect(image?.sha256).toBe(createHash("sha256").update(film).digest("hex"));
    expect(bodies.at(-1)).toContain('"outcome":"accepted"');
    const patient = await server.database.client.patient.findFirstOrThrow({
      where: { siteId },
    });
    expect(patient.mrn).toBe("P-9");
    expect(await server.database.client.resumablePart.count()).toBe(0);
  });

  it("goes on where a line broke, at another API process too", async () => {
    const { id } = await begin();
    const half = Math.floor(film.length / 2);
    await new Promise<void>((resolve) => {
      const broken = request(`${server.address}${PATH}/${id}`, {
        method: "PATCH",
        headers: {
          ...BYTES,
          authorization: `Bearer ${staff.token}`,
          "upload-offset": "0",
          "content-length": String(film.length),
        },
      });
      broken.on("error", () => resolve());
      broken.write(film.subarray(0, half), () =>
        setTimeout(() => broken.destroy(), 200),
      );
    });
    await until(
      async () => (await offsetOf(id)) === half,
      "what came was not kept",
      20,
    );
    const second = await startTestServer({
      films: true,
      database: server,
      wrapObjectStore: () => server.objectStore,
    });
    try {
      const at = {
        fetch: (path: string, init: RequestInit = {}) =>
          fetch(`${second.address}${path}`, {
            ...init,
            headers: {
              authorization: `Bearer ${staff.token}`,
              ...(init.headers as Record<string, string>),
            },
          }),
      };
      expect(await offsetOf(id, at)).toBe(half);
      const answer = await send(id, half, film.subarray(half), at);
      expect(answer.status).toBe(200);
      expect(await resultOf(answer)).toMatchObject({ outcome: "accepted" });
    } finally {
      await second.stop();
    }
    expect(await images()).toHaveLength(1);
  });

  it("is taken once, whoever asks twice", async () => {
    const { id } = await begin();
    const half = Math.floor(film.length / 2);
    const both = await Promise.all([
      send(id, 0, film.subarray(0, half)),
      send(id, 0, film.subarray(0, half)),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect(await offsetOf(id)).toBe(half);
    expect((await send(id, 5, film.subarray(5))).status).toBe(409);
    const first = await resultOf(await send(id, half, film.subarray(half)));
    expect(first).toMatchObject({ outcome: "accepted" });
    // The answer was lost: an empty piece at the end asks for it again.
    const again = await send(id, film.length, Buffer.alloc(0));
    expect(await resultOf(again)).toEqual(first);
    expect(await images()).toHaveLength(1);
    const other = await uploadOne(staff, film);
    expect(other.caseId).toBe(first?.caseId);
    expect(await images()).toHaveLength(1);
  });

  it("may come whole with its beginning", async () => {
    const answer = await staff.fetch(PATH, {
      method: "POST",
      headers: {
        ...BYTES,
        "upload-length": String(film.length),
        "upload-metadata": metadata({ siteId }),
      },
      body: new Uint8Array(film),
    });
    expect(answer.status).toBe(201);
    expect(await resultOf(answer)).toMatchObject({ outcome: "accepted" });
  });

  it("is a refusal of the film where it is none", async () => {
    const noise = randomBytes(500);
    const { id } = await begin(staff, noise.length);
    expect(await resultOf(await send(id, 0, noise))).toMatchObject({
      outcome: "refused",
    });
  });

  it("is nobody else's, and comes from those who may bring films in", async () => {
    const { id } = await begin();
    const other = await asStaff(server, siteId);
    expect((await send(id, 0, film, other)).status).toBe(404);
    const head = await other.fetch(`${PATH}/${id}`, {
      method: "HEAD",
      headers: TUS,
    });
    expect(head.status).toBe(404);
    const auditor = await asAuditor(server, siteId);
    expect((await begin(auditor)).response.status).toBe(403);
    const elsewhere = (await aSite(server)).id;
    const refused = await begin(staff, film.length, { siteId: elsewhere });
    expect(refused.response.status).toBe(404);
  });

  it("speaks the protocol's version, type and length", async () => {
    const options = await staff.fetch(PATH, { method: "OPTIONS" });
    expect(options.headers.get("tus-version")).toBe("1.0.0");
    expect(options.headers.get("tus-extension")).toContain("termination");
    const { id } = await begin();
    const bare = await staff.fetch(`${PATH}/${id}`, { method: "HEAD" });
    expect(bare.status).toBe(412);
    const json = await staff.fetch(`${PATH}/${id}`, {
      method: "PATCH",
      headers: { ...TUS, "content-type": "application/json" },
      body: "{}",
    });
    expect(json.status).toBe(415);
    expect((await begin(staff, 101 * 2 ** 20)).response.status).toBe(413);
    expect((await begin(staff, 0)).response.status).toBe(400);
    const more = Buffer.concat([film, Buffer.from("more")]);
    expect((await send(id, 0, more)).status).toBe(413);
    const wrong = await begin(staff, 10, { details: '{"ageYears":400}' });
    expect(wrong.response.status).toBe(400);
  });

  it("is one of a hundred that a person has begun, of four gigabytes", async () => {
    for (let open = 0; open < 40; open += 1)
      expect((await begin(staff, 100 * 2 ** 20)).response.status).toBe(201);
    const { response } = await begin(staff, 100 * 2 ** 20);
    expect(response.status).toBe(429);
    expect(await response.json()).toMatchObject({
      error: { code: "TOO_MANY_UPLOADS" },
    });
    expect((await begin(staff, 1)).response.status).toBe(201);
    const other = await asStaff(server, siteId);
    expect((await begin(other)).response.status).toBe(201);
  });

  it("leaves nothing in the store of a process that died as it put a piece away", async () => {
    const { client } = server.database;
    // The bytes lie in the store, and then the process does nothing any more.
    const died = new AbortController();
    const dying = await startTestServer({
      films: true,
      database: server,
      wrapObjectStore: () => ({
        ...server.objectStore,
        stage: async (body, options) => {
          const staged = await server.objectStore.stage(body, options);
          return {
            ...staged,
            discard: () => staged.discard(),
            commit: async (key) => {
              await staged.commit(key);
              died.abort();
              return new Promise<void>(() => undefined);
            },
          };
        },
      }),
    });
    try {
      const { id } = await begin();
      await fetch(`${dying.address}${PATH}/${id}`, {
        method: "PATCH",
        headers: {
          ...BYTES,
          authorization: `Bearer ${staff.token}`,
          "upload-offset": "0",
        },
        body: new Uint8Array(film.subarray(0, 1_000)),
        signal: died.signal,
      }).catch(() => null);
      const [part] = await client.resumablePart.findMany();
      expect(part).toMatchObject({ uploadId: id, isKept: false });
      expect(await server.objectStore.size(part?.key ?? "")).toBe(1_000);
      expect(await offsetOf(id)).toBe(0);
      const whole = await send(id, 0, film);
      expect(await resultOf(whole)).toMatchObject({ outcome: "accepted" });
      expect(await images()).toHaveLength(1);
      expect(await server.objectStore.size(part?.key ?? "")).toBeNull();
      expect(await client.resumablePart.count()).toBe(0);
    } finally {
      await dying.stop();
    }
  });

  it("is given up by who began it, or a day after the last piece", async () => {
    const { client } = server.database;
    const parts = () => client.resumablePart.findMany();
    const given = await begin();
    await send(given.id, 0, film.subarray(0, 100));
    const [kept] = await parts();
    expect(await server.objectStore.size(kept?.key ?? "")).toBe(100);
    await staff.fetch(`${PATH}/${given.id}`, {
      method: "DELETE",
      headers: TUS,
    });
    expect(await server.objectStore.size(kept?.key ?? "")).toBeNull();
    expect(
      await client.resumableUpload.count({ where: { id: given.id } }),
    ).toBe(0);

    const left = await begin();
    await send(left.id, 0, film.subarray(0, 100));
    const [part] = await parts();
    const purge = () =>
      purgeUploads({
        client: server.appDatabase.client,
        audit: new AuditLog(server.appDatabase.client, server.clock),
        clock: server.clock,
        objectStore: server.objectStore,
      });
    server.clock.forward(23 * 3_600);
    await purge();
    expect(await client.resumableUpload.count({ where: { id: left.id } })).toBe(
      1,
    );
    server.clock.forward(3_601);
    const { events } = await recordedBy(server, purge);
    expect(await server.objectStore.size(part?.key ?? "")).toBeNull();
    const own = events.filter(({ subjectId }) => subjectId === left.id);
    expect(own).toMatchObject([
      {
        type: "upload.expired",
        siteId,
        details: {
          fileName: "a.png",
          userId: staff.userId,
          bytes: 100,
          length: film.length,
        },
      },
    ]);
    expect(await client.resumableUpload.count()).toBe(0);
  });
});
