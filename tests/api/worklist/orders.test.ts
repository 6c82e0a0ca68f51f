import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Case, DatabaseClient, Site, Study } from "@lung-iris/prisma";
import { WORKLIST_SORTS } from "../../../apps/api/src/features/worklist-query/worklist.order.ts";
import { foldSearch } from "../../../apps/api/src/platform/search-words.ts";
import {
  flagBits,
  FLAGS,
} from "../../../apps/api/src/features/worklist-query/worklist.traits.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist, asStaff } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const WORKLIST = `query ($filter: WorklistFilter, $sort: WorklistSort!, $first: Int!, $after: String) {
  worklist(filter: $filter, sort: $sort, first: $first, after: $after) {
    edges { node { id } } pageInfo { hasNextPage endCursor } totalCount } }`;

const page = z.object({
  worklist: z.object({
    edges: z.array(z.object({ node: z.object({ id: z.string() }) })),
    pageInfo: z.object({
      hasNextPage: z.boolean(),
      endCursor: z.string().nullable(),
    }),
    totalCount: z.number(),
  }),
});

interface Row extends Case {
  study: Study;
  site: Site;
  assignee: { name: string } | null;
}

const STATES = ["WAITING", "READING", "SIGNED", "EMPTY"] as const;
const URGENCIES = ["CRITICAL", "URGENT", "SOON", "ROUTINE"] as const;
const LABELS = [
  "NORMAL",
  "PNEUMONIA",
  "OTHER",
  "NOT_DIAGNOSTIC",
  null,
] as const;
const VIEWS = ["PA", "AP", "LL", "OBLIQUE", null] as const;
const AGES = [0.4, 7, 30, 70, null] as const;

/** Also one that no catalogue knows, as an older sender may have said it. */
const FLAGGED = [
  [],
  ["fever"],
  ["immunosuppressed", "fever"],
  ["cough"],
  ["sepsis"],
  ["feverish"],
];

/** Without one last, whatever its letters. */
const text = (value: string | null) =>
  value === null || value === "" ? "\u{10ffff}" : foldSearch(value);
const examination = ({ study }: Row) =>
  text([study.description, study.viewPosition].filter(Boolean).join(" "));

/** What each order goes by, before the id or, where said, the arrival. */
const ORDERS: Record<string, (row: Row) => (string | number)[]> = {
  AGE_YOUNGEST: ({ study }) => [study.patientAgeYears ?? -1],
  AGE_OLDEST: ({ study }) => [study.patientAgeYears ?? -1],
  MRN: ({ mrn }) => [text(mrn)],
  EXAMINATION: (row) => [examination(row)],
  ACCESSION: ({ accessionNumber }) => [text(accessionNumber)],
  SITE: ({ site, arrivedAt }) => [site.name, arrivedAt.getTime()],
  FINDING: ({ decidedLabel, arrivedAt }) => [
    LABELS.indexOf(decidedLabel),
    arrivedAt.getTime(),
  ],
  ASSIGNEE: ({ assignee }) => [text(assignee?.name ?? null)],
  STATE: ({ state, arrivedAt }) => [STATES.indexOf(state), arrivedAt.getTime()],
  // All that waits here is past the ceiling of its class.
  URGENCY: ({ state, urgency, arrivedAt }) => [
    STATES.indexOf(state),
    URGENCIES.indexOf(urgency),
    arrivedAt.getTime(),
  ],
};

/** Orders that a second click on a column takes, of those above. */
const REVERSED: readonly string[] = WORKLIST_SORTS.filter(
  (sort) =>
    sort.endsWith("_REVERSED") && sort.replace("_REVERSED", "") in ORDERS,
);

function compare(a: (string | number)[], b: (string | number)[]): number {
  for (const [index, x] of a.entries()) {
    const y = b[index] ?? "";
    // By code points, as the database's C collation.
    const [p, q] =
      typeof x === "number"
        ? [x, Number(y)]
        : [
            Buffer.from(x).toString("hex"),
            Buffer.from(String(y)).toString("hex"),
          ];
    if (p < q) return -1;
    if (p > q) return 1;
  }
  return 0;
}

describe("the worklist by any column", () => {
  let server: TestServer;
  let staff: SignedIn;
  let reader: SignedIn;
  let other: SignedIn;
  let rows: Row[];
  let criticalId: string;

  beforeAll(async () => {
    server = await startTestServer();
    const sites = [await aSite(server, "Vinh"), await aSite(server, "Huế")];
    const siteIds = sites.map(({ id }) => id);
    staff = await asStaff(server, ...siteIds);
    reader = await asRadiologist(server, ...siteIds);
    other = await asRadiologist(server, ...siteIds);
    const { client } = server.database;
    for (let index = 0; index < 90; index++) {
      const state = STATES[index % 3] ?? "WAITING";
      const builder = aCase(server, siteIds[index % 2] ?? "")
        .named(`Trần ${String(index % 4)}`, `MRN-${String((index * 37) % 90)}`)
        .with({
          state,
          decidedLabel: state === "SIGNED" ? (LABELS[index % 5] ?? null) : null,
          accessionNumber: index % 4 === 0 ? null : `Ác-${String(index % 9)}`,
          assigneeId:
            [reader.userId, other.userId, null][(index % 7) % 3] ?? null,
          claimedById: state === "READING" ? reader.userId : null,
          preliminaryAt:
            state !== "SIGNED" && index % 11 === 0 ? new Date() : null,
          urgency: URGENCIES[(index * 3) % 4] ?? "SOON",
          arrivedAt: new Date(Date.UTC(2026, 1, 1, Math.floor(index / 4))),
        });
      if (index % 7 === 0) builder.notAssessed("lateral");
      const { study, case: row } = await builder.create();
      // After the case, as a correction comes.
      await client.study.update({
        where: { id: study.id },
        data: {
          description: index % 3 === 0 ? null : `Ngực ${String(index % 2)}`,
          viewPosition: VIEWS[index % 5] ?? null,
          patientAgeYears: AGES[(index * 3) % 5] ?? null,
          clinicalFlags: FLAGGED[index % 6] ?? [],
        },
      });
      // Another reader held it, and signed it.
      if (state === "SIGNED" && index % 2 === 0) {
        const claim = { claimedById: other.userId, state: "READING" } as const;
        const sign = { claimedById: null, state } as const;
        for (const data of [claim, sign])
          await client.case.update({ where: { id: row.id }, data });
      }
    }
    criticalId = await aCritical(client);
    rows = await client.case.findMany({
      include: { study: true, site: true, assignee: true },
    });
  });

  afterAll(() => server.stop());

  /** One signed case with an open critical result, and one with a closed. */
  async function aCritical(client: DatabaseClient): Promise<string> {
    const signed = await client.case.findMany({
      where: { state: "SIGNED" },
      take: 2,
    });
    const at = server.clock.now();
    for (const [index, { id: caseId, siteId }] of signed.entries()) {
      const by = { siteId, caseId, readerId: reader.userId };
      const reading = await client.reading.create({
        data: { ...by, state: "SIGNED", startedAt: at, endedAt: at },
      });
      const version = await client.readingVersion.create({
        data: {
          ...by,
          readingId: reading.id,
          version: 1,
          label: "OTHER",
          decision: "INDEPENDENT",
          signedAt: at,
        },
      });
      await client.criticalResult.create({
        data: {
          siteId,
          caseId,
          versionId: version.id,
          state: index === 0 ? "OPEN" : "WITHDRAWN",
          reason: "Left, large",
          markedById: reader.userId,
          markedByName: "Reader",
          markedAt: at,
          dueAt: at,
        },
      });
    }
    return signed[0]?.id ?? "";
  }

  async function readAll(who: SignedIn, filter: object, sort: string) {
    const ids: string[] = [];
    let after: string | null = null;
    for (;;) {
      const asked: Record<string, unknown> = { filter, sort, first: 17, after };
      const { worklist } = (await who.execute(WORKLIST, asked)).data(page);
      ids.push(...worklist.edges.map(({ node }) => node.id));
      if (!worklist.pageInfo.hasNextPage) {
        expect(worklist.totalCount).toBe(ids.length);
        return ids;
      }
      after = worklist.pageInfo.endCursor;
    }
  }

  const ageOf = ({ study: { patientAgeYears: age } }: Row) =>
    age === null
      ? "UNKNOWN"
      : age < 1
        ? "INFANT"
        : age < 18
          ? "CHILD"
          : age < 65
            ? "ADULT"
            : "OLD";
  const isDoubtful = ({ assessment, decidedLabel }: Row) =>
    assessment === "NOT_ASSESSED" || decidedLabel === "NOT_DIAGNOSTIC";

  const filters: [string, () => object, (row: Row) => boolean][] = [
    ["nothing", () => ({}), () => true],
    [
      "view and age",
      () => ({
        filmViews: ["LATERAL", "OTHER"],
        patientAges: ["INFANT", "UNKNOWN"],
      }),
      (row) =>
        !["PA", "AP"].includes(row.study.viewPosition ?? "") &&
        ["INFANT", "UNKNOWN"].includes(ageOf(row)),
    ],
    [
      "age and a word",
      () => ({ patientAges: ["OLD"], search: "tran 1" }),
      (row) => ageOf(row) === "OLD" && row.patientName === "Trần 1",
    ],
    ["doubtful films", () => ({ isDoubtful: true }), isDoubtful],
    [
      "films without doubt",
      () => ({ isDoubtful: false }),
      (row) => !isDoubtful(row),
    ],
    [
      "who reads it or has signed it",
      () => ({ readById: other.userId }),
      ({ readById }) => readById === other.userId,
    ],
    [
      "who reads it, and a state",
      () => ({ readById: reader.userId, states: ["READING"] }),
      ({ state }) => state === "READING",
    ],
    [
      "an assignee",
      () => ({ assigneeId: other.userId, states: ["WAITING", "SIGNED"] }),
      (row) => row.assigneeId === other.userId && row.state !== "READING",
    ],
    [
      "a preliminary report",
      () => ({ preliminary: true }),
      ({ preliminaryAt }) => preliminaryAt !== null,
    ],
    [
      "an open critical result",
      () => ({ openCritical: true }),
      ({ id }) => id === criticalId,
    ],
    [
      "one of two flags",
      () => ({ clinicalFlags: ["sepsis", "fever"] }),
      ({ study }) =>
        study.clinicalFlags.some((flag) => ["sepsis", "fever"].includes(flag)),
    ],
    [
      "a flag, an age and a word",
      () => ({
        clinicalFlags: ["immunosuppressed"],
        patientAges: ["CHILD", "ADULT"],
        search: "tran",
      }),
      (row) =>
        row.study.clinicalFlags.includes("immunosuppressed") &&
        ["CHILD", "ADULT"].includes(ageOf(row)),
    ],
    ["no flag at all", () => ({ clinicalFlags: [] }), () => false],
    ["no view at all", () => ({ filmViews: [] }), () => false],
  ];

  it.each(filters)(
    "filters by %s, in every order, without losing or repeating a row",
    async (_name, filter, matches) => {
      for (const [sort, by] of Object.entries(ORDERS)) {
        const wanted = rows
          .filter(matches)
          .sort((a, b) => compare([...by(a), a.id], [...by(b), b.id]))
          .map(({ id }) => id);
        if (sort === "AGE_OLDEST") wanted.reverse();
        expect(await readAll(staff, filter(), sort), sort).toEqual(wanted);
        const other = `${sort}_REVERSED`;
        if (REVERSED.includes(other))
          expect(await readAll(staff, filter(), other), other).toEqual(
            wanted.toReversed(),
          );
      }
    },
  );

  it("turns each order by a column that shows no AI and no urgency round", () => {
    expect(REVERSED).toHaveLength(7);
  });

  it("has cases for each filter but that of critical results", () => {
    expect(rows.some(({ readById }) => readById === other.userId)).toBe(true);
    expect(rows.some(isDoubtful)).toBe(true);
    expect(rows.some(({ preliminaryAt }) => preliminaryAt !== null)).toBe(true);
  });

  it("numbers every flag as the database does", async () => {
    const { client } = server.database;
    for (const flag of FLAGS) {
      const [row] = await client.$queryRaw<{ bits: number }[]>`
        SELECT 32 * worklist_flags(ARRAY['feverish', ${flag}, ${flag}]) AS "bits"`;
      expect(row?.bits, flag).toBe(flagBits([flag]));
    }
    const asked = {
      filter: { clinicalFlags: ["feverish"] },
      sort: "MRN",
      first: 1,
    };
    (await staff.execute(WORKLIST, asked)).refusedWith("BAD_USER_INPUT");
  });

  it("is in the same order for a blind reader, by what was decided too", async () => {
    for (const sort of [...Object.keys(ORDERS), ...REVERSED])
      expect(await readAll(reader, {}, sort), sort).toEqual(
        await readAll(staff, {}, sort),
      );
  });

  it("follows a birthday and a name that are corrected", async () => {
    const { client } = server.database;
    const { case: row, patient } = await aCase(server, rows[0]?.siteId ?? "")
      .with({ assigneeId: other.userId })
      .create();
    const now = () => client.case.findUniqueOrThrow({ where: { id: row.id } });
    expect((await now()).sortAge).toBe(-1);
    await client.patient.update({
      where: { id: patient.id },
      data: { birthDate: new Date("2000-01-01") },
    });
    expect((await now()).sortAge).toBeGreaterThan(26);
    await client.user.update({
      where: { id: other.userId },
      data: { name: "Đỗ Thị Mới" },
    });
    expect((await now()).sortAssignee).toBe("do thi moi");
  });
});
