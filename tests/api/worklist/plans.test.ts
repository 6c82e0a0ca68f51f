import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bucketsOf } from "../../../apps/api/src/features/worklist-query/worklist.buckets.ts";
import { WORKLIST_SORTS } from "../../../apps/api/src/features/worklist-query/worklist.order.ts";
import { planWorklist } from "../../../apps/api/src/features/worklist-query/worklist.plan.ts";
import type { WorklistSample } from "../../../apps/api/src/features/worklist-query/worklist.plan.ts";
import {
  countWorklist,
  findWorklist,
} from "../../../apps/api/src/features/worklist/worklist.store.ts";
import { EMPTY_QUERY } from "../../../apps/api/src/features/worklist-query/worklist.query.ts";
import type { WorklistQuery } from "../../../apps/api/src/features/worklist-query/worklist.query.ts";
import type { WorklistHit } from "../../../apps/api/src/features/worklist/worklist.store.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite } from "../../testkit/viewers.ts";

/** Samples that make each plan the cheapest. */
const SAMPLES: Record<string, WorklistSample> = {
  heads: sampleOf({ rows: 1e8, words: 0.02, inBuckets: 1e-8 }),
  walk: sampleOf({ rows: 1e7, words: 0.9, inBuckets: 0.9 }),
  matches: sampleOf({ rows: 1e6, words: 1e-6, inBuckets: 1 }),
  names: {
    ...sampleOf({ rows: 1e7, words: 0.05, inBuckets: 0.9 }),
    starts: 0.05,
    leastStarts: 0.05,
    mostElsewhere: 1e-6,
  },
};

/** At the start of a name, within one, behind one, short, and several. */
const SEARCHES = [
  ["n"],
  ["nguyen"],
  ["guyen"],
  ["so"],
  ["an"],
  ["mrn"],
  ["le", "so"],
  ["so", "le"],
  ["le", "nobody"],
];

/** From, until, between, and a time that ends before it begins. */
const EARLY = new Date(Date.UTC(2026, 0, 1, 4));
const LATE = new Date(Date.UTC(2026, 0, 1, 14));
const TIMES = [
  [EARLY, null],
  [null, LATE],
  [EARLY, LATE],
  [LATE, EARLY],
] as const;

/** A sample in which every word stands behind the name's start. */
function sampleOf(of: {
  rows: number;
  words: number;
  inBuckets: number;
}): WorklistSample {
  return {
    ...of,
    leastWords: of.words,
    mostWords: of.words,
    singleWords: of.words,
    starts: 0,
    leastStarts: 1e-6,
    mostElsewhere: of.words,
  };
}

describe("the ways to find a page", () => {
  let server: TestServer;
  let query: WorklistQuery;

  beforeAll(async () => {
    server = await startTestServer();
    const sites = [await aSite(server), await aSite(server)];
    for (let index = 0; index < 60; index++) {
      const builder = aCase(server, sites[index % 2]?.id ?? "")
        .named(index % 3 === 0 ? "NGUYỄN, An" : `LÊ, Số ${String(index % 7)}`)
        .with({
          state: index % 4 === 0 ? "SIGNED" : "WAITING",
          urgency: index % 2 === 0 ? "URGENT" : "SOON",
          arrivedAt: new Date(Date.UTC(2026, 0, 1, Math.floor(index / 3))),
        });
      if (index % 5 > 0) builder.assessed(((index * 7) % 10) / 10);
      await builder.create();
    }
    query = {
      ...EMPTY_QUERY,
      siteIds: sites.map(({ id }) => id),
      buckets: bucketsOf({ states: ["WAITING"] }),
      sort: "URGENCY",
      asOf: new Date(Date.UTC(2026, 0, 1, 12)),
      overdue: new Map(
        sites.map(({ id }) => [
          id,
          [3, 5, 8, 8].map((hour) => new Date(Date.UTC(2026, 0, 1, hour))),
        ]),
      ),
      words: ["n"],
    };
  });

  afterAll(() => server.stop());

  it("are each chosen by one of the samples below", () => {
    for (const [plan, sample] of Object.entries(SAMPLES))
      expect(
        planWorklist({
          buckets: 64,
          lists: 1,
          isEveryBucket: false,
          isNarrow: false,
          sample,
          isClumped: plan === "names",
          isByName: plan === "names",
          hasWholeList: true,
          isOrdered: true,
          limit: 7,
        }),
      ).toBe(plan);
  });

  it.each(WORKLIST_SORTS)("lead to the same pages by %s", async (sort) => {
    const lengths: number[] = [];
    const wholes = [query.buckets, bucketsOf({})];
    for (const [words, buckets] of SEARCHES.flatMap((words) =>
      wholes.map((buckets) => [words, buckets] as const),
    )) {
      const asked = { ...query, sort, words, buckets };
      const lists = await Promise.all(
        Object.values(SAMPLES).map((sample) => readAll(asked, sample)),
      );
      const [first = []] = lists;
      for (const list of lists) expect(list, words.join(" ")).toEqual(first);
      await expectCount(asked, first.length);
      lengths.push(first.length);
    }
    // Enough for several pages, and a search that finds nothing.
    expect(Math.max(...lengths)).toBeGreaterThan(20);
    expect(lengths.at(-1)).toBe(0);
  });

  it("puts what is signed below all that is open, by urgency", async () => {
    const { client } = server.database;
    const signed = new Set(
      (await client.case.findMany({ where: { state: "SIGNED" } })).map(
        ({ id }) => id,
      ),
    );
    const asked = { ...query, buckets: bucketsOf({}), words: [] };
    for (const sample of [null, ...Object.values(SAMPLES)]) {
      const words = sample === null ? [] : ["n"];
      const listed = await readAll({ ...asked, words }, sample);
      const isSigned = listed.map(({ id }) => signed.has(id));
      const firstSigned = isSigned.indexOf(true);
      expect(firstSigned).toBeGreaterThan(0);
      expect(isSigned.slice(firstSigned)).not.toContain(false);
    }
  });

  it.each(WORKLIST_SORTS)("keep to times of arrival by %s", async (sort) => {
    const { client } = server.database;
    const rows = await client.case.findMany({
      select: { id: true, arrivedAt: true },
    });
    const arrivals = new Map(rows.map((row) => [row.id, row.arrivedAt]));
    const lengths: number[] = [];
    for (const buckets of [bucketsOf({}), query.buckets]) {
      const whole = { ...query, sort, buckets, words: [] };
      const listed = await readAll(whole, null);
      for (const [arrivedAfter, arrivedBefore] of TIMES) {
        const within = listed.filter(({ id }) => {
          const at = arrivals.get(id) ?? new Date(Number.NaN);
          return (
            at >= (arrivedAfter ?? new Date(0)) &&
            (arrivedBefore === null || at < arrivedBefore)
          );
        });
        lengths.push(within.length);
        for (const isBrief of [false, true]) {
          const asked = { ...whole, arrivedAfter, arrivedBefore, isBrief };
          expect(await readAll(asked, null)).toEqual(within);
          expect(await countWorklist(client, asked, null, 1001)).toBe(
            within.length,
          );
        }
      }
    }
    // Pages of some and of none.
    expect(Math.max(...lengths)).toBeGreaterThan(20);
    expect(Math.min(...lengths)).toBe(0);
  });

  async function readAll(
    asked: WorklistQuery,
    sample: WorklistSample | null,
  ): Promise<WorklistHit[]> {
    const { client } = server.database;
    const hits: WorklistHit[] = [];
    for (;;) {
      const after = hits.at(-1)?.key ?? null;
      const page = await findWorklist(client, asked, sample, after, 7);
      hits.push(...page);
      if (page.length < 7) return hits;
    }
  }

  async function expectCount(asked: WorklistQuery, count: number) {
    const { client } = server.database;
    for (const sample of Object.values(SAMPLES))
      expect(await countWorklist(client, asked, sample, 1001)).toBe(count);
  }
});
