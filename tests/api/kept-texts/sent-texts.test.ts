import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { chestPng, uploadOne } from "../../testkit/films.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { asRadiologist, asStaff } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";
import { REMOVE } from "../film-corrections/film-documents.ts";
import {
  aDesk,
  aDocument,
  aProcedure,
  aStep,
  CHOICE,
  DO,
} from "../procedures/procedure-kit.ts";
import { keep, keptFor, signedBy } from "./kept-text-documents.ts";

type Desk = Awaited<ReturnType<typeof aDesk>> & { server: TestServer };

/** What somebody types, and what sends it. */
interface Sending {
  by: SignedIn;
  caseId: string;
  aboutId: string;
  kinds: readonly string[];
  /** A mutation that is refused: what was typed stays. */
  refused: string;
  sent: string;
}

async function aComment({ server, siteId, staff }: Desk): Promise<Sending> {
  const caseId = (await aCase(server, siteId).create()).case.id;
  return {
    by: staff,
    caseId,
    aboutId: caseId,
    kinds: ["COMMENT"],
    refused: `addComment(caseId: "${caseId}", text: "") { id }`,
    sent: `addComment(caseId: "${caseId}", text: "Bed four") { id }`,
  };
}

async function anEdit(desk: Desk): Promise<Sending> {
  const { by, caseId, sent } = await aComment(desk);
  const made = (await by.execute(`mutation { ${sent} }`)).anyData();
  const { id } = z.object({ id: z.string() }).parse(made["addComment"]);
  return {
    by,
    caseId,
    aboutId: id,
    kinds: ["COMMENT_EDIT"],
    refused: `editComment(id: "${id}", text: " ") { id }`,
    sent: `editComment(id: "${id}", text: "Bed five") { id }`,
  };
}

async function anAddendum(desk: Desk): Promise<Sending> {
  const { server, siteId, reader } = desk;
  const { case: row, versionId } = await signedBy(server, reader, siteId);
  const add = (text: string) =>
    `addAddendum(versionId: "${versionId}", text: "${text}", language: EN) { id }`;
  return {
    by: reader,
    caseId: row.id,
    aboutId: versionId,
    kinds: ["ADDENDUM"],
    refused: add(""),
    sent: add("Told the ward."),
  };
}

async function anAmendment(desk: Desk): Promise<Sending> {
  const typed = await anAddendum(desk);
  const amend = (decision: string) =>
    `amendReading(input: { versionId: "${typed.aboutId}", label: PNEUMONIA, decision: ${decision}, amendReason: "Seen again" }) { id }`;
  return {
    ...typed,
    kinds: ["AMENDMENT"],
    refused: amend("OVERRIDE"),
    sent: amend("CONFIRM"),
  };
}

async function aTakeOver({ server, siteId, reader }: Desk): Promise<Sending> {
  const holder = await asRadiologist(server, siteId);
  const caseId = (await aCase(server, siteId).create()).case.id;
  (
    await holder.execute(`mutation { claimCase(caseId: "${caseId}") { id } }`)
  ).anyData();
  const take = (why: string) =>
    `takeOverCase(caseId: "${caseId}", reason: "${why}") { id }`;
  return {
    by: reader,
    caseId,
    aboutId: caseId,
    kinds: ["TAKE_OVER"],
    refused: take(""),
    sent: take("His shift is over"),
  };
}

async function aSecondRead(desk: Desk): Promise<Sending> {
  const { server, siteId, reader, staff } = desk;
  const { case: row } = await signedBy(server, reader, siteId);
  const ask = (why: string) =>
    `requestSecondReading(caseId: "${row.id}", reason: "${why}") { id }`;
  return {
    by: staff,
    caseId: row.id,
    aboutId: row.id,
    kinds: ["SECOND_READ"],
    refused: ask(""),
    sent: ask("The ward asks"),
  };
}

async function aRetake({ server, siteId, staff }: Desk): Promise<Sending> {
  const at = new Date("2026-03-01T10:00:00Z");
  const { case: row } = await aCase(server, siteId)
    .with({
      state: "SIGNED",
      decidedLabel: "NOT_DIAGNOSTIC",
      signedAt: at,
      retakeAskedAt: at,
      retakeReason: "POSITION",
    })
    .create();
  const end = (note: string) =>
    `endRetake(caseId: "${row.id}", reason: OTHER, note: "${note}") { id }`;
  return {
    by: staff,
    caseId: row.id,
    aboutId: row.id,
    kinds: ["RETAKE_END"],
    refused: end(""),
    sent: end("He went home"),
  };
}

async function aMark(desk: Desk): Promise<Sending> {
  const { server, siteId, reader } = desk;
  const { case: row } = await signedBy(server, reader, siteId);
  const mark = (reason: string) =>
    `markCritical(caseId: "${row.id}", input: { reason: "${reason}" }) { id }`;
  return {
    by: reader,
    caseId: row.id,
    aboutId: row.id,
    kinds: ["CRITICAL_MARK"],
    refused: mark(""),
    sent: mark("Tube too deep"),
  };
}

async function aTelling(desk: Desk): Promise<Sending> {
  const { by, caseId, sent } = await aMark(desk);
  const made = (await by.execute(`mutation { ${sent} }`)).anyData();
  const { id } = z.object({ id: z.string() }).parse(made["markCritical"]);
  const tell = (to: string) =>
    `tellCritical(id: "${id}", input: { way: PHONE, to: "${to}" }) { id }`;
  return {
    by,
    caseId,
    aboutId: id,
    kinds: ["CRITICAL_TOLD_TO", "CRITICAL_TOLD"],
    refused: tell(""),
    sent: tell("Sister on 4B"),
  };
}

async function aReadBack(desk: Desk): Promise<Sending> {
  const told = await aTelling(desk);
  (await told.by.execute(`mutation { ${told.sent} }`)).anyData();
  const back = (words: string) =>
    `acknowledgeCritical(id: "${told.aboutId}", readBack: "${words}") { id }`;
  return {
    ...told,
    kinds: ["CRITICAL_READ_BACK"],
    refused: back(""),
    sent: back("Tube too deep"),
  };
}

async function aWithdrawal(desk: Desk): Promise<Sending> {
  const told = await aTelling(desk);
  const withdraw = (reason: string) =>
    `withdrawCritical(id: "${told.aboutId}", reason: "${reason}") { id }`;
  return {
    ...told,
    kinds: ["CRITICAL_WITHDRAWAL"],
    refused: withdraw(""),
    sent: withdraw("Another patient's"),
  };
}

async function aStepCorrected(desk: Desk): Promise<Sending> {
  const { server, siteId, reader, staff, admin } = desk;
  const plan = aDocument("READING", {}, [aStep("STAFF", CHOICE)]);
  await aProcedure(admin, siteId, plan);
  const { case: row } = await signedBy(server, reader, siteId);
  const step = await server.database.client.procedureStep.findFirstOrThrow({
    where: { caseId: row.id },
  });
  (await staff.execute(DO, { id: step.id, answer: "yes" })).anyData();
  const correct = (why: string) =>
    `correctProcedureStep(id: "${step.id}", answer: "not-possible", reason: "${why}") { id }`;
  return {
    by: staff,
    caseId: row.id,
    aboutId: step.id,
    kinds: ["STEP_CORRECTION"],
    refused: correct(""),
    sent: correct("Asked again"),
  };
}

async function aTurn({ staff }: Desk): Promise<Sending> {
  const { caseId, imageId } = await uploadOne(staff, await chestPng(31));
  const turn = (why: string) =>
    `turnFilm(imageId: "${imageId}", quarterTurns: 1, isMirrored: false, reason: "${why}") { id }`;
  return {
    by: staff,
    caseId,
    aboutId: imageId,
    kinds: ["FILM_TURN"],
    refused: turn(""),
    sent: turn("It lies on its side"),
  };
}

async function aMove({ server, siteId, staff }: Desk): Promise<Sending> {
  const { caseId, imageId } = await uploadOne(staff, await chestPng(32));
  const { patient } = await aCase(server, siteId).create();
  const move = (why: string) =>
    `moveFilm(imageId: "${imageId}", patientId: "${patient.id}", reason: "${why}") { id }`;
  return {
    by: staff,
    caseId,
    aboutId: imageId,
    kinds: ["FILM_MOVE"],
    refused: move(""),
    sent: move("Wrong patient on the console"),
  };
}

async function aRemoval({ staff }: Desk): Promise<Sending> {
  const { caseId, imageId } = await uploadOne(staff, await chestPng(33));
  const remove = (why: string) =>
    `removeFilm(imageId: "${imageId}", reason: "${why}") { id }`;
  return {
    by: staff,
    caseId,
    aboutId: imageId,
    kinds: ["FILM_REMOVAL"],
    refused: remove(""),
    sent: remove("A test exposure"),
  };
}

async function anUndo({ staff }: Desk): Promise<Sending> {
  const { caseId, imageId } = await uploadOne(staff, await chestPng(34));
  const made = (await staff.execute(REMOVE, { film: imageId })).anyData();
  const { id } = z.object({ id: z.string() }).parse(made["removeFilm"]);
  const undo = (why: string) =>
    `undoFilmCorrection(id: "${id}", reason: "${why}") { id }`;
  return {
    by: staff,
    caseId,
    aboutId: id,
    kinds: ["FILM_UNDO"],
    refused: undo(""),
    sent: undo("It was right"),
  };
}

async function aStudyCorrected(desk: Desk): Promise<Sending> {
  const { server, siteId, staff } = desk;
  const { case: row, study } = await aCase(server, siteId)
    .named("WRONG, Name")
    .create();
  const correct = (why: string) =>
    `updateStudyDetails(input: { studyId: "${study.id}", patientName: "RIGHT, Name", clinicalNote: "Coughs", reason: "${why}" }) { id }`;
  return {
    by: staff,
    caseId: row.id,
    aboutId: study.id,
    kinds: ["STUDY_CORRECTION", "STUDY_NOTE"],
    refused: correct(""),
    sent: correct("Misread"),
  };
}

async function aStudyRestored(desk: Desk): Promise<Sending> {
  const { by, caseId, aboutId, sent } = await aStudyCorrected(desk);
  (await by.execute(`mutation { ${sent} }`)).anyData();
  const { id } =
    await desk.server.database.client.studyCorrection.findFirstOrThrow({
      where: { studyId: aboutId },
    });
  const undo = (why: string) =>
    `undoStudyCorrection(id: "${id}", reason: "${why}") { id }`;
  return {
    by,
    caseId,
    aboutId: id,
    kinds: ["STUDY_UNDO"],
    refused: undo(""),
    sent: undo("It was right"),
  };
}

const SENDINGS: readonly [string, (desk: Desk) => Promise<Sending>][] = [
  ["a comment", aComment],
  ["a comment said otherwise", anEdit],
  ["an addendum", anAddendum],
  ["an amendment", anAmendment],
  ["a take-over", aTakeOver],
  ["a second reading asked for", aSecondRead],
  ["a film that will not come", aRetake],
  ["a critical result", aMark],
  ["whom it was told", aTelling],
  ["what was read back", aReadBack],
  ["a mark taken back", aWithdrawal],
  ["a step corrected", aStepCorrected],
  ["a film laid right", aTurn],
  ["a film moved", aMove],
  ["a film taken out of sight", aRemoval],
  ["a correction undone", anUndo],
  ["a study corrected", aStudyCorrected],
  ["a study as it was", aStudyRestored],
];

describe("what was typed goes with what it was typed for", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
  });
  afterAll(() => server.stop());

  it.each(SENDINGS)("%s: not when refused, but once sent", async (_, make) => {
    const desk = { ...(await aDesk(server)), server };
    const { by, caseId, aboutId, kinds, refused, sent } = await make(desk);
    for (const kind of kinds)
      await keep(by, { caseId, kind, aboutId, text: "So far" });
    // Of another thing: it stays.
    await keep(by, {
      caseId,
      kind: kinds[0] ?? "COMMENT",
      aboutId: desk.siteId,
      text: "Of another thing",
    });
    const wrong = await by.execute(`mutation { ${refused} }`);
    expect(wrong.code).not.toBeNull();
    expect(await keptFor(by, caseId)).toHaveLength(kinds.length + 1);
    (await by.execute(`mutation { ${sent} }`)).anyData();
    expect(await keptFor(by, caseId)).toMatchObject([
      { text: "Of another thing" },
    ]);
  });

  it("stays where a study is corrected without it", async () => {
    const desk = { ...(await aDesk(server)), server };
    const { by, caseId, aboutId, kinds } = await aStudyCorrected(desk);
    for (const kind of kinds)
      await keep(by, { caseId, kind, aboutId, text: "So far" });
    const correct = `updateStudyDetails(input: { studyId: "${aboutId}", ward: "4B" }) { id }`;
    (await by.execute(`mutation { ${correct} }`)).anyData();
    expect(await keptFor(by, caseId)).toHaveLength(kinds.length);
  });

  it("stays a colleague's, who typed about the same", async () => {
    const desk = { ...(await aDesk(server)), server };
    const { by, caseId, sent } = await aComment(desk);
    const other = await asStaff(server, desk.siteId);
    for (const viewer of [by, other])
      await keep(viewer, { caseId, kind: "COMMENT", text: "So far" });
    (await by.execute(`mutation { ${sent} }`)).anyData();
    expect(await keptFor(by, caseId)).toEqual([]);
    expect(await keptFor(other, caseId)).toHaveLength(1);
  });
});
