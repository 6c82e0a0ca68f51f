import { describe, expect, it } from "vitest";
import type { UrgencyName } from "../policies/policy-document.ts";
import { SHIPPED_POLICY } from "../policies/shipped-policy.ts";
import {
  byPolicy,
  curveOf,
  firstCome,
  likeliestFirst,
  play,
  waitsOf,
  type ReplayCase,
} from "./replay.rules.ts";
import { syntheticMonth } from "./synthetic-month.ts";

const one = (
  arrivedAt: number,
  readMinutes: number,
  probability: number | null = null,
): ReplayCase => ({ arrivedAt, readMinutes, probability, isPositive: null });

const policy = (ceiling: number) => ({
  ...SHIPPED_POLICY,
  ceilings: {
    critical: ceiling,
    urgent: ceiling,
    soon: ceiling,
    routine: ceiling,
  },
});

describe("a replay", () => {
  it("gives each case to the first reader who is free", () => {
    const cases = [one(0, 10), one(1, 10), one(2, 1), one(30, 1)];
    expect([...play(cases, 1, firstCome())]).toEqual([0, 9, 18, 0]);
    expect([...play(cases, 2, firstCome())]).toEqual([0, 0, 8, 0]);
  });

  it("agrees with Lindley's recursion for one reader", () => {
    const cases = syntheticMonth(7, 120, 6);
    const waited = play(cases, 1, firstCome());
    // Lindley 1952: w(n+1) = max(0, w(n) + read(n) - gap(n)).
    let expected = 0;
    cases.forEach((row, at) => {
      const before = cases[at - 1];
      expected = before
        ? Math.max(
            0,
            expected + before.readMinutes - (row.arrivedAt - before.arrivedAt),
          )
        : 0;
      expect(waited[at]).toBeCloseTo(expected, 6);
    });
  });

  it("reads the likeliest first, whatever waits, and equals by arrival", () => {
    const cases = [
      one(0, 10, 0.1),
      one(1, 10, 0.1),
      one(2, 10, 0.9),
      one(3, 10, 0.9),
      one(4, 10, null),
    ];
    const waited = [...play(cases, 1, likeliestFirst(cases))];
    expect(waited).toEqual([0, 39, 8, 17, 26]);
  });

  it("takes the heap's order for any case that comes", () => {
    const cases = syntheticMonth(3, 60, 30).slice(0, 500);
    const queue = likeliestFirst(cases);
    cases.forEach((_, at) => queue.add(at));
    const taken = cases.map(() => queue.take(0) ?? -1);
    const sorted = cases
      .map((_, at) => at)
      .sort(
        (a, b) =>
          (cases[b]?.probability ?? 0.5) - (cases[a]?.probability ?? 0.5) ||
          a - b,
      );
    expect(taken).toEqual(sorted);
    expect(queue.take(0)).toBeNull();
  });

  it("goes class by class, but what is past its ceiling is first", () => {
    const cases = [one(0, 60), one(1, 10), one(2, 10), one(50, 10)];
    const classes: UrgencyName[] = ["SOON", "ROUTINE", "SOON", "CRITICAL"];
    const wide = [...play(cases, 1, byPolicy(cases, classes, policy(500)))];
    expect(wide).toEqual([0, 79, 68, 10]);
    // After an hour both that waited are past 55 minutes, the longer first.
    const near = [...play(cases, 1, byPolicy(cases, classes, policy(55)))];
    expect(near).toEqual([0, 59, 68, 30]);
  });

  it("never lets the longest wait grow as the AI alone does", () => {
    const cases = syntheticMonth(1, 190, 6);
    const longest = (queue: Parameters<typeof play>[2]): number =>
      Math.max(...play(cases, 1, queue));
    const classes: UrgencyName[] = cases.map(({ probability }) =>
      (probability ?? 1) >= 0.5 ? "URGENT" : "ROUTINE",
    );
    const firstComeLongest = longest(firstCome());
    const aiLongest = longest(likeliestFirst(cases));
    const policyLongest = longest(byPolicy(cases, classes, policy(120)));
    expect(aiLongest).toBeGreaterThan(2 * firstComeLongest);
    // Ceilings hold it: what is past its ceiling is read in order of arrival.
    expect(policyLongest).toBeLessThan(1.25 * firstComeLongest);
  });

  it("gives the same figures for the same seed, and others for another", () => {
    const figures = (seed: number) =>
      waitsOf([...play(syntheticMonth(seed, 150, 6), 1, firstCome())]);
    expect(figures(5)).toEqual(figures(5));
    expect(figures(5)).not.toEqual(figures(6));
  });

  it("sums waits up as percentiles between neighbours", () => {
    expect(waitsOf([4, 1, 2, 3, 5])).toEqual({
      cases: 5,
      median: 3,
      p90: 4.6,
      longest: 5,
    });
    expect(waitsOf([])).toBeNull();
    const curve = curveOf([0, 10]);
    expect(curve).toHaveLength(51);
    expect(curve[0]).toBe(0);
    expect(curve[25]).toBeCloseTo(5, 9);
    expect(curve[50]).toBe(10);
  });
});

describe("a month that does not exist", () => {
  it("has as many cases a day as asked for, more at ten than at night", () => {
    const cases = syntheticMonth(2, 200, 6);
    expect(cases.length / 30).toBeGreaterThan(190);
    expect(cases.length / 30).toBeLessThan(210);
    const inHour = (hour: number): number =>
      cases.filter((row) => Math.floor((row.arrivedAt % 1_440) / 60) === hour)
        .length;
    expect(inHour(9)).toBeGreaterThan(5 * inHour(2));
  });
});
