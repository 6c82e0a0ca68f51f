import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { chestPng, uploadOne } from "../../testkit/films.ts";
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

const UPDATE = `mutation ($input: StudyDetailsInput!) { updateStudyDetails(input: $input) { id } }`;
const PERSON = `{ patientId mrn name identityState birthDate sex }`;
const AHEAD = `before ${PERSON} after ${PERSON} isIdentity isOtherRecord isNewRecord studiesLeft otherCases films
  beingRead signedCases signed { signerName } labels datasets filmsAskedAgain isWithdrawnBefore isWithdrawnAfter needsReason isAllowed`;
const PREVIEW = `query ($input: StudyDetailsInput!) { studyCorrectionPreview(input: $input) { ${AHEAD} } }`;
const UNDO_PREVIEW = `query ($id: ID!) { studyCorrectionUndoPreview(id: $id) { ${AHEAD} } }`;
const UNDO = `mutation ($id: ID!, $reason: String! = "It was right") {
  undoStudyCorrection(id: $id, reason: $reason) { id undoneByName undoReason viewerCanUndo before ${PERSON} after ${PERSON} }
}`;
const LIST = `query ($case: ID!, $first: Int! = 20, $after: String) {
  studyCorrections(caseId: $case, first: $first, after: $after) {
    edges { cursor node { id reason byName undoneAt viewerCanUndo isOtherRecord before ${PERSON} after ${PERSON} } }
    pageInfo { hasNextPage endCursor }
  }
}`;

const page = z.object({
  studyCorrections: z.object({
    edges: z.array(
      z.object({
        cursor: z.string(),
        node: z.looseObject({
          id: z.string(),
          reason: z.string().nullable(),
          viewerCanUndo: z.boolean(),
        }),
      }),
    ),
    pageInfo: z.object({
      hasNextPage: z.boolean(),
      endCursor: z.string().nullable(),
    }),
  }),
});

const rowOf = (id: string) =>
  server.database.client.case.findUniqueOrThrow({ where: { id } });

async function listed(caseId: string, by = staff, first = 20) {
  const answer = await by.execute(LIST, { case: caseId, first });
  return answer.data(page).studyCorrections.edges.map(({ node }) => node);
}

/** The id of the newest correction of a case. */
async function newest(caseId: string): Promise<string> {
  const [node] = await listed(caseId);
  if (node === undefined) throw new Error("nothing was corrected");
  return node.id;
}

async function correct(input: Record<string, unknown>, by = staff) {
  // Ids follow the clock, which stands still in tests.
  server.clock.forward(1);
  return by.execute(UPDATE, { input: { reason: "Wrong patient", ...input } });
}

async function look(input: Record<string, unknown>, by = staff) {
  const answer = await by.execute(PREVIEW, { input });
  return answer.anyData()["studyCorrectionPreview"];
}

async function lookBack(id: string, by = staff) {
  const answer = await by.execute(UNDO_PREVIEW, { id });
  return answer.anyData()["studyCorrectionUndoPreview"];
}

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

async function noticesOf({ case: row }: Scenario) {
  const readings = await server.database.client.reading.findMany({
    where: { caseId: row.id },
  });
  return readings.map(({ notice }) => notice);
}

describe("a study of the wrong patient", () => {
  it("shows what would change, goes to the right one, and comes back", async () => {
    const wrong = await aCase(server, siteId).named("FIRST, Ada").create();
    await aCase(server, siteId).of(wrong.patient).create();
    const right = await aCase(server, siteId).named("SECOND, Eve").create();
    const input = { studyId: wrong.study.id, mrn: right.patient.mrn };
    const { result: ahead, events: looks } = await recordedBy(server, () =>
      look(input),
    );
    expect(ahead).toMatchObject({
      before: { patientId: wrong.patient.id, name: "FIRST, Ada" },
      after: { patientId: right.patient.id, name: "SECOND, Eve" },
      isIdentity: true,
      isOtherRecord: true,
      isNewRecord: false,
      studiesLeft: 1,
      otherCases: 0,
      films: 1,
      signedCases: 0,
      needsReason: true,
      isAllowed: true,
    });
    expect(looks.map(({ patientId }) => patientId)).toEqual(
      expect.arrayContaining([wrong.patient.id, right.patient.id]),
    );
    expect(await rowOf(wrong.case.id)).toMatchObject({
      patientId: wrong.patient.id,
      version: wrong.case.version,
    });
    (await staff.execute(UPDATE, { input })).refusedWith("REASON_REQUIRED");
    const { events } = await recordedBy(server, async () =>
      (await correct(input)).anyData(),
    );
    expect(events.filter(({ type }) => type !== "case.placed")).toMatchObject([
      { type: "case.moved", patientId: wrong.patient.id },
      {
        type: "study.patient-corrected",
        patientId: right.patient.id,
        before: { mrn: wrong.patient.mrn, patientName: "FIRST, Ada" },
        after: { mrn: right.patient.mrn, patientName: "SECOND, Eve" },
        details: {
          reason: "Wrong patient",
          fromPatientId: wrong.patient.id,
          toPatientId: right.patient.id,
          isRecordMade: false,
        },
      },
    ]);
    expect(await rowOf(wrong.case.id)).toMatchObject({
      patientId: right.patient.id,
      patientName: "SECOND, Eve",
    });
    const [node] = await listed(wrong.case.id);
    expect(node).toMatchObject({
      reason: "Wrong patient",
      byName: staff.name,
      isOtherRecord: true,
      viewerCanUndo: true,
      before: { name: "FIRST, Ada" },
      after: { name: "SECOND, Eve" },
    });

    const id = await newest(wrong.case.id);
    expect(await lookBack(id)).toMatchObject({
      before: { patientId: right.patient.id },
      after: { patientId: wrong.patient.id },
      isOtherRecord: true,
      studiesLeft: 1,
      isAllowed: true,
    });
    (await staff.execute(UNDO, { id, reason: " " })).refusedWith(
      "BAD_USER_INPUT",
    );
    const undone = await recordedBy(server, async () =>
      (await staff.execute(UNDO, { id })).anyData(),
    );
    expect(undone.result["undoStudyCorrection"]).toMatchObject({
      undoReason: "It was right",
      undoneByName: staff.name,
      viewerCanUndo: false,
    });
    expect(
      undone.events.filter(({ type }) => type !== "case.placed"),
    ).toMatchObject([
      { type: "case.moved", details: { reason: "It was right" } },
      {
        type: "study.patient-restored",
        patientId: wrong.patient.id,
        before: { patientName: "SECOND, Eve" },
        after: { patientName: "FIRST, Ada" },
        details: { correctionId: id, reason: "It was right" },
      },
    ]);
    expect(await rowOf(wrong.case.id)).toMatchObject({
      patientId: wrong.patient.id,
      patientName: "FIRST, Ada",
      mrn: wrong.patient.mrn,
    });
    (await staff.execute(UNDO, { id })).refusedWith("CORRECTION_UNDONE");
    (await staff.execute(UNDO_PREVIEW, { id })).refusedWith(
      "CORRECTION_UNDONE",
    );
  });

  it("gets a record of its own, which names nobody once that is undone", async () => {
    const {
      study,
      patient,
      case: row,
    } = await aCase(server, siteId).named("THIRD, Ida").create();
    await aCase(server, siteId).of(patient).create();
    const input = { studyId: study.id, mrn: "OWN-1" };
    expect(await look(input)).toMatchObject({
      isOtherRecord: true,
      isNewRecord: true,
      after: { mrn: "OWN-1", name: "THIRD, Ida", identityState: "KNOWN" },
    });
    (await correct(input)).anyData();
    const { client } = server.database;
    const made = await client.patient.findFirstOrThrow({
      where: { siteId, mrn: "OWN-1" },
    });
    expect(made.id).not.toBe(patient.id);
    const id = await newest(row.id);
    (await staff.execute(UNDO, { id })).anyData();
    expect(await rowOf(row.id)).toMatchObject({ patientId: patient.id });
    expect(
      await client.patient.findUniqueOrThrow({ where: { id: made.id } }),
    ).toMatchObject({ mrn: null, identityState: "UNKNOWN" });
    expect(
      await client.patientIdentifier.count({ where: { patientId: made.id } }),
    ).toBe(0);
  });

  it("is unknown again, with its notes, when who it is was said wrongly", async () => {
    const { studyId, caseId } = await uploadOne(staff, await chestPng(31));
    const notes = async () =>
      (
        await server.database.client.image.findMany({ where: { studyId } })
      ).flatMap(({ warnings }) => warnings);
    const before = await notes();
    expect(before).toContain("unknown-patient");
    const input = { studyId, mrn: "SAID-1", patientName: "SAID, Wrong" };
    expect(await look(input)).toMatchObject({
      isOtherRecord: false,
      needsReason: false,
      before: { identityState: "UNKNOWN" },
      after: { identityState: "KNOWN", mrn: "SAID-1" },
    });
    // Nobody had said anything: no reason is asked for.
    (await correct({ ...input, reason: null })).anyData();
    expect(await notes()).not.toContain("unknown-patient");
    const [node] = await listed(caseId);
    expect(node).toMatchObject({ reason: null, viewerCanUndo: true });
    (await staff.execute(UNDO, { id: node?.id })).anyData();
    expect((await notes()).sort()).toEqual(before.sort());
    const row = await rowOf(caseId);
    expect(row).toMatchObject({ mrn: "" });
    expect(row.patientName).not.toContain("SAID");
    expect(row.urgencyReasons).toContain("unknown-patient");
  });

  it("keeps no row of what is said of the study alone", async () => {
    const { study, case: row } = await aCase(server, siteId).create();
    const input = { studyId: study.id, clinicalNote: "Cough" };
    expect(await look(input)).toMatchObject({
      isIdentity: false,
      needsReason: false,
      isAllowed: true,
    });
    (await correct({ ...input, reason: null })).anyData();
    expect(await listed(row.id)).toEqual([]);
  });

  it("has the age back that was corrected with it, and keeps what was said since", async () => {
    const { study, case: row } = await aCase(server, siteId).create();
    (
      await correct({
        studyId: study.id,
        patientName: "OTHER, Name",
        ageYears: 4,
        clinicalNote: "Fever",
      })
    ).anyData();
    (await correct({ studyId: study.id, clinicalNote: "No fever" })).anyData();
    (await staff.execute(UNDO, { id: await newest(row.id) })).anyData();
    expect(
      await server.database.client.study.findUniqueOrThrow({
        where: { id: study.id },
      }),
    ).toMatchObject({ patientAgeYears: null, clinicalNote: "No fever" });
  });
});

describe("a corrected study that is signed", () => {
  it("is for who may say whose it is, and its signer is told both times", async () => {
    const signed = await aCase(server, siteId).assessed(0.9).create();
    await sign(signed);
    const input = { studyId: signed.study.id, patientName: "TOLD, To" };
    expect(await look(input)).toMatchObject({
      signedCases: 1,
      signed: [{ signerName: reader.name }],
      labels: 0,
      isAllowed: false,
    });
    (await correct(input)).refusedWith("FORBIDDEN");
    expect(await look(input, reader)).toMatchObject({ isAllowed: true });
    (await correct(input, reader)).anyData();
    expect(await noticesOf(signed)).toEqual(["identity-changed"]);
    expect(await rowOf(signed.case.id)).toMatchObject({
      state: "SIGNED",
      patientName: "TOLD, To",
    });
    (
      await reader.execute(
        `mutation ($id: ID!) { acknowledgeNotice(caseId: $id) { id } }`,
        { id: signed.case.id },
      )
    ).anyData();
    expect(await noticesOf(signed)).toEqual([null]);

    const id = await newest(signed.case.id);
    expect(await lookBack(id)).toMatchObject({
      signedCases: 1,
      isAllowed: false,
    });
    (await staff.execute(UNDO, { id })).refusedWith("FORBIDDEN");
    (await reader.execute(UNDO, { id })).anyData();
    expect(await noticesOf(signed)).toEqual(["identity-changed"]);
    expect(await rowOf(signed.case.id)).toMatchObject({
      state: "SIGNED",
      patientName: signed.patient.name,
    });
    const told = await reader.execute(
      `query ($id: ID!) { case(id: $id) { viewerIdentityChange { reason nameAfter } } }`,
      { id: signed.case.id },
    );
    expect(told.anyData()["case"]).toMatchObject({
      viewerIdentityChange: {
        reason: "It was right",
        nameAfter: signed.patient.name,
      },
    });
  });

  it("counts labels that go over to another patient", async () => {
    const signed = await aCase(server, siteId).assessed(0.9).create();
    await sign(signed);
    const other = await aCase(server, siteId).create();
    const input = { studyId: signed.study.id, mrn: other.patient.mrn };
    expect(await look(input, reader)).toMatchObject({
      labels: 1,
      signedCases: 1,
    });
  });

  it("of another patient does not stand against an open one that joins him", async () => {
    const signed = await aCase(server, siteId).assessed(0.9).create();
    await sign(signed);
    const open = await aCase(server, siteId).create();
    const input = { studyId: open.study.id, mrn: signed.patient.mrn };
    expect(await look(input)).toMatchObject({
      signedCases: 0,
      isAllowed: true,
    });
    (await correct(input)).anyData();
    expect(await noticesOf(signed)).toEqual([null]);
  });
});

describe("undoing what others built upon", () => {
  it("goes newest first, also where another study of the patient was corrected", async () => {
    const one = await aCase(server, siteId).named("NAME, One").create();
    const two = await aCase(server, siteId).of(one.patient).create();
    const rename = async ({ study }: Scenario, patientName: string) =>
      (await correct({ studyId: study.id, patientName })).anyData();
    expect(
      await look({ studyId: one.study.id, patientName: "NAME, Two" }),
    ).toMatchObject({ otherCases: 1 });
    await rename(one, "NAME, Two");
    await rename(two, "NAME, Three");
    const first = await newest(one.case.id);
    const second = await newest(two.case.id);
    expect(await listed(one.case.id)).toMatchObject([{ viewerCanUndo: false }]);
    (await staff.execute(UNDO, { id: first })).refusedWith("CORRECTED_SINCE");
    (await staff.execute(UNDO, { id: second })).anyData();
    expect(await listed(one.case.id)).toMatchObject([{ viewerCanUndo: true }]);
    (await staff.execute(UNDO, { id: first })).anyData();
    for (const { case: row } of [one, two])
      expect(await rowOf(row.id)).toMatchObject({ patientName: "NAME, One" });
  });

  it("is refused where the records were merged since", async () => {
    const wrong = await aCase(server, siteId).create();
    const right = await aCase(server, siteId).create();
    const survivor = await aCase(server, siteId).create();
    (
      await correct({ studyId: wrong.study.id, mrn: right.patient.mrn })
    ).anyData();
    const id = await newest(wrong.case.id);
    (
      await staff.execute(
        `mutation ($one: ID!, $other: ID!) { mergePatients(survivorId: $one, mergedId: $other, reason: "One person") { id } }`,
        { one: survivor.patient.id, other: right.patient.id },
      )
    ).anyData();
    (await staff.execute(UNDO, { id })).refusedWith("STUDY_ELSEWHERE");
    (await staff.execute(UNDO_PREVIEW, { id })).refusedWith("STUDY_ELSEWHERE");
  });

  it("is refused where the record says something else by now", async () => {
    const { study, patient, case: row } = await aCase(server, siteId).create();
    (await correct({ studyId: study.id, birthDate: "1961-04-02" })).anyData();
    await server.database.client.patient.update({
      where: { id: patient.id },
      data: { birthDate: new Date("1962-04-02") },
    });
    const id = await newest(row.id);
    (await staff.execute(UNDO, { id })).refusedWith("RECORD_CHANGED");
  });

  it("is refused where films came under the number, or the old one went to somebody", async () => {
    const { client } = server.database;
    const came = await aCase(server, siteId).create();
    (await correct({ studyId: came.study.id, mrn: "CAME-1" })).anyData();
    await aCase(server, siteId).of(came.patient).create();
    (await staff.execute(UNDO, { id: await newest(came.case.id) })).refusedWith(
      "FILMS_CAME_SINCE",
    );

    const taken = await aCase(server, siteId).create();
    (await correct({ studyId: taken.study.id, mrn: "TAKEN-1" })).anyData();
    await client.patient.create({
      data: { siteId, mrn: taken.patient.mrn, name: "NEW, Comer" },
    });
    (
      await staff.execute(UNDO, { id: await newest(taken.case.id) })
    ).refusedWith("NUMBER_TAKEN");
  });

  it("happens once where two undo at once", async () => {
    const { study, case: row } = await aCase(server, siteId).create();
    (await correct({ studyId: study.id, patientName: "ONCE, Only" })).anyData();
    const id = await newest(row.id);
    const answers = await Promise.all(
      [staff, reader].map((viewer) => viewer.execute(UNDO, { id })),
    );
    expect(answers.map(({ code }) => code).sort()).toEqual([
      "CORRECTION_UNDONE",
      null,
    ]);
  });
});

describe("the list of corrections", () => {
  it("is paged, newest first, and for who may see the patient", async () => {
    const { study, case: row } = await aCase(server, siteId).create();
    for (const name of ["A, A", "B, B", "C, C"])
      (await correct({ studyId: study.id, patientName: name })).anyData();
    const first = await staff.execute(LIST, { case: row.id, first: 2 });
    const { edges, pageInfo } = first.data(page).studyCorrections;
    expect(edges.map(({ node }) => node["after"])).toMatchObject([
      { name: "C, C" },
      { name: "B, B" },
    ]);
    expect(pageInfo.hasNextPage).toBe(true);
    const rest = await staff.execute(LIST, {
      case: row.id,
      first: 2,
      after: pageInfo.endCursor,
    });
    expect(rest.data(page).studyCorrections.edges).toHaveLength(1);

    const admin = await asAdmin(server, siteId);
    const seen = await listed(row.id, admin);
    expect(seen.map(({ viewerCanUndo }) => viewerCanUndo)).toEqual([
      false,
      false,
      false,
    ]);
    const id = await newest(row.id);
    (await admin.execute(UNDO, { id })).refusedWith("FORBIDDEN");
    const stranger = await asStaff(server, (await aSite(server)).id);
    (await stranger.execute(LIST, { case: row.id })).refusedWith("NOT_FOUND");
    (await stranger.execute(UNDO, { id })).refusedWith("NOT_FOUND");
    (await stranger.execute(UNDO_PREVIEW, { id })).refusedWith("NOT_FOUND");
    const input = { studyId: study.id, mrn: "X-1" };
    (await stranger.execute(PREVIEW, { input })).refusedWith("NOT_FOUND");
  });

  it("is never rewritten", async () => {
    const { study, case: row } = await aCase(server, siteId).create();
    (await correct({ studyId: study.id, patientName: "KEPT, As" })).anyData();
    const id = await newest(row.id);
    const { studyCorrection } = server.database.client;
    await expect(
      studyCorrection.update({ where: { id }, data: { reason: "Another" } }),
    ).rejects.toThrow(/append-only/);
    await expect(studyCorrection.delete({ where: { id } })).rejects.toThrow(
      /append-only/,
    );
  });
});
