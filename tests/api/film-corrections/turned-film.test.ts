import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { encodePhantomPng, makePhantom } from "@lung-iris/phantom";
import { uploadOne } from "../../testkit/films.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asStaff, type SignedIn } from "../../testkit/viewers.ts";
import {
  startTestWorker,
  untilAssessed,
  untilNoJob,
  type TestWorker,
} from "../../testkit/worker.ts";
import { TURN, UNDO } from "./film-documents.ts";

/** What is made of a film that lies otherwise than its file has it. */
let server: TestServer;
let worker: TestWorker;
let staff: SignedIn;

beforeAll(async () => {
  server = await startTestServer({ films: true });
  worker = await startTestWorker(server);
  staff = await asStaff(server, (await aSite(server)).id);
});
afterAll(async () => {
  await worker.stop();
  await server.stop();
});

const MIRRORED = { quarterTurns: 0, isMirrored: true };
const AS_STORED = { quarterTurns: 0, isMirrored: false };

const idOf = z.object({ turnFilm: z.object({ id: z.string() }) });
const turn = async (film: string, pose: object) =>
  (await staff.execute(TURN, { film, ...pose })).data(idOf).turnFilm.id;

const SIDE = 512;

const hundredth = (value: number) => Math.round(value * 100) / 100;

/** What the newest prediction says, in pixels of the film's file. */
async function answerOf(imageId: string) {
  const prediction = await server.database.client.prediction.findFirstOrThrow({
    where: { imageId },
    orderBy: { revision: "desc" },
    include: { findings: { where: { code: "pneumonia" } } },
  });
  const [finding] = prediction.findings;
  const boxes = z
    .array(z.object({ x: z.number(), width: z.number(), y: z.number() }))
    .parse(finding?.boxes ?? []);
  const map = await server.database.client.predictionMap.findFirst({
    where: { predictionId: prediction.id, code: "pneumonia" },
  });
  return { ...prediction, probability: finding?.probability, boxes, map };
}

const thumbnailOf = async (id: string) =>
  Buffer.from(
    await (await staff.fetch(`/images/${id}/thumbnail`)).arrayBuffer(),
  );

it("is that of the film that was stored right: the AI's answer, in its own pixels, and the picture", async () => {
  const phantom = makePhantom({
    seed: 31,
    size: SIDE,
    ageYears: 40,
    pathology: "consolidation",
  });
  const right = Buffer.from(await encodePhantomPng(phantom, { bits: 8 }));
  const wrong = await sharp(right).flop().png().toBuffer();
  const details = { details: JSON.stringify({ ageYears: 40 }) };
  const good = await uploadOne(staff, right, details);
  const bad = await uploadOne(staff, wrong, details);
  await untilAssessed(server);
  const wanted = await answerOf(good.imageId);
  const before = await answerOf(bad.imageId);
  expect(before.probability).not.toBe(wanted.probability);

  const id = await turn(bad.imageId, MIRRORED);
  await untilNoJob(server);
  const after = await answerOf(bad.imageId);
  expect(after).toMatchObject({
    revision: 2,
    basis: "age=40 sex=UNKNOWN lies=0m",
  });
  expect(after.probability).toBe(wanted.probability);
  expect(wanted.boxes.length).toBeGreaterThan(0);
  const { width: across } = phantom;
  const places = (boxes: typeof after.boxes) =>
    boxes.map((box) => [box.x, box.y, box.width].map(hundredth));
  expect(places(after.boxes)).toEqual(
    places(
      wanted.boxes.map((box) => ({ ...box, x: across - box.x - box.width })),
    ),
  );
  const { columns = 0, values = [] } = wanted.map ?? {};
  const rows = Array.from({ length: values.length / columns }, (_, row) =>
    values.slice(row * columns, (row + 1) * columns).reverse(),
  );
  expect(after.map?.values).toEqual(rows.flat());
  const shown = await server.database.client.case.findUniqueOrThrow({
    where: { id: bad.caseId },
  });
  expect(shown.shownPredictionId).toBe(after.id);

  expect(await thumbnailOf(bad.imageId)).toEqual(
    await thumbnailOf(good.imageId),
  );
  const path = await staff.execute(
    `query ($id: ID!) { case(id: $id) { study { images { thumbnailPath quarterTurns isMirrored } } } }`,
    { id: bad.caseId },
  );
  expect(path.anyData()["case"]).toMatchObject({
    study: {
      images: [
        {
          ...MIRRORED,
          thumbnailPath: `/images/${bad.imageId}/thumbnail?lies=0m`,
        },
      ],
    },
  });

  (await staff.execute(UNDO, { id })).anyData();
  await untilNoJob(server);
  expect((await answerOf(bad.imageId)).probability).toBe(before.probability);
});

it("is not assessed where somebody says that it is a lateral", async () => {
  const phantom = makePhantom({
    seed: 32,
    size: SIDE,
    ageYears: 40,
    pathology: "none",
  });
  const bytes = Buffer.from(await encodePhantomPng(phantom, { bits: 8 }));
  const sent = await uploadOne(staff, bytes);
  await untilAssessed(server);
  await turn(sent.imageId, { ...AS_STORED, view: "LATERAL" });
  await untilNoJob(server);
  expect(await answerOf(sent.imageId)).toMatchObject({
    gateStatus: "NOT_ASSESSED",
    gateReason: "lateral",
  });
  const row = await server.database.client.case.findUniqueOrThrow({
    where: { id: sent.caseId },
  });
  expect(row).toMatchObject({
    assessment: "NOT_ASSESSED",
    notAssessedReason: "lateral",
  });
});
