import { describe, expect, it } from "vitest";
import { daysFrom, daysToCount } from "./day.rules.ts";
import { silentSources } from "./silence.rules.ts";
import { newWatch, seeNext, tieOf } from "./watch.rules.ts";
import { binOf, binsOf, WATCHED_METRICS } from "./watched-metrics.ts";

describe("which days are counted", () => {
  const known = {
    today: "2026-03-02",
    newest: "2026-03-01",
    first: "2025-01-01",
  };

  it("goes on from the newest, which may not have been over", () => {
    expect(daysToCount(known, false)).toEqual(["2026-03-01", "2026-03-02"]);
  });

  it("begins with the first film, and not before there is one", () => {
    const fresh = { ...known, newest: null, first: "2026-02-28" };
    expect(daysToCount(fresh, false)).toEqual([
      "2026-02-28",
      "2026-03-01",
      "2026-03-02",
    ]);
    expect(daysToCount({ ...fresh, first: null }, true)).toEqual([]);
  });

  it("goes back thirty days at night, and no further than the first film", () => {
    const night = daysToCount(known, true);
    expect(night[0]).toBe("2026-01-31");
    expect(night).toHaveLength(31);
    expect(daysToCount({ ...known, first: "2026-02-20" }, true)[0]).toBe(
      "2026-02-20",
    );
  });

  it("knows leap years", () => {
    expect(daysFrom("2028-02-28", "2028-03-01")).toHaveLength(3);
  });
});

describe("a source that stopped sending", () => {
  const daily = daysFrom("2026-02-10", "2026-02-27");
  const silent = (days: string[], today: string) =>
    silentSources([{ source: "ROOM-1", days }], today);

  it("is told once it paused for over a day more than it ever did", () => {
    expect(silent(daily, "2026-03-01")).toEqual([]);
    expect(silent(daily, "2026-03-02")).toEqual([
      { source: "ROOM-1", lastDay: "2026-02-27", silentDays: 2, usualDays: 0 },
    ]);
  });

  it("keeps its weekends", () => {
    const weekdays = daily.filter(
      (day) => ![0, 6].includes(new Date(day).getUTCDay()),
    );
    expect(silent(weekdays, "2026-03-02")).toEqual([]);
    expect(silent(weekdays, "2026-03-03")).toEqual([]);
    expect(silent(weekdays, "2026-03-04")).toHaveLength(1);
  });

  it("needs a habit: a film now and then is none", () => {
    expect(silent(daily.slice(0, 4), "2026-03-02")).toEqual([]);
    expect(silent([], "2026-03-02")).toEqual([]);
  });
});

describe("what is watched", () => {
  it("puts any value into a bin that there is", () => {
    for (const metric of WATCHED_METRICS)
      for (const value of [-1e9, -1, 0, 0.5, 1, 1e9, 1e-300]) {
        const bin = binOf(metric, value);
        expect(Number.isInteger(bin)).toBe(true);
        expect(bin).toBeGreaterThanOrEqual(0);
        expect(bin).toBeLessThan(binsOf(metric));
      }
    expect(binOf("sex", 0)).toBe(0);
    expect(binOf("sex", 1)).toBe(1);
  });

  it("decides ties evenly and by the row alone", () => {
    const ties = Array.from({ length: 10_000 }, (_, n) =>
      tieOf({ id: `0190-${String(n)}`, metric: "age" }),
    );
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const tie of ties) {
      const at = Math.floor(tie * 10);
      tenths[at] = (tenths[at] ?? 0) + 1;
    }
    // 1,000 each; five deviations of a binomial count are 150.
    for (const count of tenths)
      expect(Math.abs(count - 1_000)).toBeLessThan(150);
    const again = tieOf({ id: "0190-7", metric: "age" });
    expect(again).toBe(ties[7]);
    expect(tieOf({ id: "0190-7", metric: "sex" })).not.toBe(again);
  });

  it("learns nothing more once its alarm is due", () => {
    const at = new Date(0);
    const due = { ...newWatch("age", at), level: 1 };
    const seen = { metric: "age", scope: "", value: 40, id: "x", at } as const;
    const after = seeNext(due, seen);
    expect(after.counts).toEqual(due.counts);
    expect(after.recent).toEqual([binOf("age", 40)]);
    expect(after.level).toBe(1);
  });
});
