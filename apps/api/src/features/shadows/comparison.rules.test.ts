import { expect, it } from "vitest";
import { compare, type GradedFilms } from "./comparison.rules.ts";
import { SHIPPED_POLICY } from "../policies/shipped-policy.ts";

const cells: GradedFilms[] = [
  { live: "negative", shadow: "negative", films: 60 },
  { live: "negative", shadow: "positive", films: 6 },
  { live: "negative", shadow: "strong", films: 4 },
  { live: "positive", shadow: "positive", films: 10 },
  { live: "positive", shadow: "negative", films: 5 },
  { live: "strong", shadow: "strong", films: 15 },
];

it("says how many films change sides, with intervals, and a day", () => {
  const said = compare(cells, SHIPPED_POLICY, 4);
  expect(said).toMatchObject({
    films: 100,
    bothPositive: 25,
    onlyLive: 5,
    onlyShadow: 10,
    bothNegative: 60,
    filmsADay: 25,
  });
  expect(said.more?.value).toBe(0.1);
  // Wilson, 10 of 100: 0.0552 to 0.1744.
  expect(said.more?.low).toBeCloseTo(0.0552, 3);
  expect(said.more?.high).toBeCloseTo(0.1744, 3);
});

it("says in which class films would stand, by the site's own rules", () => {
  const policy = {
    urgency: {
      ...SHIPPED_POLICY.urgency,
      strong: "CRITICAL",
      positive: "URGENT",
      negative: "ROUTINE",
    },
  } as const;
  expect(compare(cells, policy, 4).placements).toEqual([
    { urgency: "CRITICAL", live: 15, shadow: 19 },
    { urgency: "URGENT", live: 15, shadow: 16 },
    { urgency: "ROUTINE", live: 70, shadow: 65 },
  ]);
});

it("says nothing a day before a day is over, and no share of nothing", () => {
  expect(compare(cells, SHIPPED_POLICY, 0.5).filmsADay).toBeNull();
  expect(compare([], SHIPPED_POLICY, 4)).toMatchObject({
    films: 0,
    more: null,
    fewer: null,
    placements: [],
  });
});
