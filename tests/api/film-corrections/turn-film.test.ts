import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase, type Scenario } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { CLAIM, REVEAL, SIGN } from "../readings/reading-documents.ts";
import {
  LIST,
  TURN,
  TURN_PREVIEW,
  UNDO,
  UNDO_PREVIEW,
} from "./film-documents.ts";

let server: TestServer;
let siteId: string;
let staff: SignedIn;
let reader: SignedIn;
let admin: SignedIn;

beforeAll(async () => {
  server = await startTestServer({ films: true });
  siteId = (await aSite(server)).id;
  staff = await asStaff(server, siteId);
  reader = await asRadiologist(server, siteId);
  admin = await asAdmin(server, siteId);
});
afterAll(() => server.stop());

const MIRRORED = { quarterTurns: 0, isMirrored: true };
const AS_STORED = { quarterTurns: 0, isMirrored: false };

const idOf = z.object({ turnFilm: z.object({ id: z.string() }) });
const turn = async (who: SignedIn, film: string, pose: object) =>
  (await who.execute(TURN, { film, ...pose })).data(idOf).turnFilm.id;

const filmOf = (id: string) =>
  server.database.client.image.findUniqueOrThrow({ where: { id } });
const rowOf = ({ case: row }: Scenario) =>
  server.database.client.case.findUniqueOrThrow({ where: { id: row.id } });
const studyOf = ({ study }: Scenario) =>
  server.database.client.study.findUniqueOrThrow({ where: { id: study.id } });
const noticesOf = async ({ case: row }: Scenario) => {
  const { client } = server.database;
  const readings = await client.reading.findMany({ where: { caseId: row.id } });
  return readings.map(({ notice }) => notice);
};

async function sign({ case: row }: Scenario) {
  (await reader.execute(CLAIM, { id: row.id })).anyData();
  (await reader.execute(REVEAL, { id: row.id })).anyData();
  const input = {
    caseId: row.id,
    caseVersion: 2,
    label: "PNEUMONIA",
    decision: "CONFIRM",
  };
  (await reader.execute(SIGN, { input })).anyData();
}

describe("a film that was stored the wrong way", () => {
  it("is laid right, with its event, shown so in the list, and laid back", async () => {
    const scenario = await aCase(server, siteId).assessed(0.9).create();
    const film = scenario.image.id;
    const looked = await staff.execute(TURN_PREVIEW, { film, ...MIRRORED });
    expect(looked.anyData()["filmTurnPreview"]).toEqual({
      filmsLeft: null,
      signedCases: 0,
      beingRead: 0,
      marks: 0,
      labels: 0,
      datasets: 0,
      isAskedAgain: true,
      isReadAgain: true,
      isAllowed: true,
    });
    const { result: id, events } = await recordedBy(server, () =>
      turn(staff, film, { ...MIRRORED, view: "AP" }),
    );
    expect(
      events.map(({ type }) => type).filter((type) => type !== "case.placed"),
    ).toEqual(["case.film-turned", "image.turned"]);
    expect(events.find(({ type }) => type === "image.turned")).toMatchObject({
      subjectId: film,
      patientId: scenario.patient.id,
      before: { isMirrored: false, viewPosition: null, studyView: null },
      after: { isMirrored: true, viewPosition: "AP", studyView: "AP" },
      details: { reason: "The marker is on the wrong side", isUndo: false },
    });
    expect(await filmOf(film)).toMatchObject({
      ...MIRRORED,
      viewPosition: "AP",
    });
    expect(await studyOf(scenario)).toMatchObject({ viewPosition: "AP" });
    const { client } = server.database;
    const jobs = await client.$queryRaw<unknown[]>`
      SELECT 1 FROM graphile_worker._private_jobs
      WHERE payload ->> 'imageId' = ${film}`;
    // The site's live model is asked again.
    expect(jobs).toHaveLength(1);
    const listed = await staff.execute(LIST, { case: scenario.case.id });
    expect(listed.anyData()["filmCorrections"]).toMatchObject({
      edges: [
        {
          node: {
            id,
            kind: "TURNED",
            viewerCanUndo: true,
            before: { ...AS_STORED, viewPosition: null },
            after: { ...MIRRORED, viewPosition: "AP" },
          },
        },
      ],
    });

    const ahead = await staff.execute(UNDO_PREVIEW, { id });
    expect(ahead.anyData()["filmCorrectionUndoPreview"]).toMatchObject({
      isAskedAgain: true,
      isReadAgain: true,
    });
    (await staff.execute(UNDO, { id })).anyData();
    expect(await filmOf(film)).toMatchObject({
      ...AS_STORED,
      viewPosition: null,
    });
    expect(await studyOf(scenario)).toMatchObject({ viewPosition: null });
  });

  it("is laid by two corrections and back by two, the newest first", async () => {
    const scenario = await aCase(server, siteId).create();
    const film = scenario.image.id;
    const first = await turn(staff, film, {
      quarterTurns: 1,
      isMirrored: false,
    });
    server.clock.forward(1);
    const second = await turn(staff, film, {
      quarterTurns: 1,
      isMirrored: true,
    });
    (await staff.execute(UNDO, { id: first })).refusedWith("CONFLICT");
    (await staff.execute(UNDO, { id: second })).anyData();
    expect(await filmOf(film)).toMatchObject({
      quarterTurns: 1,
      isMirrored: false,
    });
    (await staff.execute(UNDO, { id: first })).anyData();
    expect(await filmOf(film)).toMatchObject(AS_STORED);
  });

  it("is read again by its signer, who is told, and touched by who may", async () => {
    const signed = await aCase(server, siteId).assessed(0.9).create();
    await sign(signed);
    const film = signed.image.id;
    const looked = await staff.execute(TURN_PREVIEW, { film, ...MIRRORED });
    expect(looked.anyData()["filmTurnPreview"]).toMatchObject({
      signedCases: 1,
      labels: 1,
      isReadAgain: true,
      isAllowed: false,
    });
    (await staff.execute(TURN, { film, ...MIRRORED })).refusedWith("FORBIDDEN");
    expect(await filmOf(film)).toMatchObject(AS_STORED);
    await turn(reader, film, MIRRORED);
    expect(await rowOf(signed)).toMatchObject({
      state: "WAITING",
      decidedLabel: null,
      assigneeId: reader.userId,
    });
    expect(await noticesOf(signed)).toEqual(["film-turned"]);
  });

  it("of another view alone stays signed, and its signer is told", async () => {
    const signed = await aCase(server, siteId).assessed(0.9).create();
    await sign(signed);
    const pose = { film: signed.image.id, ...AS_STORED, view: "LATERAL" };
    const looked = await reader.execute(TURN_PREVIEW, pose);
    expect(looked.anyData()["filmTurnPreview"]).toMatchObject({
      signedCases: 1,
      labels: 0,
      isAskedAgain: false,
      isReadAgain: false,
    });
    (await reader.execute(TURN, pose)).anyData();
    expect(await rowOf(signed)).toMatchObject({
      state: "SIGNED",
      decidedLabel: "PNEUMONIA",
    });
    expect(await noticesOf(signed)).toEqual(["film-turned"]);
    expect(await studyOf(signed)).toMatchObject({ viewPosition: "LATERAL" });
  });

  it("keeps its own view where its study has other films", async () => {
    const scenario = await aCase(server, siteId).create();
    const { client } = server.database;
    const sha256 = "0".repeat(60) + scenario.image.id.slice(-4);
    const id = randomUUID();
    await client.image.create({ data: { ...scenario.image, id, sha256 } });
    const film = scenario.image.id;
    await turn(staff, film, { ...AS_STORED, view: "LATERAL" });
    expect(await filmOf(film)).toMatchObject({ viewPosition: "LATERAL" });
    expect(await studyOf(scenario)).toMatchObject({ viewPosition: null });
  });

  it("needs a change, a pose that there is, a reason and a right", async () => {
    const elsewhere = await aCase(server, (await aSite(server)).id).create();
    const { image } = await aCase(server, siteId).create();
    const film = image.id;
    const wrong = [
      { film, ...AS_STORED },
      { film, quarterTurns: 4, isMirrored: false },
      { film, quarterTurns: -1, isMirrored: false },
      { film, ...AS_STORED, view: "UPSIDE" },
      { film, ...MIRRORED, reason: " " },
    ];
    for (const pose of wrong)
      (await staff.execute(TURN, pose)).refusedWith("BAD_USER_INPUT");
    const theirs = { film: elsewhere.image.id, ...MIRRORED };
    (await staff.execute(TURN, theirs)).refusedWith("NOT_FOUND");
    (await admin.execute(TURN, { film, ...MIRRORED })).refusedWith("FORBIDDEN");
    expect(await filmOf(film)).toMatchObject(AS_STORED);
  });
});
