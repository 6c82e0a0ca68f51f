import { describe, expect, it } from "vitest";
import { planWorklist } from "./worklist.plan.ts";
import type { WorklistSample } from "./worklist.plan.ts";

const MILLION = 1_000_000;

function plan(
  words: number | null,
  inBuckets: number,
  more: {
    buckets?: number;
    lists?: number;
    starts?: number;
    isNarrow?: boolean;
    isClumped?: boolean;
    isOrdered?: boolean;
    hasWholeList?: boolean;
    limit?: number;
  } = {},
) {
  const sample: WorklistSample | null =
    words === null
      ? null
      : {
          rows: MILLION,
          leastWords: words,
          mostWords: words,
          singleWords: words,
          inBuckets,
          starts: more.starts ?? 0,
          leastStarts: more.starts ?? 0.00025,
          mostElsewhere: Math.max(words - (more.starts ?? 0), 0.00025),
        };
  return planWorklist({
    buckets: more.buckets ?? 192,
    lists: more.lists ?? 1,
    isEveryBucket: inBuckets === 1,
    isNarrow: more.isNarrow ?? false,
    isClumped: more.isClumped ?? false,
    isByName: more.isClumped ?? false,
    hasWholeList: more.hasWholeList ?? true,
    isOrdered: more.isOrdered ?? true,
    sample,
    limit: more.limit ?? 51,
  });
}

describe("planWorklist", () => {
  it("walks a list without a filter and merges buckets of one with", () => {
    expect(plan(null, 1)).toBe("walk");
    expect(plan(null, 0.1)).toBe("heads");
  });

  it("walks along no list that no index holds", () => {
    expect(plan(null, 1, { hasWholeList: false })).toBe("heads");
    expect(plan(0.9, 1, { hasWholeList: false })).toBe("heads");
  });

  it("walks past rows without a common name and looks a rare one up", () => {
    expect(plan(0.4, 1)).toBe("walk");
    expect(plan(0.0005, 1)).toBe("matches");
  });

  it("reads small buckets through instead of walking for a rare row", () => {
    expect(plan(0.02, 0.001)).toBe("heads");
  });

  it("expects equal names in one place when the order is by name", () => {
    expect(plan(0.4, 1, { isClumped: true })).toBe("walk");
    expect(plan(0.01, 1, { isClumped: true })).toBe("matches");
    expect(plan(0.4, 0.01, { isClumped: true })).toBe("heads");
  });

  it("counts in buckets, where it takes the first that come", () => {
    const all = { limit: 1001, buckets: 12 };
    expect(plan(0.4, 0.001, all)).toBe("heads");
    expect(plan(0.4, 0.9, { ...all, isOrdered: false })).toBe("walk");
  });

  it("uses the index of an assignee whatever is searched for", () => {
    expect(plan(0.0005, 1, { isNarrow: true })).toBe("heads");
  });

  it("takes the names that start with a common word, and looks the rest up", () => {
    expect(plan(0.4, 1, { isClumped: true, starts: 0.4 })).toBe("names");
    expect(plan(0.4, 0.1, { isClumped: true, starts: 0.4 })).toBe("names");
  });

  it("stays under 40 milliseconds' worth of rows for a page, whatever the shares", () => {
    const worst: number[] = [];
    for (let s = 0.00025; s <= 1; s *= 1.3)
      for (let b = 0.001; b <= 1; b *= 1.3) {
        const first = (192 * 51) / s;
        const cost = {
          heads: Math.min(MILLION * b, first) * 0.35 + 192 * 10,
          walk: Math.min(MILLION, 51 / (s * b)) * 0.35,
          matches: MILLION * s * 3.25,
          names: Infinity, // not in this order
        };
        worst.push(cost[plan(s, b)]);
      }
    expect(Math.max(...worst)).toBeLessThan(40_000);
  });
});
