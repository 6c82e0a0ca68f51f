import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { chestPng, uploadOne } from "../../testkit/films.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist, asStaff } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";
import { CLAIM, REVEAL, SIGN } from "../readings/reading-documents.ts";
import { OPEN, REMOVAL_PREVIEW, REMOVE, UNDO } from "./film-documents.ts";

const LIST = `{ worklist(first: 200) { totalCount edges { node { id } } } worklistSummary { waiting } }`;
const idOf = z.object({ removeFilm: z.object({ id: z.string() }) });

let server: TestServer;
let siteId: string;
let staff: SignedIn;
let reader: SignedIn;

beforeAll(async () => {
  server = await startTestServer({ films: true });
  siteId = (await aSite(server)).id;
  staff = await asStaff(server, siteId);
  reader = await asRadiologist(server, siteId);
});
afterAll(() => server.stop());

const listed = async () => {
  const data = (await staff.execute(LIST)).anyData();
  return z
    .object({
      worklist: z.object({
        totalCount: z.number(),
        edges: z.array(z.object({ node: z.object({ id: z.string() }) })),
      }),
      worklistSummary: z.object({ waiting: z.number() }),
    })
    .parse(data);
};

describe("a film that should not be here", () => {
  it("leaves worklist, viewer and priors at once, keeps its bytes, and comes back", async () => {
    const sent = await uploadOne(staff, await chestPng(4));
    const film = sent.imageId;
    const caseId = sent.caseId;
    const before = await listed();
    const looked = await staff.execute(REMOVAL_PREVIEW, { film });
    expect(looked.anyData()["filmRemovalPreview"]).toMatchObject({
      filmsLeft: 0,
      signedCases: 0,
      isAllowed: true,
    });
    const { result, events } = await recordedBy(server, async () =>
      (await staff.execute(REMOVE, { film })).data(idOf),
    );
    expect(events.map(({ type }) => type)).toEqual([
      "case.film-left",
      "image.removed",
    ]);
    expect(events[1]).toMatchObject({
      details: { reason: "A test exposure", isUndo: false },
    });
    const after = await listed();
    expect(after.worklist.totalCount).toBe(before.worklist.totalCount - 1);
    expect(after.worklistSummary.waiting).toBe(
      before.worklistSummary.waiting - 1,
    );
    for (const path of ["thumbnail", "pixels", "original"])
      expect((await staff.fetch(`/images/${film}/${path}`)).status).toBe(404);
    const open = await reader.execute(OPEN, { id: caseId });
    expect(open.anyData()["case"]).toMatchObject({
      state: "EMPTY",
      study: { images: [] },
    });
    (await staff.execute(REMOVE, { film })).refusedWith("NOT_FOUND");
    const row = await server.database.client.image.findUniqueOrThrow({
      where: { id: film },
    });
    expect(row.removedAt).not.toBeNull();

    (await staff.execute(UNDO, { id: result.removeFilm.id })).anyData();
    expect(await listed()).toEqual(before);
    expect((await staff.fetch(`/images/${film}/original`)).status).toBe(200);
  });

  it("is said to have been removed when it is sent again", async () => {
    const bytes = await chestPng(5);
    const sent = await uploadOne(staff, bytes);
    (await staff.execute(REMOVE, { film: sent.imageId })).anyData();
    const form = new FormData();
    form.append("film", new Blob([new Uint8Array(bytes)]), "again.png");
    const answer = await staff.fetch("/upload", { method: "POST", body: form });
    expect(await answer.json()).toMatchObject({
      results: [{ outcome: "duplicate", code: "removed", imageId: null }],
    });
  });

  it("is no prior, and no example to learn from", async () => {
    const { client } = server.database;
    const earlier = new Date("2026-01-01T10:00:00Z");
    const prior = await aCase(server, siteId)
      .assessed(0.9)
      .studiedAt(earlier)
      .create();
    const now = await aCase(server, siteId).of(prior.patient).create();
    const { id } = prior.case;
    (await reader.execute(CLAIM, { id })).anyData();
    (await reader.execute(REVEAL, { id })).anyData();
    const input = {
      caseId: id,
      caseVersion: 2,
      label: "PNEUMONIA",
      decision: "CONFIRM",
    };
    (await reader.execute(SIGN, { input })).anyData();
    const priors = async () =>
      (await reader.execute(OPEN, { id: now.case.id })).anyData()["case"];
    expect(await priors()).toMatchObject({ priors: [{ id: prior.study.id }] });
    const film = prior.image.id;
    (await staff.execute(REMOVE, { film })).refusedWith("FORBIDDEN");
    (await reader.execute(REMOVE, { film })).anyData();
    expect(await priors()).toMatchObject({ priors: [] });
    expect(
      await client.caseLabel.count({ where: { caseId: id, until: null } }),
    ).toBe(0);
    expect(await client.decidedScore.count({ where: { caseId: id } })).toBe(0);
    const readings = await client.reading.findMany({ where: { caseId: id } });
    expect(readings.map(({ notice }) => notice)).toEqual(["film-left"]);
  });
});
