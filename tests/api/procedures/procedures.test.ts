import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aDesk,
  aDocument,
  aProcedure,
  aSignedCase,
  aStep,
  CHOICE,
  runsSeen,
  SAVE,
} from "./procedure-kit.ts";

const PROCEDURES = `query ($id: ID!) { procedures(siteId: $id) { version isOn document { name { en vi } trigger { moment } steps { role } } } }`;
const PREVIEW = `query ($site: ID!, $document: ProcedureDocumentInput!) { previewProcedure(siteId: $site, document: $document) { looked begun isCapped cases { id } } }`;

describe("a site's procedures", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  it("come with the site, off, in both languages", async () => {
    const { admin, siteId } = await aDesk(server);
    const shape = z.object({
      procedures: z.array(
        z.object({
          version: z.number(),
          isOn: z.boolean(),
          document: z.object({
            name: z.object({ en: z.string().min(1), vi: z.string().min(1) }),
            trigger: z.object({ moment: z.string() }),
            steps: z.array(z.unknown()).min(1),
          }),
        }),
      ),
    });
    const { procedures } = (
      await admin.execute(PROCEDURES, { id: siteId })
    ).data(shape);
    expect(
      procedures.map(({ document }) => document.trigger.moment).sort(),
    ).toEqual(["ARRIVAL", "ARRIVAL", "CRITICAL", "READING"]);
    expect(
      procedures.every(({ isOn, version }) => !isOn && version === 1),
    ).toBe(true);
  });

  it("are written by admins alone, and of two changes at once one is refused", async () => {
    const { admin, staff, reader, siteId } = await aDesk(server);
    const first = await aProcedure(admin, siteId, aDocument("READING"));
    const next = (name: string) => ({
      input: {
        siteId,
        procedureId: first.procedureId,
        baseVersion: 1,
        isOn: true,
        reason: "Better",
        document: aDocument("READING", {}, [aStep("STAFF", CHOICE, name)]),
      },
    });
    (await staff.execute(SAVE, next("A"))).refusedWith("FORBIDDEN");
    (await reader.execute(SAVE, next("A"))).refusedWith("FORBIDDEN");
    const other = await aDesk(server);
    (await other.admin.execute(SAVE, next("A"))).refusedWith("NOT_FOUND");
    const both = await Promise.all(
      ["A", "B"].map((name) => admin.execute(SAVE, next(name))),
    );
    const codes = both.map(({ code }) => code).sort();
    expect(codes).toEqual(["PROCEDURE_CHANGED", null]);
  });

  it.each([
    ["a finding at the upload", aDocument("ARRIVAL", { findings: ["edema"] })],
    ["no finding of the AI", aDocument("AI")],
    ["a ward of no word", aDocument("ARRIVAL", { wards: [" ^ "] })],
    ["an unknown flag", aDocument("ARRIVAL", { flags: ["tired"] })],
    ["ages upside down", aDocument("READING", { ageFrom: 9, ageTo: 3 })],
    ["no step", aDocument("READING", {}, [])],
    [
      "a choice of one",
      aDocument("READING", {}, [
        aStep("STAFF", { ...CHOICE, options: CHOICE.options.slice(0, 1) }),
      ]),
    ],
    [
      "a read-back of nothing critical",
      aDocument("READING", {}, [
        aStep("STAFF", { kind: "READ_BACK", options: [] }),
      ]),
    ],
    [
      "twenty-one steps",
      aDocument("READING", {}, Array(21).fill(aStep("STAFF", CHOICE))),
    ],
    ["a step for an admin", aDocument("READING", {}, [aStep("ADMIN", CHOICE)])],
  ])("refuse %s", async (_what, document) => {
    const { admin, siteId } = await aDesk(server);
    const input = { siteId, baseVersion: 0, isOn: true, reason: "x", document };
    (await admin.execute(SAVE, { input })).refusedWith("BAD_USER_INPUT");
  });

  it("ask for a ward by its first words, and say beforehand for which cases", async () => {
    const { admin, staff, siteId } = await aDesk(server);
    const { client } = server.database;
    const on = async (ward: string | null) => {
      const { case: row, study } = await aCase(server, siteId).create();
      await client.study.update({ where: { id: study.id }, data: { ward } });
      return row.id;
    };
    const there = await on("icu^2^Bed 4");
    await on("Maternity");
    await on(null);
    const document = aDocument("ARRIVAL", { wards: ["ICU"] });
    const asked = { site: siteId, document };
    expect((await admin.execute(PREVIEW, asked)).anyData()).toEqual({
      previewProcedure: {
        looked: 3,
        begun: 1,
        isCapped: false,
        cases: [{ id: there }],
      },
    });
    await aProcedure(admin, siteId, document);
    // What is said of a case later begins it as well.
    const late = await on(null);
    const correct = (id: string, ward: string) =>
      staff.execute(
        `mutation ($id: ID!, $ward: String) { updateStudyDetails(input: { studyId: $id, ward: $ward }) { ward } }`,
        { id, ward },
      );
    const { studyId } = await client.case.findUniqueOrThrow({
      where: { id: late },
    });
    expect((await correct(studyId, "ICU 2")).anyData()).toEqual({
      updateStudyDetails: { ward: "ICU 2" },
    });
    expect(await runsSeen(staff, late)).toHaveLength(1);
  });

  it("say beforehand which of the last month's cases they would begin for", async () => {
    const { admin, staff, reader, siteId } = await aDesk(server);
    const id = await aSignedCase(server, siteId, reader);
    await aCase(server, siteId).assessed(0.1).create();
    const preview = async (trigger: object, moment: "AI" | "READING") =>
      (
        await admin.execute(PREVIEW, {
          site: siteId,
          document: aDocument(moment, trigger),
        })
      ).anyData();
    const expected = { looked: 2, begun: 1, isCapped: false, cases: [{ id }] };
    const pneumonia = { findings: ["pneumonia"] };
    for (const moment of ["AI", "READING"] as const)
      expect(await preview(pneumonia, moment)).toEqual({
        previewProcedure: expected,
      });
    const document = aDocument("READING");
    (await staff.execute(PREVIEW, { site: siteId, document })).refusedWith(
      "FORBIDDEN",
    );
    expect(await runsSeen(staff, id)).toEqual([]);
  });
});
