import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bucketsOf } from "../../../apps/api/src/features/cases/worklist.buckets.ts";
import { WORKLIST_SORTS } from "../../../apps/api/src/features/cases/worklist.order.ts";
import { planWorklist } from "../../../apps/api/src/features/cases/worklist.plan.ts";
import type { WorklistSample } from "../../../apps/api/src/features/cases/worklist.plan.ts";
import {
  countWorklist,
  findWorklist,
} from "../../../apps/api/src/features/cases/worklist.store.ts";
import type {
  WorklistHit,
  WorklistQuery,
} from "../../../apps/api/src/features/cases/worklist.store.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite } from "../../testkit/viewers.ts";

/** Samples that make each plan the cheapest. */
const SAMPLES: Record<string, WorklistSample> = {
  heads: { rows: 1e6, leastWords: 0.02, mostWords: 0.5, inBuckets: 1e-6 },
  walk: { rows: 1e7, leastWords: 0.9, mostWords: 0.9, inBuckets: 0.9 },
  matches: { rows: 1e6, leastWords: 1e-6, mostWords: 1e-6, inBuckets: 1 },
};

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
      siteIds: sites.map(({ id }) => id),
      buckets: bucketsOf({ states: ["WAITING"] }),
      sort: "URGENCY",
      assigneeId: null,
      claimedById: null,
      arrivedAfter: null,
      arrivedBefore: null,
      words: ["n"],
    };
  });

  afterAll(() => server.stop());

  it("are each chosen by one of the samples below", () => {
    for (const [plan, sample] of Object.entries(SAMPLES))
      expect(
        planWorklist({
          buckets: 64,
          isEveryBucket: false,
          isNarrow: false,
          sample,
          isClumped: false,
          isCovered: false,
          isOrdered: true,
          limit: 7,
        }),
      ).toBe(plan);
  });

  it.each(WORKLIST_SORTS)("lead to the same pages by %s", async (sort) => {
    const { client } = server.database;
    const read = async (sample: WorklistSample): Promise<WorklistHit[]> => {
      const hits: WorklistHit[] = [];
      for (;;) {
        const after = hits.at(-1)?.key ?? null;
        const page = await findWorklist(
          client,
          { ...query, sort },
          sample,
          after,
          7,
        );
        hits.push(...page);
        if (page.length < 7) return hits;
      }
    };
    const pages = await Promise.all(Object.values(SAMPLES).map(read));
    const [first] = pages;
    expect(first?.length).toBeGreaterThan(10);
    for (const page of pages) expect(page).toEqual(first);
    for (const sample of Object.values(SAMPLES))
      expect(
        await countWorklist(client, { ...query, sort }, sample, 1001),
      ).toBe(first?.length);
  });
});
