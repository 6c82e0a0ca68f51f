import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { chestDicom, uploadOne } from "../../testkit/films.ts";
import { aCase, type Scenario } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { CLAIM, REVEAL, SIGN } from "../readings/reading-documents.ts";
import { MERGE, PREVIEW, UNDO, UNDO_PREVIEW } from "./merge-documents.ts";

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

const mergeId = z.object({ mergePatients: z.object({ id: z.string() }) });

async function merge(
  survivor: Scenario,
  merged: Scenario,
  by = staff,
): Promise<string> {
  const answer = await by.execute(MERGE, {
    survivor: survivor.patient.id,
    merged: merged.patient.id,
    reason: "One woman with two cards",
  });
  return answer.data(mergeId).mergePatients.id;
}

async function sign({ case: row }: Scenario): Promise<void> {
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

const rowOf = ({ case: row }: Scenario) =>
  server.database.client.case.findUniqueOrThrow({ where: { id: row.id } });

describe("merging two records of one patient", () => {
  it("moves studies and cases, each an event, and undoing brings back exactly what was", async () => {
    const survivor = await aCase(server, siteId).assessed(0.1).create();
    const open = await aCase(server, siteId).assessed(0.2).create();
    const also = await aCase(server, siteId).of(open.patient).create();
    // The rules give all three their place first.
    for (const { study } of [survivor, open, also])
      (
        await staff.execute(
          `mutation ($id: ID!) { updateStudyDetails(input: { studyId: $id, description: "Chest" }) { id } }`,
          { id: study.id },
        )
      ).anyData();
    const before = [await rowOf(open), await rowOf(also)];
    const { result: id, events } = await recordedBy(server, () =>
      merge(survivor, open),
    );
    expect(events.map(({ type }) => type)).toEqual([
      "case.moved",
      "case.moved",
      "patient.merged",
      "patient.merge-received",
    ]);
    expect(events[0]).toMatchObject({
      before: { patientId: open.patient.id, mrn: open.patient.mrn },
      after: { patientId: survivor.patient.id, mrn: survivor.patient.mrn },
      details: { reason: "One woman with two cards" },
    });
    expect(events[2]).toMatchObject({
      patientId: open.patient.id,
      before: { mergedIntoId: null },
      after: { mergedIntoId: survivor.patient.id },
    });
    expect(events[3]).toMatchObject({ patientId: survivor.patient.id });
    expect(await rowOf(also)).toMatchObject({
      patientId: survivor.patient.id,
      patientName: survivor.patient.name,
    });

    const undone = await staff.execute(UNDO, { id, reason: "Two after all" });
    expect(undone.anyData()["undoMerge"]).toMatchObject({
      undoReason: "Two after all",
    });
    for (const [at, scenario] of [open, also].entries()) {
      const row = await rowOf(scenario);
      const { version, updatedAt, ...same } = row;
      const was = before[at];
      expect(same).toEqual({
        ...was,
        version: undefined,
        updatedAt: undefined,
      });
      expect(version).toBeGreaterThan(was?.version ?? 0);
      expect(updatedAt).toBeInstanceOf(Date);
    }
    const again = await staff.execute(UNDO, { id, reason: "Again" });
    again.refusedWith("CONFLICT");
  });

  it("lets only those move a signed case who may say whose it is, and tells its signer", async () => {
    const survivor = await aCase(server, siteId).create();
    const signed = await aCase(server, siteId).assessed(0.9).create();
    await sign(signed);
    const ids = { survivor: survivor.patient.id, merged: signed.patient.id };
    const looked = await staff.execute(PREVIEW, ids);
    expect(looked.anyData()["mergePreview"]).toMatchObject({
      studies: 1,
      films: 1,
      openCases: 0,
      signedCases: 1,
      labels: 1,
      isAllowed: false,
    });
    const refused = await staff.execute(MERGE, { ...ids, reason: "x" });
    refused.refusedWith("FORBIDDEN");
    await merge(survivor, signed, reader);
    expect(await rowOf(signed)).toMatchObject({
      state: "SIGNED",
      decidedLabel: "PNEUMONIA",
      patientId: survivor.patient.id,
    });
    const notices = await server.database.client.reading.findMany({
      where: { caseId: signed.case.id },
    });
    expect(notices.map(({ notice }) => notice)).toEqual(["identity-changed"]);
  });

  it("keeps every number with its issuer, and films of either number come to the survivor", async () => {
    const { client } = server.database;
    const film = (seed: number, id: string) => {
      const patient = { familyName: "LE", givenName: `Number${id}`, id };
      const study = { date: `202501${String(seed)}` };
      return chestDicom(seed, { ...patient, sex: "F" }, { study });
    };
    const one = await uploadOne(staff, film(11, "A-1"));
    const other = await uploadOne(staff, film(12, "B-2"));
    const issuers = { "A-1": "WEST", "B-2": "EAST" };
    for (const [value, issuer] of Object.entries(issuers)) {
      await client.patient.updateMany({
        where: { mrn: value },
        data: { issuer },
      });
      await client.patientIdentifier.updateMany({
        where: { value },
        data: { issuer },
      });
    }
    const patientOf = async (studyId: string) =>
      (
        await client.study.findUniqueOrThrow({
          where: { id: studyId },
        })
      ).patientId;
    const survivor = await patientOf(one.studyId);
    const merged = await patientOf(other.studyId);
    const answer = await staff.execute(MERGE, {
      survivor,
      merged,
      reason: "Moved here",
    });
    const { id } = answer.data(mergeId).mergePatients;
    expect(answer.anyData()["mergePatients"]).toMatchObject({
      survivor: {
        identifiers: [
          { value: "A-1", issuer: "WEST" },
          { value: "B-2", issuer: "EAST" },
        ],
      },
    });
    const later = await uploadOne(staff, film(13, "B-2"));
    expect(await patientOf(later.studyId)).toBe(survivor);
    const since = await staff.execute(UNDO_PREVIEW, { id });
    expect(since.anyData()["mergeUndoPreview"]).toMatchObject({
      studies: 1,
      since: [{ id: later.studyId }],
    });
    const unsaid = await staff.execute(UNDO, { id, reason: "Two" });
    unsaid.refusedWith("STUDIES_SINCE_MERGE");
    const strange = await staff.execute(UNDO, {
      id,
      reason: "Two",
      giveBack: [one.studyId],
    });
    strange.refusedWith("BAD_USER_INPUT");
    const said = { id, reason: "Two", giveBack: [later.studyId] };
    (await staff.execute(UNDO, said)).anyData();
    expect(await patientOf(later.studyId)).toBe(merged);
    expect(await patientOf(other.studyId)).toBe(merged);
    expect(await patientOf(one.studyId)).toBe(survivor);
  });

  it("undoes the later of two merges first, and refuses what makes no sense", async () => {
    const [a, b, c] = [
      await aCase(server, siteId).create(),
      await aCase(server, siteId).create(),
      await aCase(server, siteId).create(),
    ];
    const first = await merge(b, a);
    const second = await merge(c, b);
    expect(await rowOf(a)).toMatchObject({ patientId: c.patient.id });
    const early = await staff.execute(UNDO, { id: first, reason: "x" });
    early.refusedWith("CONFLICT");
    const taken = await staff.execute(MERGE, {
      survivor: a.patient.id,
      merged: c.patient.id,
      reason: "x",
    });
    taken.refusedWith("CONFLICT");
    for (const id of [second, first])
      (await staff.execute(UNDO, { id, reason: "x" })).anyData();
    expect(await rowOf(a)).toMatchObject({ patientId: a.patient.id });
    const itself = { survivor: a.patient.id, merged: a.patient.id };
    const same = await staff.execute(MERGE, { ...itself, reason: "x" });
    same.refusedWith("BAD_USER_INPUT");
    const why = await staff.execute(MERGE, {
      survivor: a.patient.id,
      merged: b.patient.id,
      reason: "  ",
    });
    why.refusedWith("BAD_USER_INPUT");
  });

  it("knows nothing of another hospital's records", async () => {
    const there = await asStaff(server, (await aSite(server)).id);
    const ours = await aCase(server, siteId).create();
    const more = await aCase(server, siteId).create();
    const ids = { survivor: ours.patient.id, merged: more.patient.id };
    const refused = await there.execute(MERGE, { ...ids, reason: "x" });
    refused.refusedWith("NOT_FOUND");
    (await there.execute(PREVIEW, ids)).refusedWith("NOT_FOUND");
    const id = await merge(ours, more);
    (await there.execute(UNDO, { id, reason: "x" })).refusedWith("NOT_FOUND");
    (await there.execute(UNDO_PREVIEW, { id })).refusedWith("NOT_FOUND");
  });
});

describe("at the same time", () => {
  it("of two merges of one record one holds, and both ways are not both done", async () => {
    const a = await aCase(server, siteId).create();
    const b = await aCase(server, siteId).create();
    await Promise.all([
      staff.execute(MERGE, ids(a, b)),
      reader.execute(MERGE, ids(b, a)),
      staff.execute(MERGE, ids(a, b)),
    ]);
    const merges = await server.database.client.patientMerge.findMany({
      where: { mergedId: { in: [a.patient.id, b.patient.id] } },
    });
    expect(merges).toHaveLength(1);
    expect((await rowOf(a)).patientId).toBe((await rowOf(b)).patientId);
  });

  it("who signs while it is merged signs what stands, or is told to look again", async () => {
    const survivor = await aCase(server, siteId).create();
    const open = await aCase(server, siteId).assessed(0.9).create();
    const { id } = open.case;
    (await reader.execute(CLAIM, { id })).anyData();
    (await reader.execute(REVEAL, { id })).anyData();
    const input = {
      caseId: id,
      caseVersion: 2,
      label: "PNEUMONIA",
      decision: "CONFIRM",
    };
    await Promise.all([
      reader.execute(SIGN, { input }),
      reader.execute(MERGE, ids(survivor, open)),
    ]);
    const row = await rowOf(open);
    expect(row.patientId).toBe(survivor.patient.id);
    const [reading] = await server.database.client.reading.findMany({
      where: { caseId: id },
    });
    expect([row.state, reading?.notice]).toEqual(
      row.state === "SIGNED"
        ? ["SIGNED", "identity-changed"]
        : ["READING", null],
    );
  });

  const ids = (survivor: Scenario, merged: Scenario) => ({
    survivor: survivor.patient.id,
    merged: merged.patient.id,
    reason: "at once",
  });
});
