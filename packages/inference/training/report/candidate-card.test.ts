import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { ModelManifest } from "../../src/models/manifest.ts";
import { defaultModelDir } from "../../src/models/registry.ts";
import {
  readModelManifest,
  readSealedManifest,
} from "../../src/models/weights.ts";
import { recalibrateGroup } from "../recalibrate/recalibrate-group.ts";
import { siteGroups, type Answered } from "../recalibrate/site-groups.ts";
import { writeCandidate } from "../recalibrate/write-candidate.ts";
import { candidateCard } from "./candidate-card.ts";

const DATASET = "ab".repeat(32);
const BARS = {
  version: 3,
  bars: [{ set: "EVERGREEN", measure: "ECE", limit: 0.1, leastFilms: 100 }],
};

/** An adult's film whose probability is twice too high. */
function answered(seed: number, split: string): Answered {
  const isSick = seed % 3 === 0;
  const score = isSick ? 1 + (seed % 7) / 3 : -2 + (seed % 5) / 2;
  return {
    row: {
      ...{ file: `${split}-${String(seed)}.png`, path: "", split },
      ...{ source: "site", ageYears: 50, sex: null, boxes: [], maskPath: null },
      label: isSick ? "pneumonia" : "normal",
      patient: `${split}${String(seed)}`,
      more: {
        ...{ mayTrain: true, sublabel: "", labelSource: "", view: "" },
        ...{ licence: "", findings: [], doubtful: [] },
        ...{ width: null, height: null },
      },
    },
    ...{ status: "assessed", score, calibratedAs: "adult" },
    ...{ probability: 0.5, threshold: 0.5, positive: true },
    ...{ localisation: null, note: null },
  };
}

describe("the card of a candidate", () => {
  let folder: string;
  let out: string;
  let made: ModelManifest;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lung-iris-card-"));
    out = join(folder, "candidate");
    const base = await readModelManifest(defaultModelDir());
    const [finding] = base.findings;
    if (finding === undefined) throw new Error("no finding");
    const group = siteGroups([
      ...Array.from({ length: 150 }, (_, at) => answered(at, "train")),
      ...Array.from({ length: 60 }, (_, at) => answered(at, "test")),
    ]).find(({ name }) => name === "adult");
    if (group === undefined) throw new Error("no adults");
    made = await writeCandidate(defaultModelDir(), out, {
      id: "film",
      by: ["maker@site.example"],
      groups: [recalibrateGroup(group, finding.calibration.adult)],
      dataset: DATASET,
      bars: BARS,
    });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("says from which dataset, patients, base and bars it came", () => {
    const { card = "" } = made;
    expect(card).toContain("# Model card: film");
    expect(card).toContain(DATASET);
    expect(card).toMatch(/base model +\| lung-iris-3/u);
    expect(card).toMatch(/patients that it learnt from +\| 150 /u);
    expect(card).toContain("Version 3 of the site's bars.");
    expect(card).toMatch(/\| EVERGREEN \| ECE +\| 0\.1 +\| 100 /u);
    expect(made.training["recalibration"]).toMatchObject({
      dataset: DATASET,
      bars: BARS,
      sets: { "site-adult": { films: 150, sick: 50 } },
    });
    // Whoever it learnt from stands there as a number, never as a name.
    expect(card).not.toContain("train1");
    expect(card).not.toContain("maker@");
  });

  it("gives the figures before and after by group, with intervals and n", () => {
    const { card = "" } = made;
    expect(card).toContain("### adults: n = 150, 50 with pneumonia");
    expect(card).toContain(
      "### adults, evergreen test, which no fit saw: n = 60, 20 with pneumonia",
    );
    const figure = /0\.\d{3} \(0\.\d{3}–[01]\.\d{3}\)/u.source;
    expect(card).toMatch(
      new RegExp(`\\| ECE +\\| ${figure} +\\| ${figure} +\\|`, "u"),
    );
  });

  it("names its gate and its limits, groups with too few films among them", () => {
    const { card = "" } = made;
    expect(card).toContain("broken films: inverted");
    expect(card).toContain("The group child had too few films");
    expect(card).not.toContain("The group adult had too few films");
  });

  it("says so where neither dataset nor bars were named", () => {
    const run = { ...(made.training["recalibration"] as object) };
    const card = candidateCard(
      {
        ...made,
        training: { recalibration: { ...run, dataset: null, bars: null } },
      },
      "recalibration",
    );
    expect(card).toMatch(/dataset, SHA-256 +\| not named/u);
    expect(card).toContain("None were named");
  });

  it("is sealed with the folder", async () => {
    const file = join(out, "manifest.json");
    const text = await readFile(file, "utf8");
    expect((await readSealedManifest(out)).manifest.card).toBe(made.card);
    await writeFile(file, text.replace("n = 150", "n = 950"));
    await expect(readSealedManifest(out)).rejects.toThrow(/was changed since/u);
  });
});
