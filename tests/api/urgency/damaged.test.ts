import { filmElements, writeDicom } from "@lung-iris/dicom/writer";
import { encodePhantomJpeg, makePhantom } from "@lung-iris/phantom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chestPng, uploadOne } from "../../testkit/films.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";
import {
  startTestWorker,
  untilAssessed,
  type TestWorker,
} from "../../testkit/worker.ts";

let server: TestServer;
let worker: TestWorker;
let staff: SignedIn;
let reader: SignedIn;

beforeAll(async () => {
  server = await startTestServer({ films: true });
  const siteId = (await aSite(server)).id;
  staff = await asStaff(server, siteId);
  reader = await asRadiologist(server, siteId);
  worker = await startTestWorker(server);
});
afterAll(async () => {
  await worker.stop();
  await server.stop();
});

async function chestJpeg(progressive = false): Promise<Buffer> {
  const film = makePhantom({ seed: 9, width: 512, height: 512 });
  return Buffer.from(
    await encodePhantomJpeg(film, { quality: 88, progressive }),
  );
}

/** DICOM around a JPEG stream (baseline, PS3.5 A.4.1). */
function chestDicom(jpeg: Buffer): Buffer {
  const elements = filmElements({
    rows: 512,
    columns: 512,
    bitsAllocated: 8,
    pixelVr: "OB",
    pixels: { fragments: [jpeg] },
  });
  return Buffer.from(
    writeDicom(elements, { transferSyntax: "1.2.840.10008.1.2.4.50" }),
  );
}

/** Cut to a part, with the end marker that hides it. */
function cut(jpeg: Buffer, part: number): Buffer {
  const end = Buffer.from([0xff, 0xd9]);
  return Buffer.concat([jpeg.subarray(0, jpeg.length * part), end]);
}

async function assessmentOf(film: Buffer) {
  const { caseId, imageId } = await uploadOne(staff, film);
  await untilAssessed(server);
  const row = await server.database.client.case.findUniqueOrThrow({
    where: { id: caseId },
  });
  return { row, imageId };
}

describe("a damaged film", () => {
  it("is assessed while it is whole", async () => {
    for (const film of [
      await chestJpeg(),
      await chestJpeg(true),
      chestDicom(await chestJpeg()),
      await chestPng(9, 512),
    ]) {
      const { row } = await assessmentOf(film);
      expect(row.assessment).toBe("ASSESSED");
    }
  });

  it.each([
    [
      "a JPEG cut to 80 % with an end marker",
      async () => cut(await chestJpeg(), 0.8),
    ],
    [
      "a JPEG cut to 40 % with an end marker",
      async () => cut(await chestJpeg(), 0.4),
    ],
    [
      "a JPEG of several scans cut to 80 % with an end marker",
      async () => cut(await chestJpeg(true), 0.8),
    ],
    [
      "DICOM with a JPEG cut to 80 % with an end marker",
      async () => chestDicom(cut(await chestJpeg(), 0.8)),
    ],
    [
      "a PNG cut in the middle",
      async () => {
        const png = await chestPng(10, 512);
        return png.subarray(0, png.length / 2);
      },
    ],
  ])("is not assessed, says why, and is shown: %s", async (_what, make) => {
    const { row, imageId } = await assessmentOf(await make());
    expect(row).toMatchObject({
      assessment: "NOT_ASSESSED",
      notAssessedReason: "damaged",
      probability: null,
      state: "WAITING",
    });
    for (const picture of ["thumbnail", "pixels"]) {
      const answer = await reader.fetch(`/images/${imageId}/${picture}`);
      expect(answer.status).toBe(200);
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(500);
    }
  });
});
