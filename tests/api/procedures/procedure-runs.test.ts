import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { systemViewer } from "../../../apps/api/src/access/viewer.ts";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { CaseCommands } from "../../../apps/api/src/features/cases/case.commands.ts";
import { lockCase } from "../../../apps/api/src/features/case-rows/case.locks.ts";
import { escalateSteps } from "../../../apps/api/src/features/procedures/procedure-step.service.ts";
import { chestDicom, chestPng, uploadOne } from "../../testkit/films.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { asRadiologist } from "../../testkit/viewers.ts";
import { CLAIM, REVEAL } from "../readings/reading-documents.ts";
import {
  aDesk,
  aDocument,
  aProcedure,
  aSignedCase,
  aStep,
  CHOICE,
  CORRECT,
  DO,
  NUMBER,
  runsSeen,
  stepsSeen,
} from "./procedure-kit.ts";

const ADHERENCE = `query ($id: ID!) { procedureAdherence(siteId: $id) { doneInTime doneLate open overdue due inTimeShare } }`;
const HISTORY = `query ($id: ID!) { case(id: $id) { history(first: 50) { edges { node { type } } } } }`;

describe("procedures of a case", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
  });
  afterAll(() => server.stop());

  /** The AI's answer of a case is placed, as the worker does it. */
  async function placeAnswer(id: string): Promise<void> {
    const { clock, database } = server;
    const audit = new AuditLog(database.client, clock);
    const viewer = systemViewer("triage-worker", "procedures-test");
    await audit.changeAndRecord(viewer, async (tx, record) => {
      const row = await lockCase(tx, {}, id);
      if (row === null) throw new Error("no case");
      const { urgency, urgencyReasons, policyVersion } = row;
      const { assessment, notAssessedReason } = row;
      const { probability, threshold, shownPredictionId } = row;
      const placement = {
        urgency,
        urgencyReasons,
        policyVersion,
        assessment,
        notAssessedReason,
        probability,
        threshold,
        shownPredictionId,
      };
      const why = { cause: "assessed" as const };
      await new CaseCommands(clock).place(tx, record, row, placement, why);
    });
  }

  it("begin with a signature, once, and keep the version they began with", async () => {
    const { admin, staff, reader, siteId } = await aDesk(server);
    const made = await aProcedure(
      admin,
      siteId,
      aDocument("READING", { findings: ["pneumonia"] }),
    );
    await aProcedure(
      admin,
      siteId,
      aDocument("READING", { findings: ["pneumothorax"] }),
    );
    const id = await aSignedCase(server, siteId, reader);
    await aProcedure(admin, siteId, aDocument("READING", { findings: [] }), {
      procedureId: made.procedureId,
      baseVersion: 1,
    });
    const runs = await runsSeen(staff, id);
    expect(runs.map(({ version }) => version.version)).toEqual([1]);
    const due = Date.parse(runs[0]?.steps[0]?.dueAt ?? "");
    expect(due).toBe(server.clock.now().getTime() + 30 * 60_000);
  });

  it("begin with an upload that has the flag, in its transaction", async () => {
    const { admin, staff, siteId } = await aDesk(server);
    await aProcedure(admin, siteId, aDocument("ARRIVAL", { flags: ["fever"] }));
    const bring = async (seed: number, flags: string[]) => {
      const { caseId } = await uploadOne(staff, await chestPng(seed), {
        siteId,
        details: JSON.stringify({
          mrn: `P${String(seed)}`,
          clinicalFlags: flags,
        }),
      });
      return caseId;
    };
    expect(await runsSeen(staff, await bring(71, ["fever"]))).toHaveLength(1);
    expect(await runsSeen(staff, await bring(72, ["cough"]))).toHaveLength(0);
  });

  it("begin with a DICOM film of the ward", async () => {
    const { admin, staff, siteId } = await aDesk(server);
    await aProcedure(admin, siteId, aDocument("ARRIVAL", { wards: ["ICU"] }));
    const bring = async (seed: number, ward?: string) => {
      const patient = {
        familyName: "Vo",
        givenName: "An",
        id: `W${String(seed)}`,
        sex: "M" as const,
      };
      const study = ward === undefined ? {} : { study: { ward } };
      const film = chestDicom(seed, patient, study);
      return (await uploadOne(staff, film, { siteId })).caseId;
    };
    const there = await bring(73, "ICU^2^Bed 4");
    expect(await runsSeen(staff, there)).toHaveLength(1);
    expect(await runsSeen(staff, await bring(74, "Maternity"))).toEqual([]);
    expect(await runsSeen(staff, await bring(75))).toEqual([]);
    const shown = await staff.execute(
      `query ($id: ID!) { case(id: $id) { study { ward } } }`,
      { id: there },
    );
    expect(shown.anyData()).toEqual({
      case: { study: { ward: "ICU^2^Bed 4" } },
    });
  });

  it("begun by the AI reach no blind reader before the reveal", async () => {
    const { admin, staff, reader, siteId } = await aDesk(server);
    await aProcedure(
      admin,
      siteId,
      aDocument("AI", { findings: ["pneumonia"] }, [
        aStep("RADIOLOGIST", CHOICE),
      ]),
    );
    const { case: row } = await aCase(server, siteId).assessed(0.9).create();
    await placeAnswer(row.id);
    await placeAnswer(row.id);
    const [run] = await runsSeen(staff, row.id);
    expect(run?.steps).toHaveLength(1);
    const stepId = run?.steps[0]?.id ?? "";

    const types = z.object({
      case: z.object({
        history: z.object({
          edges: z.array(z.object({ node: z.object({ type: z.string() }) })),
        }),
      }),
    });
    const history = async () =>
      (await reader.execute(HISTORY, { id: row.id }))
        .data(types)
        .case.history.edges.map(({ node }) => node.type);
    expect(await runsSeen(reader, row.id)).toEqual([]);
    expect((await stepsSeen(reader, { site: siteId })).edges).toEqual([]);
    const counts = await reader.execute(ADHERENCE, { id: siteId });
    expect(counts.anyData()).toEqual({ procedureAdherence: [] });
    expect(await history()).not.toContain("procedure.begun");
    (await reader.execute(DO, { id: stepId, answer: "yes" })).refusedWith(
      "NOT_FOUND",
    );

    (await reader.execute(CLAIM, { id: row.id })).anyData();
    (await reader.execute(REVEAL, { id: row.id })).anyData();
    expect(await runsSeen(reader, row.id)).toHaveLength(1);
    expect((await stepsSeen(reader, { site: siteId })).edges).toHaveLength(1);
    (await reader.execute(DO, { id: stepId, answer: "yes" })).anyData();
  });

  it("begun by the AI wait with a control case for its signature", async () => {
    const { admin, staff, reader, siteId } = await aDesk(server);
    await aProcedure(
      admin,
      siteId,
      aDocument("AI", { findings: ["pneumonia"] }),
    );
    const made = aCase(server, siteId).assessed(0.9).with({ isControl: true });
    const { case: row } = await made.create();
    await placeAnswer(row.id);
    expect(await runsSeen(staff, row.id)).toEqual([]);
    (await reader.execute(CLAIM, { id: row.id })).anyData();
    const sign = `mutation ($id: ID!) { signReading(input: { caseId: $id, caseVersion: 2, label: NORMAL, decision: INDEPENDENT, confirmsChestFilm: true }) { id } }`;
    (await reader.execute(sign, { id: row.id })).anyData();
    expect(await runsSeen(staff, row.id)).toHaveLength(1);
  });

  it("follow a critical result: read back, withdrawn, marked again", async () => {
    const { admin, staff, reader, siteId } = await aDesk(server);
    await aProcedure(
      admin,
      siteId,
      aDocument("CRITICAL", {}, [
        aStep("STAFF", { kind: "READ_BACK", options: [] }),
        aStep("STAFF", CHOICE),
      ]),
    );
    const id = await aSignedCase(server, siteId, reader, { reason: "Tube" });
    const states = async () =>
      (await runsSeen(staff, id))[0]?.steps.map(({ state }) => state);
    const open = async () => {
      const { client } = server.database;
      const where = { caseId: id, state: "OPEN" as const };
      return (await client.criticalResult.findFirstOrThrow({ where })).id;
    };
    const run = async (field: string, critical = id) =>
      (
        await reader.execute(`mutation ($id: ID!) { ${field} { id } }`, {
          id: critical,
        })
      ).anyData();
    const [first] = await runsSeen(staff, id);
    const readBack = first?.steps[0]?.id ?? "";
    (await staff.execute(DO, { id: readBack, answer: "true" })).refusedWith(
      "STEP_NOT_YOURS",
    );
    await run(`withdrawCritical(id: $id, reason: "Mistake")`, await open());
    expect(await states()).toEqual(["NOT_NEEDED", "NOT_NEEDED"]);
    await run(`markCritical(caseId: $id, input: { reason: "Tube" })`);
    expect(await states()).toEqual(["OPEN", "OPEN"]);
    await run(
      `tellCritical(id: $id, input: { way: PHONE, to: "Dr Le", readBack: "Tube" })`,
      await open(),
    );
    expect(await states()).toEqual(["DONE", "OPEN"]);
  });

  it("have steps that who may does once, with evidence, and corrects with a reason", async () => {
    const { admin, staff, reader, siteId } = await aDesk(server);
    await aProcedure(
      admin,
      siteId,
      aDocument("READING", {}, [
        aStep("STAFF", CHOICE),
        aStep("RADIOLOGIST", NUMBER),
      ]),
    );
    const id = await aSignedCase(server, siteId, reader);
    const [run] = await runsSeen(staff, id);
    const [mask = "", weeks = ""] = run?.steps.map((step) => step.id) ?? [];
    expect(run?.steps.map((step) => step.viewerCanComplete)).toEqual([
      true,
      false,
    ]);
    const other = await aDesk(server);
    (await other.staff.execute(DO, { id: mask, answer: "yes" })).refusedWith(
      "NOT_FOUND",
    );
    (await admin.execute(DO, { id: mask, answer: "yes" })).refusedWith(
      "FORBIDDEN",
    );
    (await reader.execute(DO, { id: mask, answer: "yes" })).refusedWith(
      "STEP_NOT_YOURS",
    );
    for (const answer of ["maybe", "", "x".repeat(10_000)])
      (await staff.execute(DO, { id: mask, answer })).refusedWith(
        "BAD_USER_INPUT",
      );
    for (const answer of ["105", "-1", "1e3", "NaN"])
      (await reader.execute(DO, { id: weeks, answer })).refusedWith(
        "BAD_USER_INPUT",
      );
    const early = { id: mask, answer: "yes", reason: "Wrong" };
    (await staff.execute(CORRECT, early)).refusedWith("STEP_OPEN");
    const both = await Promise.all(
      ["yes", "not-possible"].map((answer) =>
        staff.execute(DO, { id: mask, answer }),
      ),
    );
    expect(both.map(({ code }) => code).sort()).toEqual(["STEP_CLOSED", null]);
    (await reader.execute(DO, { id: weeks, answer: "02.50" })).anyData();
    const step = (await runsSeen(staff, id))[0]?.steps[1];
    expect(step).toMatchObject({ state: "DONE", answer: "2.5" });
    const same = { id: weeks, answer: "2.5", reason: "Wrong" };
    (await reader.execute(CORRECT, same)).refusedWith("STEP_SAME");
    const blank = { id: weeks, answer: "3", reason: "  " };
    (await reader.execute(CORRECT, blank)).refusedWith("BAD_USER_INPUT");
    const right = { id: weeks, answer: "3", reason: "Asked again" };
    expect((await reader.execute(CORRECT, right)).anyData()).toMatchObject({
      correctProcedureStep: { answer: "3", correctReason: "Asked again" },
    });
  });

  it("escalate a step once, tell whose it is, list it by page, and count it", async () => {
    const { admin, staff, reader, siteId } = await aDesk(server);
    const stranger = await asRadiologist(server, siteId);
    await aProcedure(
      admin,
      siteId,
      aDocument("READING", {}, [
        aStep("STAFF", CHOICE),
        aStep("RADIOLOGIST", CHOICE),
      ]),
    );
    const id = await aSignedCase(server, siteId, reader);
    await aSignedCase(server, siteId, reader);
    const [run] = await runsSeen(staff, id);
    const [mask] = run?.steps ?? [];
    const done = { id: mask?.id, answer: "yes" };
    (await staff.execute(DO, done)).anyData();
    const audit = new AuditLog(server.database.client, server.clock);
    await escalateSteps(audit, server.clock);
    const overdue = { site: siteId, overdue: true };
    expect((await stepsSeen(staff, overdue)).edges).toHaveLength(0);
    server.clock.forward(31 * 60);
    expect(await escalateSteps(audit, server.clock)).toBeGreaterThanOrEqual(3);
    expect(await escalateSteps(audit, server.clock)).toBe(0);
    const { client } = server.database;
    const notes = await client.inboxItem.findMany({ where: { siteId } });
    const told = (who: string) =>
      notes.filter(({ userId }) => userId === who).map(({ kind }) => kind);
    // What a signature began is told to the staff, and of the readers to who
    // signed: another may be its second reader.
    expect(told(staff.userId)).toEqual(["PROCEDURE"]);
    expect(told(reader.userId)).toEqual(["PROCEDURE", "PROCEDURE"]);
    expect(told(stranger.userId)).toEqual([]);
    expect(notes.every(({ caseId }) => caseId !== null)).toBe(true);
    expect((await stepsSeen(staff, overdue)).edges).toHaveLength(3);
    const mine = await stepsSeen(staff, { site: siteId, mine: true });
    expect(mine.edges.map(({ node }) => node.role)).toEqual(["STAFF"]);
    const one = await stepsSeen(staff, { site: siteId, first: 1 });
    expect(one.pageInfo.hasNextPage).toBe(true);
    const rest = await stepsSeen(staff, {
      site: siteId,
      after: one.pageInfo.endCursor,
    });
    expect(rest.edges).toHaveLength(2);
    const other = await aDesk(server);
    expect((await stepsSeen(other.staff, {})).edges).toEqual([]);
    const counts = await staff.execute(ADHERENCE, { id: siteId });
    expect(counts.anyData()).toEqual({
      procedureAdherence: [
        {
          doneInTime: 1,
          doneLate: 0,
          open: 3,
          overdue: 3,
          due: 4,
          inTimeShare: 0.25,
        },
      ],
    });
  });
});
