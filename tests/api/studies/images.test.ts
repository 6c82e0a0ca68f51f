import { gunzipSync } from "node:zlib";
import { request } from "node:http";
import sharp from "sharp";
import { z } from "zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { chestDicom, uploadOne, withDrawing } from "../../testkit/films.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAuditor,
  asNobody,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";

let server: TestServer;
let staff: SignedIn;
let film: Buffer;
let imageId: string;
let caseId: string;
let siteId: string;

beforeAll(async () => {
  server = await startTestServer({ films: true });
  siteId = (await aSite(server)).id;
  staff = await asStaff(server, siteId);
  film = chestDicom(
    1,
    { familyName: "Secret", givenName: "Name", id: "P-1", sex: "F" },
    { bitsStored: 12, window: { center: 2_000, width: 3_000 } },
  );
  ({ imageId, caseId } = await uploadOne(staff, film));
});
afterAll(() => server.stop());

const bytesOf = async (response: Response) =>
  Buffer.from(await response.arrayBuffer());

describe("GET /images/:id/thumbnail", () => {
  it("is a grey JPEG of at most 320 pixels, not kept by the browser", async () => {
    const response = await staff.fetch(`/images/${imageId}/thumbnail`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("image/jpeg");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const { format, width, height } = await sharp(
      await bytesOf(response),
    ).metadata();
    expect({ format, width, height }).toEqual({
      format: "jpeg",
      width: 192,
      height: 192,
    });
  });

  it("is an audited look, once a minute", async () => {
    server.clock.forward(61);
    const look = () => staff.fetch(`/images/${imageId}/thumbnail`);
    const { events } = await recordedBy(server, async () => {
      await look();
      await look();
    });
    expect(events.map(({ type }) => type)).toEqual(["image.thumbnail-viewed"]);
    expect(events[0]?.patientId).not.toBeNull();
  });
});

describe("GET /images/:id/pixels", () => {
  it("gives every sample at full depth with what is needed to show them", async () => {
    const response = await staff.fetch(`/images/${imageId}/pixels`);
    const { headers } = response;
    expect(headers.get("content-encoding")).toBe("gzip");
    expect(headers.get("x-film-width")).toBe("192");
    expect(headers.get("x-film-height")).toBe("192");
    expect(headers.get("x-film-max-value")).toBe("4095");
    expect(headers.get("x-film-window-center")).toBe("2000");
    expect(headers.get("x-film-window-width")).toBe("3000");
    const bytes = await bytesOf(response); // fetch unpacks it
    expect(bytes.length).toBe(192 * 192 * 2);
    const samples = new Uint16Array(
      bytes.buffer,
      bytes.byteOffset,
      bytes.length / 2,
    );
    expect(Math.max(...samples)).toBeGreaterThan(255);
    expect(Math.max(...samples)).toBeLessThanOrEqual(4095);
  });

  it("unpacks for a client that cannot", async () => {
    const url = `${server.address}/images/${imageId}/pixels`;
    const plain = await get(url, { "accept-encoding": "identity" });
    expect(plain.encoding).toBeUndefined();
    expect(plain.body.length).toBe(192 * 192 * 2);
    const packed = await get(url, { "accept-encoding": "gzip" });
    expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
  });

  it("is audited as a look, also when the browser has the film already", async () => {
    const first = await staff.fetch(`/images/${imageId}/pixels`);
    const etag = first.headers.get("etag") ?? "";
    const { result, events } = await recordedBy(server, () =>
      staff.fetch(`/images/${imageId}/pixels`, {
        headers: { "if-none-match": etag },
      }),
    );
    expect(result.status).toBe(304);
    expect(events).toMatchObject([
      { type: "image.viewed", subjectId: imageId, actorId: staff.userId },
    ]);
    expect(events[0]?.patientId).not.toBeNull();
  });
});

describe("GET /cases/:id/film", () => {
  it("is the film that came in first, with its name, as the same look", async () => {
    const { result, events } = await recordedBy(server, () =>
      staff.fetch(`/cases/${caseId}/film`),
    );
    expect(result.headers.get("x-film-id")).toBe(imageId);
    const same = await staff.fetch(`/images/${imageId}/pixels`);
    expect((await bytesOf(result)).equals(await bytesOf(same))).toBe(true);
    expect(events).toMatchObject([
      { type: "image.viewed", subjectId: imageId, actorId: staff.userId },
    ]);
    const other = await asRadiologist(server, (await aSite(server)).id);
    expect((await other.fetch(`/cases/${caseId}/film`)).status).toBe(404);
    const auditor = await asAuditor(server, siteId);
    expect((await auditor.fetch(`/cases/${caseId}/film`)).status).toBe(403);
  });
});

describe("GET /images/:id/drawings", () => {
  const upload = (seed: number) =>
    uploadOne(
      staff,
      withDrawing(
        chestDicom(seed, {
          familyName: "Drawn",
          givenName: "Over",
          id: `P-${String(seed)}`,
          sex: "F",
        }),
      ),
    );
  const pathOf = async (id: string) => {
    const answer = await staff.execute(
      "query ($id: ID!) { case(id: $id) { study { images { drawingsPath } } } }",
      { id },
    );
    const image = z.object({ drawingsPath: z.string().nullable() });
    const study = z.object({ images: z.array(image) });
    const { case: found } = answer.data(
      z.object({ case: z.object({ study }) }),
    );
    return found.study.images[0]?.drawingsPath;
  };

  it("is a picture as large as the film, and a look once a minute", async () => {
    const drawn = await upload(21);
    const path = await pathOf(drawn.caseId);
    expect(path).toBe(`/images/${drawn.imageId}/drawings`);
    const look = () => staff.fetch(path ?? "");
    const { result, events } = await recordedBy(server, async () => {
      await look();
      return look();
    });
    expect(result.headers.get("content-type")).toBe("image/png");
    const { data, info } = await sharp(await bytesOf(result))
      .extractChannel("alpha")
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([192, 192]);
    expect(data.subarray(2 * 192 + 4, 2 * 192 + 20)).toEqual(
      Buffer.alloc(16, 255),
    );
    expect(data.reduce((sum, alpha) => sum + alpha, 0)).toBe(16 * 255);
    expect(events).toMatchObject([
      { type: "image.viewed", subjectId: drawn.imageId },
    ]);
  });

  it("is not there of a film without any", async () => {
    const { status } = await staff.fetch(`/images/${imageId}/drawings`);
    expect(status).toBe(404);
  });
});

describe("GET /images/:id/original", () => {
  it("gives the very bytes, as a download, under a name without the patient", async () => {
    const { result, events } = await recordedBy(server, () =>
      staff.fetch(`/images/${imageId}/original`),
    );
    expect(result.headers.get("content-disposition")).toBe(
      `attachment; filename=film-${imageId}.dcm`,
    );
    expect((await bytesOf(result)).equals(film)).toBe(true);
    expect(events.map(({ type }) => type)).toEqual(["image.downloaded"]);
  });

  it("goes on where a transfer broke off", async () => {
    const response = await staff.fetch(`/images/${imageId}/original`, {
      headers: { range: "bytes=100-" },
    });
    expect(response.status).toBe(206);
    expect((await bytesOf(response)).equals(film.subarray(100))).toBe(true);
  });
});

describe("pictures of a film", () => {
  const kinds = ["thumbnail", "pixels", "drawings", "original"];

  it.each(kinds)("are refused to who is not signed in: %s", async (kind) => {
    const { status } = await asNobody(server).fetch(
      `/images/${imageId}/${kind}`,
    );
    expect(status).toBe(401);
  });

  it.each(kinds)("are refused to an auditor: %s", async (kind) => {
    const auditor = await asAuditor(server, siteId);
    const { status } = await auditor.fetch(`/images/${imageId}/${kind}`);
    expect(status).toBe(403);
  });

  it.each(kinds)("do not exist for another site's reader: %s", async (kind) => {
    const stranger = await asRadiologist(server, (await aSite(server)).id);
    const path = `/images/${imageId}/${kind}`;
    const [hidden, missing] = await Promise.all([
      stranger.fetch(path),
      stranger.fetch(path.replace(imageId, "no-such-film")),
    ]);
    expect(hidden.status).toBe(404);
    expect(await hidden.json()).toEqual(await missing.json());
  });
});

function get(url: string, headers: Record<string, string>) {
  return new Promise<{ body: Buffer; encoding: string | undefined }>(
    (resolve, reject) => {
      const call = request(
        url,
        { headers: { ...headers, authorization: `Bearer ${staff.token}` } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () =>
            resolve({
              body: Buffer.concat(chunks),
              encoding: response.headers["content-encoding"],
            }),
          );
        },
      );
      call.on("error", reject);
      call.end();
    },
  );
}
