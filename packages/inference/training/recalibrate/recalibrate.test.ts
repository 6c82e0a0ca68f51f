import { describe, expect, it } from "vitest";

import type { ManifestRow } from "../../src/evaluate/manifest.ts";
import type { Outcome } from "../../src/evaluate/outcome.ts";
import { seededRandom } from "../../src/metrics/seeded-random.ts";
import { calibrate, sigmoid } from "../../src/triage/calibration.ts";
import { fitRecord } from "./fit-record.ts";
import { recalibrateGroup } from "./recalibrate-group.ts";
import { figuresOfGroup } from "./reliability.ts";
import { siteGroups, type Answered } from "./site-groups.ts";

const OLD = {
  slope: 1,
  intercept: 0,
  covariance: [0, 0, 0] as [number, number, number],
  reach: 1.959964,
  films: 100,
  mapWeight: 0.5,
};
const THRESHOLD = 0.5;

/** A site whose scores mean something else: truth follows 2·score + 3. */
function film(seed: number, part: Partial<ManifestRow> = {}): Answered {
  const random = seededRandom(seed);
  const score = -5 + 6 * random();
  const isSick = random() < sigmoid(2 * score + 3);
  const { probability } = calibrate(score, OLD);
  return {
    row: {
      file: `${String(seed)}.png`,
      path: "",
      split: "train",
      label: isSick ? "pneumonia" : "normal",
      source: "site",
      ageYears: 50,
      sex: null,
      patient: `p${String(seed)}`,
      boxes: [],
      maskPath: null,
      more: {
        mayTrain: true,
        sublabel: "",
        labelSource: "",
        view: "",
        licence: "",
        findings: [],
        doubtful: [],
        width: null,
        height: null,
      },
      ...part,
    },
    status: "assessed",
    score,
    calibratedAs: "adult",
    probability,
    threshold: THRESHOLD,
    positive: probability >= THRESHOLD,
    localisation: null,
    note: null,
  };
}

const films = (count: number, from = 0): Answered[] =>
  Array.from({ length: count }, (_, at) => film(from + at));

function adults(outcomes: readonly Outcome[]) {
  const group = siteGroups(outcomes).find(({ name }) => name === "adult");
  if (group === undefined) throw new Error("no adults");
  return group;
}

describe("siteGroups", () => {
  it("asks for a hundred films and twenty of each kind", () => {
    expect(adults(films(400)).isEnough).toBe(true);
    expect(adults(films(99)).isEnough).toBe(false);
    const normal = films(400).filter(({ row }) => row.label === "normal");
    expect(adults(normal)).toMatchObject({ isEnough: false, sick: 0 });
  });

  it("fits on nothing of the evergreen test, and on no other label", () => {
    const evergreen = films(50, 1_000).map((one) => ({
      ...one,
      row: { ...one.row, split: "test" },
    }));
    const others = films(10, 2_000).map((one) => ({
      ...one,
      row: { ...one.row, label: "other" as const },
    }));
    const group = adults([...films(120), ...evergreen, ...others]);
    expect(group.fit).toHaveLength(120);
    expect(group.evergreen).toHaveLength(50);
  });
});

describe("fitRecord", () => {
  it("has bins before and after with their n and intervals, and the fit with its own", () => {
    const evergreen = films(60, 5_000).map((one) => ({
      ...one,
      row: { ...one.row, split: "test" },
    }));
    const made = recalibrateGroup(adults([...films(400), ...evergreen]), OLD);
    const record = fitRecord(made);
    expect(record).toMatchObject({ group: "adult", films: 400 });
    for (const [name, of] of [
      ["slope", record.slope],
      ["intercept", record.intercept],
    ] as const) {
      expect(of.value).toBeCloseTo(made.fit.calibration[name], 3);
      expect(of.low).toBeLessThan(of.value);
      expect(of.high).toBeGreaterThan(of.value);
    }
    expect(record.reliability.map((set) => set.films)).toEqual([
      "site",
      "evergreen",
    ]);
    for (const set of record.reliability)
      for (const bins of [set.before, set.after]) {
        const count = bins.reduce((sum, bin) => sum + bin.films, 0);
        expect(count).toBe(set.films === "site" ? 400 : 60);
        for (const { found } of bins) {
          expect(found.low).toBeLessThanOrEqual(found.value);
          expect(found.high).toBeGreaterThanOrEqual(found.value);
        }
      }
    // What was given comes nearer to what was found.
    const gap = (bins: (typeof record.reliability)[number]["before"]) =>
      bins.reduce(
        (sum, { films: n, given, found }) =>
          sum + n * Math.abs(given - found.value),
        0,
      );
    const [site] = record.reliability;
    expect(gap(site?.after ?? [])).toBeLessThan(gap(site?.before ?? []) / 2);
    // The same in one number, with what of it is chance.
    for (const side of ["before", "after"] as const) {
      const { error, byChance } = site?.errors[side] ?? {};
      expect(error?.value).toBeCloseTo(gap(site?.[side] ?? []) / 400, 3);
      expect(error?.low).toBeLessThanOrEqual(error?.value ?? 0);
      expect(byChance).toBeGreaterThan(0.01);
      expect(byChance).toBeLessThan(0.06);
    }
  });
});

describe("recalibrateGroup", () => {
  it("finds what the site's scores mean, and keeps the weight of the map", () => {
    const { fit } = recalibrateGroup(adults(films(2_000)), OLD);
    expect(fit.calibration.slope).toBeGreaterThan(1.7);
    expect(fit.calibration.slope).toBeLessThan(2.3);
    expect(Math.abs(fit.calibration.intercept - 3)).toBeLessThan(0.5);
    expect(fit.calibration.mapWeight).toBe(OLD.mapWeight);
    expect(fit.thresholds.triage).toBeLessThanOrEqual(fit.thresholds.balanced);
  });

  it("answers each film by a fit that saw nothing of its patient", () => {
    const all = films(300);
    const whole = recalibrateGroup(adults(all), OLD);
    // The same film with the truth turned: a fit that had seen it would move.
    const [first, ...rest] = all;
    if (first === undefined) throw new Error("no film");
    const label = first.row.label === "normal" ? "pneumonia" : "normal";
    const turned = { ...first, row: { ...first.row, label } } as Answered;
    const other = recalibrateGroup(adults([turned, ...rest]), OLD);
    expect(other.after[0]?.probability).toBe(whole.after[0]?.probability);
    expect(other.fit.calibration).not.toEqual(whole.fit.calibration);
  });

  it("brings the error of calibration down, on films of the test too", () => {
    const evergreen = films(400, 5_000).map((one) => ({
      ...one,
      row: { ...one.row, split: "test" },
    }));
    const group = adults([...films(400), ...evergreen]);
    const figures = figuresOfGroup(recalibrateGroup(group, OLD));
    const ece = (set: string) => figures[set]?.["ece"]?.value ?? Number.NaN;
    expect(ece("site-adult-before")).toBeGreaterThan(0.1);
    expect(ece("site-adult-after")).toBeLessThan(0.07);
    expect(ece("site-adult-evergreen-before")).toBeGreaterThan(0.1);
    expect(ece("site-adult-evergreen-after")).toBeLessThan(0.07);
    // Order is not touched: the map of scores is monotonous in each half.
    expect(figures["site-adult-evergreen-after"]?.["auroc"]?.value).toBeCloseTo(
      figures["site-adult-evergreen-before"]?.["auroc"]?.value ?? 0,
    );
  });
});
