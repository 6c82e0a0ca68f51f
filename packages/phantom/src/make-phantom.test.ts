import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makePhantom } from "./make-phantom.ts";
import type { Box, Phantom, PhantomOptions } from "./types.ts";

const SIZE = 192;

function digest(phantom: Phantom): string {
  return createHash("sha256").update(phantom.pixels).digest("hex");
}

/** Mean grey of a box, as a share of the range. */
function meanIn(phantom: Phantom, box: Box): number {
  let sum = 0;
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      sum += phantom.pixels[y * phantom.width + x] ?? 0;
    }
  }
  return sum / (box.width * box.height * phantom.maxValue);
}

/** The middle of a box, a third of its size. */
function core(box: Box): Box {
  return {
    x: Math.round(box.x + box.width / 3),
    y: Math.round(box.y + box.height / 3),
    width: Math.max(2, Math.round(box.width / 3)),
    height: Math.max(2, Math.round(box.height / 3)),
  };
}

/** What lies between the two lungs, at the height of the heart. */
function mediastinum({ truth }: Phantom): Box {
  const { rightLung, leftLung } = truth;
  const right = rightLung.x + rightLung.width;
  const middle = Math.round((right + leftLung.x) / 2);
  return {
    x: middle - 4,
    y: Math.round(rightLung.y + rightLung.height * 0.55),
    width: 8,
    height: Math.round(rightLung.height * 0.15),
  };
}

/** Making films is work for the processor; a busy machine needs its time. */
const SLOW = { timeout: 60_000 };

describe("makePhantom", SLOW, () => {
  it("makes the same film from the same seed, on every machine", () => {
    const film = makePhantom({ seed: 11, size: 128 });
    expect(digest(makePhantom({ seed: 11, size: 128 }))).toBe(digest(film));
    expect(digest(film)).toBe(
      "b6693886bbd865b33769e5f350beb090bcf786fd19240d6e668488a7477b1141",
    );
  });

  it("makes another film from another seed or visit", () => {
    const first = digest(makePhantom({ seed: 11, size: 128 }));
    expect(digest(makePhantom({ seed: 12, size: 128 }))).not.toBe(first);
    expect(digest(makePhantom({ seed: 11, size: 128, visit: 1 }))).not.toBe(
      first,
    );
  });

  it("varies subject, view and pose between seeds", () => {
    const truths = Array.from(
      { length: 24 },
      (_, seed) => makePhantom({ seed, size: 64 }).truth,
    );
    expect(new Set(truths.map((t) => t.sex)).size).toBe(2);
    expect(new Set(truths.map((t) => t.view)).size).toBe(2);
    expect(new Set(truths.map((t) => t.build)).size).toBe(3);
    expect(truths.some((t) => t.ageYears < 12)).toBe(true);
    expect(truths.some((t) => t.ageYears > 60)).toBe(true);
    expect(new Set(truths.map((t) => t.pixelSpacing)).size).toBe(24);
  });

  it.each([1, 2, 3, 4, 5, 6])(
    "shows lungs darker than the mediastinum between them, seed %i",
    (seed) => {
      const film = makePhantom({ seed, size: SIZE });
      const between = meanIn(film, mediastinum(film));
      expect(meanIn(film, core(film.truth.rightLung))).toBeLessThan(
        between - 0.15,
      );
      expect(meanIn(film, core(film.truth.leftLung))).toBeLessThan(
        between - 0.1,
      );
    },
  );

  it("shows a child smaller than a grown-up", () => {
    const width = (ageYears: number): number => {
      const { truth } = makePhantom({ seed: 4, size: SIZE, ageYears });
      const { rightLung, leftLung, pixelSpacing } = truth;
      return (leftLung.x + leftLung.width - rightLung.x) * pixelSpacing;
    };
    // Inner chest width: about 13 to 18 cm at three, 22 to 31 grown up.
    expect(width(3)).toBeGreaterThan(120);
    expect(width(3)).toBeLessThan(190);
    expect(width(40)).toBeGreaterThan(210);
    expect(width(40)).toBeLessThan(320);
  });

  it("makes films that are not square, with the same share of chest", () => {
    const film = makePhantom({ seed: 9, width: 200, height: 260 });
    expect(film.pixels.length).toBe(200 * 260);
    const { rightLung, leftLung } = film.truth;
    expect(leftLung.x + leftLung.width).toBeLessThanOrEqual(200);
    expect(leftLung.x + leftLung.width - rightLung.x).toBeGreaterThan(100);
  });

  it("stays inside the range of its pixels and uses most of it", () => {
    const film = makePhantom({ seed: 21, size: SIZE });
    const sorted = Uint16Array.from(film.pixels).sort();
    expect(film.maxValue).toBe(4095);
    expect(sorted[sorted.length - 1]).toBeLessThanOrEqual(4095);
    const low = sorted[Math.floor(0.02 * sorted.length)] ?? 0;
    const high = sorted[Math.floor(0.98 * sorted.length)] ?? 0;
    expect(high - low).toBeGreaterThan(0.5 * 4095);
  });

  it.each<[string, PhantomOptions]>([
    ["a seed with a fraction", { seed: 1.5 }],
    ["a side below 64", { seed: 1, size: 32 }],
    ["a side above 4096", { seed: 1, height: 5000 }],
    ["a negative age", { seed: 1, ageYears: -1 }],
    ["an extent above 1", { seed: 1, extent: 1.2 }],
    ["a density that is no number", { seed: 1, density: Number.NaN }],
    ["a negative visit", { seed: 1, visit: -1 }],
  ])("refuses %s", (_, options) => {
    expect(() => makePhantom(options)).toThrow(RangeError);
  });
});

describe("makePhantom with an opacity", SLOW, () => {
  const healthy = makePhantom({ seed: 31, size: SIZE });
  const sick = makePhantom({
    seed: 31,
    size: SIZE,
    pathology: "consolidation",
    sites: ["right-lower-lobe"],
    extent: 0.8,
    density: 0.8,
  });

  it("is brighter in its box than its healthy twin", () => {
    const [box] = sick.boxes;
    if (!box) throw new Error("no box");
    expect(meanIn(sick, core(box))).toBeGreaterThan(
      meanIn(healthy, core(box)) + 0.05,
    );
  });

  it("leaves the rest of the film as the twin has it", () => {
    const { leftLung } = sick.truth;
    const apart = Math.abs(
      meanIn(sick, core(leftLung)) - meanIn(healthy, core(leftLung)),
    );
    // Only the automatic exposure may move it, by a few per cent.
    expect(apart).toBeLessThan(0.05);
    expect(sick.truth.rightLung).toEqual(healthy.truth.rightLung);
    expect(sick.truth.pixelSpacing).toBe(healthy.truth.pixelSpacing);
  });

  it("has no box when healthy, one per focus when not", () => {
    expect(healthy.boxes).toEqual([]);
    expect(sick.boxes).toHaveLength(1);
    const both = makePhantom({
      seed: 31,
      size: SIZE,
      pathology: "bilateral-consolidation",
      sites: ["right-lower-lobe", "left-upper-lobe"],
      extent: 0.8,
      density: 0.9,
    });
    expect(both.boxes).toHaveLength(2);
  });

  it.each([40, 41, 42, 43, 44, 45])(
    "keeps the box inside the lung it names, seed %i",
    (seed) => {
      const film = makePhantom({
        seed,
        size: SIZE,
        pathology: "consolidation",
        sites: ["left-lower-lobe"],
      });
      const [box] = film.boxes;
      if (!box) throw new Error("no box");
      const { leftLung, rightLung, lungMask } = film.truth;
      const slack = 0.03 * SIZE;
      expect(box.x).toBeGreaterThan(rightLung.x + rightLung.width - slack);
      expect(box.x + box.width).toBeLessThan(
        leftLung.x + leftLung.width + slack,
      );
      expect(box.y).toBeGreaterThan(leftLung.y);
      expect(box.y + box.height).toBeLessThan(
        leftLung.y + leftLung.height + slack,
      );
      let inLung = 0;
      for (let y = box.y; y < box.y + box.height; y++) {
        for (let x = box.x; x < box.x + box.width; x++) {
          inLung += lungMask[y * SIZE + x] ?? 0;
        }
      }
      expect(inLung / (box.width * box.height)).toBeGreaterThan(0.5);
    },
  );

  it("adds at most what fluid in place of air can add", () => {
    // 20 cm of lung at most, 0.25 /cm × 0.74 between air-filled and full.
    const most = sick.truth.addedAttenuation.reduce((a, b) => Math.max(a, b));
    expect(most).toBeGreaterThan(0.3);
    expect(most).toBeLessThan(20 * 0.25 * 0.74);
  });

  it("is denser when it is said to be denser", () => {
    const added = (density: number): number =>
      makePhantom({
        seed: 31,
        size: 128,
        pathology: "consolidation",
        sites: ["right-lower-lobe"],
        extent: 0.8,
        density,
      }).truth.addedAttenuation.reduce((a, b) => a + b, 0);
    // Twice the filling, about twice the attenuation (vessels hide either way).
    expect(added(0.8) / added(0.4)).toBeGreaterThan(1.7);
    expect(added(0.8) / added(0.4)).toBeLessThan(2.3);
  });

  it("thickens both lungs when interstitial", () => {
    const film = makePhantom({
      seed: 33,
      size: SIZE,
      pathology: "interstitial",
      density: 0.9,
    });
    const middle = film.truth.rightLung.x + film.truth.rightLung.width;
    expect(film.boxes.some((b) => b.x + b.width / 2 < middle)).toBe(true);
    expect(film.boxes.some((b) => b.x + b.width / 2 > middle)).toBe(true);
  });
});
