import { describe, expect, it } from "vitest";
import { splitsFor, type Split } from "./patient-split.ts";

const SECRET = "a secret of at least thirty-two letters";

function count(splitOf: (pseudonym: string) => Split, patients: number) {
  const counts = { train: 0, val: 0, test: 0 };
  for (let at = 0; at < patients; at += 1) counts[splitOf(`p-${String(at)}`)]++;
  return counts;
}

describe("splitsFor", () => {
  it("keeps each patient's place, whatever else is asked", () => {
    const once = splitsFor(SECRET, "site-1");
    const again = splitsFor(SECRET, "site-1");
    const names = Array.from({ length: 200 }, (_, at) => `p-${String(at)}`);
    const backwards = [...names].reverse().map(again).reverse();
    expect(names.map(once)).toEqual(backwards);
  });

  it("puts 70, 15 and 15 of 100 into train, val and test", () => {
    const { train, val, test } = count(splitsFor(SECRET, "site-1"), 20_000);
    // Four standard deviations of a binomial share of 20,000 are 1.3 and 1 %.
    expect(train / 20_000).toBeCloseTo(0.7, 1.5);
    expect(Math.abs(val / 20_000 - 0.15)).toBeLessThan(0.011);
    expect(Math.abs(test / 20_000 - 0.15)).toBeLessThan(0.011);
  });

  it("is another one at another site and under another secret", () => {
    const names = Array.from({ length: 200 }, (_, at) => `p-${String(at)}`);
    const here = names.map(splitsFor(SECRET, "site-1"));
    expect(names.map(splitsFor(SECRET, "site-2"))).not.toEqual(here);
    expect(names.map(splitsFor(`${SECRET}!`, "site-1"))).not.toEqual(here);
  });
});
