import { expect, it } from "vitest";
import { recalibrationOf } from "./training-record.ts";

const figure = { value: 1, low: 0.5, high: 2 };
const bins = [{ films: 9, given: 0.3, found: figure }];
const errors = { error: figure, byChance: 0.05 };
const group = {
  group: "adult",
  films: 120,
  slope: figure,
  intercept: figure,
  reliability: [{ films: "site", before: bins, after: bins }],
};

it("reads how a recalibration went, and nothing where none is told", () => {
  const of = (recalibration: object) =>
    recalibrationOf({ training: { recalibration } });
  const [bin] = bins;
  expect(of({ groups: [group], by: [] })).toEqual([
    {
      group: "adult",
      films: 120,
      slope: figure,
      intercept: figure,
      bins: [
        { ...bin, set: "site", isAfter: false },
        { ...bin, set: "site", isAfter: true },
      ],
      errors: [],
    },
  ]);
  const [reliability] = group.reliability;
  const withErrors = {
    ...reliability,
    errors: { before: errors, after: errors },
  };
  const [read] = of({ groups: [{ ...group, reliability: [withErrors] }] });
  expect(read?.errors).toEqual([
    { ...errors, set: "site", isAfter: false },
    { ...errors, set: "site", isAfter: true },
  ]);
  expect(of({ by: [] })).toEqual([]);
  expect(of({ groups: [{ ...group, slope: 1 }] })).toEqual([]);
  expect(recalibrationOf({})).toEqual([]);
});
