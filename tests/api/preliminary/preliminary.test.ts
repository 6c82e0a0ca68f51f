import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { givenPolicy } from "../../testkit/policies.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { CLAIM, REVEAL, SIGN } from "../readings/reading-documents.ts";

const ISSUE = `mutation ($input: IssuePreliminaryInput!) {
  issuePreliminary(input: $input) { id number label report { findings addenda { text } } reader { id } findings { code presence } } }`;
const OF_CASE = `query ($id: ID!) { case(id: $id) {
  state preliminaryAt decidedLabel viewerCanIssuePreliminary version
  preliminaryReports { id number label report { findings } }
  signedVersions { label } } }`;

const REPORT = {
  language: "VI",
  indication: "",
  technique: "",
  comparison: "",
  findings: " Đông đặc đáy phổi phải. ",
  impression: "Viêm phổi.",
};
const issued = z.object({
  issuePreliminary: z.object({
    id: z.string(),
    number: z.number(),
    label: z.string(),
    report: z.object({ findings: z.string() }),
  }),
});

describe("a preliminary report", () => {
  let server: TestServer;
  let siteId: string;
  let reader: SignedIn;
  let other: SignedIn;
  let staff: SignedIn;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
    other = await asRadiologist(server, siteId);
    staff = await asStaff(server, siteId);
  });
  afterAll(() => server.stop());

  async function held(at = siteId, by = reader): Promise<string> {
    const { case: row } = await aCase(server, at).assessed(0.9).create();
    (await by.execute(CLAIM, { id: row.id })).anyData();
    return row.id;
  }
  const input = (caseId: string, rest: object = {}) => ({
    input: { caseId, label: "PNEUMONIA", report: REPORT, ...rest },
  });
  const ofCase = async (by: SignedIn, id: string) =>
    (await by.execute(OF_CASE, { id })).anyData()["case"];

  it("is there for everybody who sees reports, and the case is still to be signed", async () => {
    const id = await held();
    const first = (await reader.execute(ISSUE, input(id))).data(issued);
    expect(first.issuePreliminary).toMatchObject({
      number: 1,
      label: "PNEUMONIA",
      report: { findings: "Đông đặc đáy phổi phải." },
    });
    expect(await ofCase(staff, id)).toMatchObject({
      state: "READING",
      decidedLabel: null,
      preliminaryAt: server.clock.now().toISOString(),
      viewerCanIssuePreliminary: false,
      preliminaryReports: [{ number: 1, label: "PNEUMONIA" }],
      signedVersions: [],
    });
    const { client } = server.database;
    expect(await client.caseLabel.count({ where: { caseId: id } })).toBe(0);
    const again = await reader.execute(ISSUE, input(id, { label: "NORMAL" }));
    expect(again.data(issued).issuePreliminary.number).toBe(2);
  });

  it("gives way to the signature, stays in the history and makes no label", async () => {
    const id = await held();
    (await reader.execute(ISSUE, input(id, { label: "OTHER" }))).anyData();
    await reader.execute(REVEAL, { id });
    (
      await reader.execute(SIGN, {
        input: {
          caseId: id,
          caseVersion: 2,
          label: "PNEUMONIA",
          decision: "CONFIRM",
        },
      })
    ).anyData();
    expect(await ofCase(reader, id)).toMatchObject({
      state: "SIGNED",
      preliminaryAt: null,
      preliminaryReports: [{ number: 1, label: "OTHER" }],
      signedVersions: [{ label: "PNEUMONIA" }],
    });
    const labels = await server.database.client.caseLabel.findMany({
      where: { caseId: id },
    });
    expect(labels.map(({ label }) => label)).toEqual(["PNEUMONIA"]);
    (await reader.execute(ISSUE, input(id))).refusedWith("CASE_ALREADY_SIGNED");
  });

  it("is given out by who holds the case and by nobody else", async () => {
    const id = await held();
    (await other.execute(ISSUE, input(id))).refusedWith("CASE_NOT_CLAIMED");
    (await staff.execute(ISSUE, input(id))).refusedWith("FORBIDDEN");
    const stranger = await asRadiologist(server, (await aSite(server)).id);
    (await stranger.execute(ISSUE, input(id))).refusedWith("NOT_FOUND");
    (await reader.execute(ISSUE, input("x"))).refusedWith("NOT_FOUND");
    const { case: free } = await aCase(server, siteId).create();
    (await reader.execute(ISSUE, input(free.id))).refusedWith(
      "CASE_NOT_CLAIMED",
    );
    expect(await ofCase(reader, id)).toMatchObject({ preliminaryReports: [] });
  });

  it("says something, of a size, that does not deny itself", async () => {
    const id = await held();
    const empty = { ...REPORT, findings: " ", impression: "" };
    (await reader.execute(ISSUE, input(id, { report: empty }))).refusedWith(
      "BAD_USER_INPUT",
    );
    const huge = { ...REPORT, findings: "x".repeat(4001) };
    (await reader.execute(ISSUE, input(id, { report: huge }))).refusedWith(
      "BAD_USER_INPUT",
    );
    const findings = [
      { code: "pneumonia", presence: "PRESENT", zones: [], markIndexes: [] },
    ];
    (
      await reader.execute(ISSUE, input(id, { label: "NORMAL", findings }))
    ).refusedWith("FINDINGS_MISMATCH");
  });

  it("is numbered once each, however many are given out at once", async () => {
    const id = await held();
    const answers = await Promise.all(
      [1, 2, 3].map(() => reader.execute(ISSUE, input(id))),
    );
    const numbers = answers.map(
      (answer) => answer.data(issued).issuePreliminary.number,
    );
    expect(numbers.sort()).toEqual([1, 2, 3]);
  });

  it("needs a site that allows it", async () => {
    const strict = (await aSite(server)).id;
    const there = await asRadiologist(server, strict);
    const id = await held(strict, there);
    expect(await ofCase(there, id)).toMatchObject({
      viewerCanIssuePreliminary: true,
    });
    await givenPolicy(server, strict, { reports: { preliminary: false } });
    expect(await ofCase(there, id)).toMatchObject({
      viewerCanIssuePreliminary: false,
    });
    (await there.execute(ISSUE, input(id))).refusedWith(
      "PRELIMINARY_NOT_ALLOWED",
    );
  });

  it("goes out as a paper, noted in the trail, at its own site alone", async () => {
    const id = await held();
    const answer = await reader.execute(ISSUE, input(id));
    const report = answer.data(issued).issuePreliminary;
    const path = `/preliminary/${report.id}.pdf`;
    const { result, events } = await recordedBy(server, () =>
      staff.fetch(path),
    );
    expect(result.status).toBe(200);
    expect(result.headers.get("content-type")).toBe("application/pdf");
    expect(events).toMatchObject([
      {
        type: "preliminary.exported",
        subjectId: id,
        details: { preliminaryId: report.id, number: 1, isForPrint: false },
      },
    ]);
    const stranger = await asStaff(server, (await aSite(server)).id);
    expect((await stranger.fetch(path)).status).toBe(404);
    expect((await staff.fetch("/preliminary/x.pdf")).status).toBe(404);
  });

  it("is never changed, whoever asks the database", async () => {
    const { client } = server.database;
    const one = await client.preliminaryReport.findFirstOrThrow();
    await expect(
      client.preliminaryReport.update({
        where: { id: one.id },
        data: { label: "NORMAL" },
      }),
    ).rejects.toThrow(/append-only/);
  });
});
