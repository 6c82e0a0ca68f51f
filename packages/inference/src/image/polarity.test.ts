import { existsSync, readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { chestPixels } from "../../test-data/chest-drawing.ts";
import { parseCsv } from "../evaluate/csv.ts";
import { decodeFilm } from "./decode-film.ts";
import {
  contradictsPolarity,
  contradictsTag,
  polarityScore,
} from "./polarity.ts";
import { GRID, sampleGrid } from "./sample-grid.ts";

const SIDE = 96;

function score(valueAt: (index: number) => number): number {
  return polarityScore(sampleGrid(SIDE, SIDE, valueAt));
}

describe("the sense of a film's grey scale", () => {
  const chest = chestPixels(SIDE, 1000);

  it("tells a drawn chest from its negative", () => {
    expect(contradictsPolarity(score((i) => chest[i] ?? 0))).toBe(false);
    expect(contradictsPolarity(score((i) => -(chest[i] ?? 0)))).toBe(true);
  });

  it("gives a negative exactly the negative score", () => {
    const positive = score((i) => chest[i] ?? 0);
    expect(score((i) => -(chest[i] ?? 0))).toBeCloseTo(-positive, 12);
  });

  it("does not depend on exposure or gamma", () => {
    const positive = score((i) => chest[i] ?? 0);
    expect(score((i) => 7 * Math.sqrt(chest[i] ?? 0) + 3)).toBeCloseTo(
      positive,
      1,
    );
  });

  it("says nothing of an even or an empty film", () => {
    expect(score(() => 5)).toBe(0);
    expect(score(() => Number.NaN)).toBe(0);
  });

  it("takes means over cells and leaves padding out", () => {
    const grid = sampleGrid(2 * GRID, GRID, (i) =>
      i % 2 === 0 ? 4 : Number.NaN,
    );
    expect(grid.every((cell) => cell === 4)).toBe(true);
  });
});

describe("a tag against the pixels", () => {
  it.each([
    // A leg under the usual programme of its device is no chest.
    [-0.36, "CHEST", false],
    [-0.48, "CHEST", false],
    [-0.6, "CHEST", true],
    [-0.6, undefined, false],
    [-0.8, undefined, true],
    [-1.1, "HAND", false],
    [0.9, "CHEST", false],
  ])("at %d of %s is wrong: %s", (score, part, isWrong) => {
    expect(contradictsTag(score, part)).toBe(isWrong);
  });
});

const FILMS = new URL("../../../../../shared/data/cxr/", import.meta.url);
const MANIFEST = new URL("manifest.csv", FILMS);

describe.skipIf(!existsSync(MANIFEST))(
  "on real films (skipped without ../shared/data/cxr)",
  () => {
    it("catches 99 % of inverted films and accuses at most 1 in 200", async () => {
      const files = parseCsv(readFileSync(MANIFEST, "utf8"))
        .filter((row) => row["split"] === "val" || row["split"] === "adult-val")
        .filter((_, i) => i % 4 === 0)
        .map((row) => row["file"] ?? "");
      let caught = 0;
      let accused = 0;
      for (const file of files) {
        const film = await decodeFilm(readFileSync(new URL(file, FILMS)));
        const grid = sampleGrid(
          film.width,
          film.height,
          (i) => film.pixels[i] ?? 0,
        );
        if (contradictsPolarity(polarityScore(grid))) accused += 1;
        if (contradictsPolarity(polarityScore(grid.map((v) => -v))))
          caught += 1;
      }
      expect(files.length).toBeGreaterThan(200);
      expect(caught / files.length).toBeGreaterThanOrEqual(0.99);
      expect(accused / files.length).toBeLessThanOrEqual(0.005);
    }, 60_000);
  },
);
