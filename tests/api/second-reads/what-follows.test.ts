import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { claim, reads, request, showFirst } from "./second-reading.ts";

const ISSUE = `mutation ($input: IssuePreliminaryInput!) { issuePreliminary(input: $input) { id } }`;
const MARK = `mutation ($id: ID!, $input: CriticalMarkInput!) { markCritical(caseId: $id, input: $input) { id } }`;
const TELL = `mutation ($id: ID!, $input: TellCriticalInput!) { tellCritical(id: $id, input: $input) { id } }`;
const SEEN = `query ($id: ID!, $site: ID!) {
  case(id: $id) { preliminaryReports { id } criticalResults { id } }
  criticalResults(siteId: $site, closed: false, first: 20) { edges { node { id } } } }`;
const ids = z.array(z.object({ id: z.string() }));
const seen = z.object({
  case: z.object({ preliminaryReports: ids, criticalResults: ids }),
  criticalResults: z.object({
    edges: z.array(z.object({ node: z.unknown() })),
  }),
});

describe("what a first reader said before and beside the signature", () => {
  let server: TestServer;
  let siteId: string;
  let first: SignedIn;
  let second: SignedIn;
  let staff: SignedIn;
  let caseId: string;
  let preliminaryId: string;
  let criticalId: string;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
    siteId = (await aSite(server)).id;
    first = await asRadiologist(server, siteId);
    second = await asRadiologist(server, siteId);
    staff = await asStaff(server, siteId);
    const made = await aCase(server, siteId).notAssessed("lateral").create();
    caseId = made.case.id;
    (await claim(first, caseId)).anyData();
    preliminaryId = (
      await first.execute(ISSUE, {
        input: {
          caseId,
          label: "PNEUMONIA",
          report: {
            language: "EN",
            indication: "",
            technique: "",
            comparison: "",
            findings: "Consolidation.",
            impression: "Pneumonia.",
          },
        },
      })
    ).data(z.object({ issuePreliminary: z.object({ id: z.string() }) }))
      .issuePreliminary.id;
    await reads(server, first, caseId, "PNEUMONIA");
    criticalId = (
      await first.execute(MARK, {
        id: caseId,
        input: { finding: "pneumothorax" },
      })
    ).data(z.object({ markCritical: z.object({ id: z.string() }) }))
      .markCritical.id;
  });
  afterAll(() => server.stop());

  const shown = async (who: SignedIn) => {
    const answer = await who.execute(SEEN, { id: caseId, site: siteId });
    const found = answer.data(seen);
    const pdf = await who.fetch(`/preliminary/${preliminaryId}.pdf`);
    return [
      found.case.preliminaryReports.length,
      found.case.criticalResults.length,
      found.criticalResults.edges.length,
      pdf.status,
    ];
  };

  it("is kept from who could read the case a second time, and from nobody else", async () => {
    expect(await shown(second)).toEqual([1, 1, 1, 200]);
    (await request(staff, caseId)).anyData();
    expect(await shown(second)).toEqual([0, 0, 0, 404]);
    const tell = { to: "Ward 3", way: "PHONE" };
    (await second.execute(TELL, { id: criticalId, input: tell })).refusedWith(
      "NOT_FOUND",
    );
    expect(await shown(first)).toEqual([1, 1, 1, 200]);
    expect((await shown(staff)).slice(0, 3)).toEqual([1, 1, 1]);
  });

  it("is there again for who looks on record", async () => {
    (await showFirst(second, caseId)).anyData();
    expect(await shown(second)).toEqual([1, 1, 1, 200]);
  });
});
