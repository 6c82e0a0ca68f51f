import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Case } from "@lung-iris/prisma";
import { foldSearch } from "../../../apps/api/src/platform/search-words.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist, asStaff } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const WORKLIST = `query ($filter: WorklistFilter, $sort: WorklistSort!, $first: Int!, $after: String) {
  worklist(filter: $filter, sort: $sort, first: $first, after: $after) {
    edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
    totalCount totalCountIsCapped
  }
}`;

const page = z.object({
  worklist: z.object({
    edges: z.array(z.object({ node: z.object({ id: z.string() }) })),
    pageInfo: z.object({
      hasNextPage: z.boolean(),
      endCursor: z.string().nullable(),
    }),
    totalCount: z.number(),
    totalCountIsCapped: z.boolean(),
  }),
});

const STATES = ["WAITING", "READING", "SIGNED"] as const;
const URGENCIES = ["CRITICAL", "URGENT", "SOON", "ROUTINE"] as const;
const LABELS = ["NORMAL", "PNEUMONIA", "OTHER"] as const;
const NAMES = ["NGUYỄN, Văn An", "TRẦN, Đức", "SMITH, Jane", "O'NEIL, Tom"];
const SORTS = [
  "URGENCY",
  "ARRIVED_NEWEST",
  "ARRIVED_OLDEST",
  "PROBABILITY",
  "PATIENT",
] as const;
type Sort = (typeof SORTS)[number];

/** 0 for what waits past the shipped ceiling of two hours, 2 for what is signed, 1 for the rest. */
function partOf({ state, arrivedAt }: Case, now: Date): number {
  if (state === "SIGNED") return 2;
  const waited = now.getTime() - arrivedAt.getTime();
  return state === "WAITING" && waited >= 120 * 60_000 ? 0 : 1;
}

/** What the worklist should do, in the plainest words. */
function expected(
  rows: readonly Case[],
  matches: (row: Case) => boolean,
  sort: Sort,
  now: Date,
): string[] {
  const compare = (a: Case, b: Case): number => {
    const by = <T extends number | string>(x: T, y: T): number =>
      x < y ? -1 : x > y ? 1 : 0;
    const arrived = by(a.arrivedAt.getTime(), b.arrivedAt.getTime());
    const id = by(a.id, b.id);
    switch (sort) {
      case "URGENCY":
        return (
          by(partOf(a, now), partOf(b, now)) ||
          by(URGENCIES.indexOf(a.urgency), URGENCIES.indexOf(b.urgency)) ||
          arrived ||
          id
        );
      case "ARRIVED_OLDEST":
        return arrived || id;
      case "ARRIVED_NEWEST":
        return -(arrived || id);
      case "PROBABILITY":
        return -(by(a.probability ?? -1, b.probability ?? -1) || id);
      case "PATIENT":
        return by(foldSearch(a.patientName), foldSearch(b.patientName)) || id;
    }
  };
  return rows
    .filter(matches)
    .sort(compare)
    .map(({ id }) => id);
}

describe("the worklist", () => {
  let server: TestServer;
  let siteIds: string[];
  let reader: SignedIn;
  let staff: SignedIn;
  let cases: Case[];
  const unresolved = new Set<string>();

  beforeAll(async () => {
    server = await startTestServer();
    siteIds = [(await aSite(server)).id, (await aSite(server)).id];
    reader = await asRadiologist(server, ...siteIds);
    staff = await asStaff(server, ...siteIds);
    const other = await asRadiologist(server, ...siteIds);
    // 240 cases over every combination that matters, by fixed arithmetic.
    for (let index = 0; index < 240; index++) {
      const state = STATES[index % 3] ?? "WAITING";
      const name = NAMES[index % 4] ?? "";
      const probability = ((index * 37) % 100) / 100;
      const builder = aCase(server, siteIds[index % 2] ?? "")
        .named(name, `MRN-${String(index).padStart(6, "0")}`)
        .with({
          state,
          urgency: URGENCIES[(index * 7) % 4] ?? "SOON",
          decidedLabel:
            state === "SIGNED" ? (LABELS[(index % 9) % 3] ?? null) : null,
          assigneeId:
            index % 5 === 0
              ? reader.userId
              : index % 5 === 1
                ? other.userId
                : null,
          claimedById:
            state === "READING"
              ? index % 2 === 0
                ? reader.userId
                : other.userId
              : null,
          // Ties on purpose: four cases share each moment.
          arrivedAt: new Date(Date.UTC(2026, 1, 1, Math.floor(index / 4))),
        });
      if (index % 7 === 0) builder.notAssessed("lateral");
      else if (index % 7 > 1) builder.assessed(probability);
      await builder.create();
    }
    cases = await server.database.client.case.findMany();
    for (const [index, { patientId }] of cases.slice(0, 20).entries()) {
      unresolved.add(patientId);
      await server.database.client.patient.update({
        where: { id: patientId },
        data: { identityState: index % 2 === 0 ? "UNKNOWN" : "CHECK" },
      });
    }
  });

  afterAll(() => server.stop());

  /** Reads every page of the given size. */
  async function readAll(
    filter: Record<string, unknown>,
    sort: Sort,
    first: number,
  ): Promise<{ ids: string[]; total: number }> {
    const ids: string[] = [];
    let after: string | null = null;
    for (;;) {
      const variables: Record<string, unknown> = { filter, sort, first, after };
      // Staff: a blind reader may not sort by what the AI says.
      const answer = await staff.execute(WORKLIST, variables);
      const { worklist } = answer.data(page);
      ids.push(...worklist.edges.map(({ node }) => node.id));
      if (!worklist.pageInfo.hasNextPage)
        return { ids, total: worklist.totalCount };
      after = worklist.pageInfo.endCursor;
    }
  }

  const isPositive = (row: Case): boolean =>
    row.assessment === "ASSESSED" &&
    (row.probability ?? 0) >= (row.threshold ?? 1);

  const filters: [
    string,
    () => Record<string, unknown>,
    (row: Case) => boolean,
  ][] = [
    ["nothing", () => ({}), () => true],
    [
      "unread",
      () => ({ states: ["WAITING", "READING"] }),
      ({ state }) => state !== "SIGNED",
    ],
    [
      "urgency",
      () => ({ urgencies: ["CRITICAL", "SOON"] }),
      ({ urgency }) => urgency === "CRITICAL" || urgency === "SOON",
    ],
    ["AI positive", () => ({ aiPositive: true }), isPositive],
    [
      "AI negative",
      () => ({ aiPositive: false }),
      (row) => row.assessment === "ASSESSED" && !isPositive(row),
    ],
    [
      "not assessed",
      () => ({ assessments: ["NOT_ASSESSED"] }),
      ({ assessment }) => assessment === "NOT_ASSESSED",
    ],
    [
      "labels",
      () => ({ labels: ["PNEUMONIA", "OTHER"] }),
      ({ decidedLabel }) =>
        decidedLabel === "PNEUMONIA" || decidedLabel === "OTHER",
    ],
    [
      "labels of unread cases",
      () => ({ labels: ["NORMAL"], states: ["WAITING"] }),
      () => false,
    ],
    [
      "one site",
      () => ({ siteId: siteIds[1] }),
      ({ siteId }) => siteId === siteIds[1],
    ],
    [
      "assignee",
      () => ({ assigneeId: reader.userId }),
      ({ assigneeId }) => assigneeId === reader.userId,
    ],
    [
      "unassigned",
      () => ({ unassigned: true }),
      ({ assigneeId }) => assigneeId === null,
    ],
    [
      "being read by one reader",
      () => ({ claimedById: reader.userId }),
      ({ claimedById }) => claimedById === reader.userId,
    ],
    [
      "patients who are unknown or to be checked",
      () => ({ identityUnresolved: true }),
      ({ patientId }) => unresolved.has(patientId),
    ],
    [
      "some of the cases of an upload",
      () => ({ caseIds: cases.slice(5, 12).map(({ id }) => id) }),
      ({ id }) => cases.slice(5, 12).some((row) => row.id === id),
    ],
    [
      "time of arrival",
      () => ({
        arrivedAfter: "2026-02-01T10:00:00Z",
        arrivedBefore: "2026-02-02T10:00:00Z",
      }),
      ({ arrivedAt }) =>
        arrivedAt >= new Date("2026-02-01T10:00:00Z") &&
        arrivedAt < new Date("2026-02-02T10:00:00Z"),
    ],
    [
      "a name without its accents",
      () => ({ search: "nguyen van" }),
      ({ patientName }) => foldSearch(patientName).includes("nguyen"),
    ],
    [
      "a rare record number",
      () => ({ search: "mrn-000123" }),
      ({ mrn }) => mrn === "MRN-000123",
    ],
    [
      "two letters at the start of a word",
      () => ({ search: "đứ" }),
      ({ patientName }) => patientName === "TRẦN, Đức",
    ],
    [
      "signs that mean something to LIKE",
      () => ({ search: "100%_" }),
      () => false,
    ],
    [
      "several things at once",
      () => ({
        states: ["WAITING", "SIGNED"],
        search: "smith",
        unassigned: false,
        aiPositive: true,
      }),
      (row) =>
        row.state !== "READING" &&
        row.patientName.startsWith("SMITH") &&
        row.assigneeId !== null &&
        isPositive(row),
    ],
  ];

  it.each(filters)(
    "filters by %s, in every order, without losing or repeating a row over pages",
    async (_name, filter, matches) => {
      for (const sort of SORTS) {
        const { ids, total } = await readAll(filter(), sort, 37);
        expect(ids, sort).toEqual(
          expected(cases, matches, sort, server.clock.now()),
        );
        expect(total).toBe(ids.length);
      }
    },
  );

  it("refuses a cursor of another order", async () => {
    const first = (
      await staff.execute(WORKLIST, { sort: "PATIENT", first: 2 })
    ).data(page);
    const after = first.worklist.pageInfo.endCursor;
    (
      await staff.execute(WORKLIST, { sort: "PROBABILITY", first: 2, after })
    ).refusedWith("BAD_USER_INPUT");
  });

  it.each([0, -1, 201])("refuses a page of %i rows", async (first) => {
    (await reader.execute(WORKLIST, { sort: "URGENCY", first })).refusedWith(
      "BAD_USER_INPUT",
    );
  });

  it("records a page with the cases shown, one event a site, and not again when it only refreshes", async () => {
    const staff = await asStaff(server, ...siteIds);
    const look = () => staff.execute(WORKLIST, { sort: "URGENCY", first: 10 });
    const { result, events } = await recordedBy(server, look);
    const shown = result.data(page).worklist.edges.map(({ node }) => node.id);
    expect(events.map(({ type }) => type)).toEqual([
      "worklist.viewed",
      "worklist.viewed",
    ]);
    expect(events.map(({ siteId }) => siteId).sort()).toEqual(
      [...siteIds].sort(),
    );
    expect(events.flatMap(({ details }) => details["caseIds"]).sort()).toEqual(
      shown.sort(),
    );
    expect((await recordedBy(server, look)).events).toEqual([]);
    server.clock.forward(61);
    expect((await recordedBy(server, look)).events).toHaveLength(2);
  });

  it("sums up what waits", async () => {
    const answer = await reader.execute(`{
      worklistSummary { waiting waitingIsCapped reading notAssessed pending mine unassigned identity longestWaitSince }
    }`);
    const unread = cases.filter(({ state }) => state !== "SIGNED");
    const waiting = cases.filter(({ state }) => state === "WAITING");
    const of = (assessment: Case["assessment"]): number =>
      unread.filter((row) => row.assessment === assessment).length;
    expect(answer.anyData()["worklistSummary"]).toEqual({
      waiting: waiting.length,
      waitingIsCapped: false,
      reading: unread.length - waiting.length,
      notAssessed: of("NOT_ASSESSED"),
      pending: of("PENDING"),
      mine: unread.filter((row) => row.assigneeId === reader.userId).length,
      unassigned: waiting.filter((row) => row.assigneeId === null).length,
      identity: cases.filter((row) => unresolved.has(row.patientId)).length,
      longestWaitSince: new Date(
        Math.min(...waiting.map(({ arrivedAt }) => arrivedAt.getTime())),
      ).toISOString(),
    });
  });
});
