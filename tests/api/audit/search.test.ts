import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase } from "../../testkit/scenario.ts";
import type { Scenario } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asAuditor, asRadiologist } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const SEARCH = `query ($filter: AuditFilter, $first: Int!, $after: String) {
  auditEvents(filter: $filter, first: $first, after: $after) {
    edges { node { seq type actorId subjectId patientId patientName subjectName origin before after details hash previousHash } }
    pageInfo { hasNextPage endCursor }
  }
}`;

const found = z.object({
  auditEvents: z.object({
    edges: z.array(
      z.object({
        node: z.object({
          seq: z.string(),
          type: z.string(),
          actorId: z.string(),
          subjectId: z.string(),
          patientName: z.string().nullable(),
          subjectName: z.string().nullable(),
          details: z.string().nullable(),
          after: z.string().nullable(),
          hash: z.string(),
          previousHash: z.string(),
        }),
      }),
    ),
    pageInfo: z.object({
      hasNextPage: z.boolean(),
      endCursor: z.string().nullable(),
    }),
  }),
});

type Found = z.infer<typeof found>["auditEvents"]["edges"][number]["node"];

const OPEN = `query ($id: ID!) { case(id: $id) { id } }`;
const CLAIM = `mutation ($id: ID!) { claimCase(caseId: $id) { id } }`;

describe("searching the audit trail", () => {
  let server: TestServer;
  let siteId: string;
  let auditor: SignedIn;
  let first: SignedIn;
  let second: SignedIn;
  let cases: Scenario[];
  let secondHalf: Date;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    auditor = await asAuditor(server, siteId);
    first = await asRadiologist(server, siteId);
    second = await asRadiologist(server, siteId);
    cases = [];
    for (const name of ["NGUYỄN, An", "NGUYỄN, Bình", "SMITH, Jane"])
      cases.push(await aCase(server, siteId).named(name).create());
    for (const { case: row } of cases)
      await first.execute(OPEN, { id: row.id });
    server.clock.forward(1800);
    secondHalf = server.clock.now();
    for (const { case: row } of cases) {
      await second.execute(OPEN, { id: row.id });
      await second.execute(CLAIM, { id: row.id });
    }
  });

  afterAll(() => server.stop());

  async function search(
    filter: Record<string, unknown>,
    size = 200,
  ): Promise<Found[]> {
    const events: Found[] = [];
    let after: string | null = null;
    do {
      const variables: Record<string, unknown> = { filter, first: size, after };
      const answer = await auditor.execute(SEARCH, variables);
      const { edges, pageInfo } = answer.data(found).auditEvents;
      events.push(...edges.map(({ node }) => node));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    return events;
  }

  const caseOf = (index: number): Scenario => {
    const scenario = cases[index];
    if (scenario === undefined) throw new Error("no such case");
    return scenario;
  };

  it("lists newest first, over pages, without losing or repeating one", async () => {
    const types = ["case.opened", "case.claimed"];
    const whole = await search({ types });
    expect(whole).toHaveLength(9);
    const numbers = whole.map(({ seq }) => Number(seq));
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    expect(await search({ types }, 2)).toEqual(whole);
  });

  it("finds by what, who, on what, about whom and when, and by all at once", async () => {
    expect(await search({ types: ["case.claimed"] })).toHaveLength(3);
    const bySecond = await search({ actorId: second.userId });
    expect(bySecond).toHaveLength(6);
    expect(await search({ actorSearch: second.name })).toEqual(bySecond);
    const caseId = caseOf(2).case.id;
    expect(await search({ subjectId: caseId })).toHaveLength(3);
    // Without the lists that showed them, these searches among them.
    const types = ["case.opened", "case.claimed"];
    const patientId = caseOf(2).patient.id;
    expect(await search({ types, patientId })).toHaveLength(3);
    const nguyens = await search({ types, patientSearch: "nguyen" });
    expect(nguyens).toHaveLength(6);
    expect(new Set(nguyens.map(({ patientName }) => patientName))).toEqual(
      new Set(["NGUYỄN, An", "NGUYỄN, Bình"]),
    );
    const byNumber = { types, patientSearch: caseOf(0).patient.mrn };
    expect(await search(byNumber)).toHaveLength(3);
    const late = { types, after: secondHalf.toISOString() };
    expect(await search(late)).toHaveLength(6);
    const early = { types, before: secondHalf.toISOString() };
    expect(await search(early)).toHaveLength(3);
    const all = {
      types: ["case.opened"],
      actorId: second.userId,
      patientSearch: "nguyen",
      subjectId: caseOf(1).case.id,
      after: secondHalf.toISOString(),
    };
    expect(await search(all)).toHaveLength(1);
  });

  it("finds nothing where nothing is, rather than everything", async () => {
    for (const filter of [
      { patientSearch: "zzzz" },
      { actorSearch: "zzzz" },
      { patientId: "nonsense" },
      { subjectId: "nonsense" },
      { after: "2030-01-01T00:00:00Z" },
      { before: "2000-01-01T00:00:00Z" },
      { types: [] },
    ])
      expect(await search(filter), JSON.stringify(filter)).toEqual([]);
  });

  it("refuses a type that there is not", async () => {
    (
      await auditor.execute(SEARCH, {
        filter: { types: ["case.stolen"] },
        first: 5,
      })
    ).refusedWith("BAD_USER_INPUT");
  });

  it("shows what an event says, linked to the one before", async () => {
    const [newest, before] = await search({});
    expect(newest?.previousHash).toBe(before?.hash);
    const [claimed] = await search({ types: ["case.claimed"] });
    expect(JSON.parse(claimed?.after ?? "{}")).toMatchObject({
      state: "READING",
      claimedById: second.userId,
    });
    const [signedIn] = await search({ types: ["user.updated"] });
    expect(signedIn).toBeUndefined();
  });

  it("is itself in the trail, with what was searched for", async () => {
    const { events } = await recordedBy(server, () =>
      auditor.execute(SEARCH, {
        filter: { patientSearch: "smith" },
        first: 7,
      }),
    );
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: "audit.searched",
      actorId: auditor.userId,
      siteId,
      details: { filter: { patientSearch: "smith" }, first: 7 },
    });
  });

  it("gives each case its own history", async () => {
    const answer = await first.execute(
      `query ($id: ID!) { case(id: $id) { history(first: 10) { edges { node { type actorId } } } } }`,
      { id: caseOf(0).case.id },
    );
    expect(answer.anyData()["case"]).toMatchObject({
      history: {
        edges: [
          // This look is the newest of them.
          { node: { type: "case.opened", actorId: first.userId } },
          { node: { type: "case.claimed", actorId: second.userId } },
          { node: { type: "case.opened", actorId: second.userId } },
          { node: { type: "case.opened", actorId: first.userId } },
        ],
      },
    });
  });
});
