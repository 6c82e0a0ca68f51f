import { createHash, randomUUID } from "node:crypto";
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
  MOVE,
  MOVE_PREVIEW,
  OPEN,
  UNDO,
  UNDO_PREVIEW,
} from "./film-documents.ts";

let server: TestServer;
let siteId: string;
let staff: SignedIn;
let reader: SignedIn;
let admin: SignedIn;

beforeAll(async () => {
  server = await startTestServer();
  siteId = (await aSite(server)).id;
  staff = await asStaff(server, siteId);
  reader = await asRadiologist(server, siteId);
  admin = await asAdmin(server, siteId);
});
afterAll(() => server.stop());

const idOf = z.object({ moveFilm: z.object({ id: z.string() }) });

const rowOf = ({ case: row }: Scenario) =>
  server.database.client.case.findUniqueOrThrow({ where: { id: row.id } });

async function anotherFilm({ study }: Scenario): Promise<string> {
  const made = await server.database.client.image.create({
    data: {
      siteId,
      studyId: study.id,
      sha256: createHash("sha256").update(randomUUID()).digest("hex"),
      format: "PNG",
      bytes: 1000,
      width: 1024,
      height: 1280,
      bitsStored: 8,
      windowCenter: 128,
      windowWidth: 256,
      originalName: "second.png",
    },
  });
  return made.id;
}

async function sign({ case: row }: Scenario, marks: unknown[] = []) {
  (await reader.execute(CLAIM, { id: row.id })).anyData();
  (await reader.execute(REVEAL, { id: row.id })).anyData();
  const input = {
    caseId: row.id,
    caseVersion: 2,
    label: "PNEUMONIA",
    decision: "CONFIRM",
    marks,
  };
  (await reader.execute(SIGN, { input })).anyData();
}

describe("a film in the wrong study", () => {
  it("goes to the study of another patient, both cases follow, and comes back", async () => {
    const from = await aCase(server, siteId).assessed(0.9).create();
    const to = await aCase(server, siteId).assessed(0.1).create();
    const film = from.image.id;
    const looked = await staff.execute(MOVE_PREVIEW, {
      film,
      study: to.study.id,
    });
    expect(looked.anyData()["filmMovePreview"]).toEqual({
      filmsLeft: 0,
      signedCases: 0,
      beingRead: 0,
      marks: 0,
      labels: 0,
      datasets: 0,
      isAskedAgain: false,
      isReadAgain: true,
      isAllowed: true,
    });
    const { result, events } = await recordedBy(server, async () =>
      (await staff.execute(MOVE, { film, study: to.study.id })).data(idOf),
    );
    expect(
      events.map(({ type }) => type).filter((type) => type !== "case.placed"),
    ).toEqual([
      "case.film-left",
      "case.film-added",
      "image.moved",
      "image.move-received",
    ]);
    expect(events.find(({ type }) => type === "image.moved")).toMatchObject({
      subjectId: film,
      patientId: from.patient.id,
      before: { studyId: from.study.id },
      after: { studyId: to.study.id },
      details: { reason: "Wrong patient on the console", isOtherPatient: true },
    });
    expect(await rowOf(from)).toMatchObject({
      state: "EMPTY",
      shownPredictionId: null,
      notAssessedReason: "no-film",
      worklistBucket: -1,
    });
    // The sicker film is what the other case shows now.
    expect(await rowOf(to)).toMatchObject({
      state: "WAITING",
      shownPredictionId: from.prediction?.id,
    });
    const empty = await reader.execute(OPEN, { id: from.case.id });
    expect(empty.anyData()["case"]).toMatchObject({
      state: "EMPTY",
      viewerCanClaim: false,
      study: { images: [] },
    });
    (await reader.execute(CLAIM, { id: from.case.id })).refusedWith(
      "CASE_EMPTY",
    );
    const listed = (await staff.execute(LIST, { case: to.case.id })).anyData();
    expect(listed["filmCorrections"]).toMatchObject({
      edges: [
        {
          node: {
            kind: "MOVED",
            fileName: "film.png",
            viewerCanUndo: true,
            study: { id: from.study.id },
            toStudy: { id: to.study.id },
          },
        },
      ],
    });

    const { id } = result.moveFilm;
    const ahead = await staff.execute(UNDO_PREVIEW, { id });
    expect(ahead.anyData()["filmCorrectionUndoPreview"]).toMatchObject({
      filmsLeft: 1,
      isAllowed: true,
    });
    const undone = await staff.execute(UNDO, { id });
    expect(undone.anyData()["undoFilmCorrection"]).toMatchObject({
      undoReason: "It was right",
    });
    expect(await rowOf(from)).toMatchObject({
      state: "WAITING",
      shownPredictionId: from.prediction?.id,
    });
    expect(await rowOf(to)).toMatchObject({
      shownPredictionId: to.prediction?.id,
    });
    (await staff.execute(UNDO, { id })).refusedWith("CONFLICT");
  });

  it("gets a study of its own where the patient has none of that day", async () => {
    const from = await aCase(server, siteId).assessed(0.9).create();
    const second = await anotherFilm(from);
    const other = await aCase(server, siteId).create();
    const moved = await staff.execute(MOVE, {
      film: second,
      patient: other.patient.id,
    });
    const { toStudy } = moved.data(
      z.object({
        moveFilm: z.object({
          toStudy: z.object({
            id: z.string(),
            patient: z.object({ id: z.string() }),
          }),
        }),
      }),
    ).moveFilm;
    expect(toStudy.patient.id).toBe(other.patient.id);
    expect(toStudy.id).not.toBe(other.study.id);
    const made = await server.database.client.case.findUniqueOrThrow({
      where: { studyId: toStudy.id },
    });
    expect(made).toMatchObject({
      state: "WAITING",
      patientId: other.patient.id,
      mrn: other.patient.mrn,
    });
    expect(await rowOf(from)).toMatchObject({ state: "WAITING" });
  });

  it("lets only those touch a signed case who may, opens it for its signer and tells him", async () => {
    const signed = await aCase(server, siteId).assessed(0.9).create();
    await anotherFilm(signed);
    const to = await aCase(server, siteId).create();
    const film = signed.image.id;
    const mark = { imageId: film, kind: "BOX", finding: "pneumonia" };
    await sign(signed, [{ ...mark, x: 1, y: 1, width: 9, height: 9 }]);
    const ids = { film, study: to.study.id };
    const looked = await staff.execute(MOVE_PREVIEW, ids);
    expect(looked.anyData()["filmMovePreview"]).toMatchObject({
      filmsLeft: 1,
      signedCases: 1,
      labels: 1,
      marks: 1,
      isAllowed: false,
    });
    (await staff.execute(MOVE, ids)).refusedWith("FORBIDDEN");
    expect(await rowOf(signed)).toMatchObject({ state: "SIGNED" });
    (await reader.execute(MOVE, ids)).anyData();
    expect(await rowOf(signed)).toMatchObject({
      state: "WAITING",
      decidedLabel: null,
      assigneeId: reader.userId,
    });
    const { client } = server.database;
    const readings = await client.reading.findMany({
      where: { caseId: signed.case.id },
    });
    expect(readings.map(({ notice }) => notice)).toEqual(["film-left"]);
    const labels = await client.caseLabel.count({
      where: { caseId: signed.case.id, until: null },
    });
    expect(labels).toBe(0);
  });

  it("opens a signed case that gets it", async () => {
    const from = await aCase(server, siteId).assessed(0.9).create();
    const signed = await aCase(server, siteId).assessed(0.9).create();
    await sign(signed);
    const ids = { film: from.image.id, study: signed.study.id };
    (await reader.execute(MOVE, ids)).anyData();
    expect(await rowOf(signed)).toMatchObject({
      state: "WAITING",
      assigneeId: reader.userId,
    });
  });

  it("ends the reading of who has nothing left to read", async () => {
    const from = await aCase(server, siteId).assessed(0.9).create();
    const to = await aCase(server, siteId).create();
    (await reader.execute(CLAIM, { id: from.case.id })).anyData();
    const ids = { film: from.image.id, study: to.study.id };
    (await staff.execute(MOVE, ids)).anyData();
    expect(await rowOf(from)).toMatchObject({
      state: "EMPTY",
      claimedById: null,
    });
    const readings = await server.database.client.reading.findMany({
      where: { caseId: from.case.id },
    });
    expect(readings.map(({ state }) => state)).toEqual(["ENDED"]);
  });

  it("goes one way where two move it at once", async () => {
    const from = await aCase(server, siteId).create();
    const one = await aCase(server, siteId).create();
    const other = await aCase(server, siteId).create();
    const answers = await Promise.all(
      [one, other].map(({ study }) =>
        staff.execute(MOVE, { film: from.image.id, study: study.id }),
      ),
    );
    const codes = answers.map(({ code }) => code).sort();
    expect(codes).toEqual(["CONFLICT", null]);
    const { client } = server.database;
    expect(
      await client.filmCorrection.count({
        where: { imageId: from.image.id },
      }),
    ).toBe(1);
  });

  it("is undone newest first", async () => {
    const from = await aCase(server, siteId).create();
    const to = await aCase(server, siteId).create();
    const further = await aCase(server, siteId).create();
    const film = from.image.id;
    const move = async (study: string) =>
      (await staff.execute(MOVE, { film, study })).data(idOf).moveFilm.id;
    const first = await move(to.study.id);
    // Ids follow the clock, which stands still in tests.
    server.clock.forward(1);
    const second = await move(further.study.id);
    (await staff.execute(UNDO, { id: first })).refusedWith("CONFLICT");
    (await staff.execute(UNDO, { id: second })).anyData();
    (await staff.execute(UNDO, { id: first })).anyData();
    expect(await rowOf(from)).toMatchObject({ state: "WAITING" });
    expect(await rowOf(to)).toMatchObject({ state: "WAITING" });
  });

  it("stays at its hospital, and where it is, and needs a reason and a right", async () => {
    const elsewhere = (await aSite(server)).id;
    const from = await aCase(server, siteId).create();
    const theirs = await aCase(server, elsewhere).create();
    const both = await asStaff(server, siteId, elsewhere);
    const film = from.image.id;
    const there = { film, study: theirs.study.id };
    (await staff.execute(MOVE, there)).refusedWith("NOT_FOUND");
    (await both.execute(MOVE, there)).refusedWith("BAD_USER_INPUT");
    (await staff.execute(MOVE, { film })).refusedWith("BAD_USER_INPUT");
    const here = { film, study: from.study.id };
    (await staff.execute(MOVE, here)).refusedWith("BAD_USER_INPUT");
    (await staff.execute(MOVE, { ...there, reason: " " })).refusedWith(
      "BAD_USER_INPUT",
    );
    const own = { film, patient: from.patient.id };
    (await admin.execute(MOVE, own)).refusedWith("FORBIDDEN");
    (
      await staff.execute(MOVE, {
        film: theirs.image.id,
        patient: from.patient.id,
      })
    ).refusedWith("NOT_FOUND");
  });
});
