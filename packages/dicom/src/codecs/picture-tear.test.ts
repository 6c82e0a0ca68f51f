import { describe, expect, it } from "vitest";

import { findPictureTear, findUprightTear } from "./picture-tear.ts";

const SIDE = 128;

/** A picture of soft waves, with what a function adds to each pixel. */
function picture(add: (x: number, y: number) => number) {
  const samples = new Uint8Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const wave = 100 + 40 * Math.sin(x / 9) + 20 * Math.cos(y / 15);
      samples[y * SIDE + x] = Math.round(wave + add(x, y));
    }
  }
  const shape = { width: SIDE, height: SIDE, channels: 1, max: 255 };
  return { ...shape, samples, unit: 8 as const };
}

/** The place of a pixel in the order in which its block is coded. */
const block = (x: number, y: number): number =>
  Math.trunc(y / 8) * (SIDE / 8) + Math.trunc(x / 8);

describe("a step that starts at some block and stays", () => {
  it.each([16, 40, 77, 121, 200])("is a tear from block %i on", (from) => {
    const torn = picture((x, y) => (block(x, y) >= from ? 9 : 0));
    expect(findPictureTear(torn)).toMatch(/jumps by 9 of 255/u);
  });

  it("is none in a whole picture, nor within what is allowed", () => {
    expect(findPictureTear(picture(() => 0))).toBeNull();
    const slight = picture((x, y) => (block(x, y) >= 77 ? 2 : 0));
    expect(findPictureTear(slight)).toBeNull();
  });

  it("is none at the edge of a collimator, sharp or blurred", () => {
    for (const blur of [1, 6]) {
      const edge = picture((x, y) => {
        const wave = 100 + 40 * Math.sin(x / 9) + 20 * Math.cos(y / 15);
        const open = Math.min(1, Math.max(0, (y - 63) / blur));
        return (open - 1) * (wave - 3);
      });
      expect(findPictureTear(edge)).toBeNull();
    }
  });
});

describe("a step that starts inside a row of blocks", () => {
  // Numbers as good as chance, from the place alone.
  const noise = (x: number, y: number): number =>
    ((x * 7919 + y * 104_729) % 13) / 2 - 3;

  it("is a tear in a noisy picture, and in one of a single grey", () => {
    const noisy = picture((x, y) => noise(x, y) + (block(x, y) >= 77 ? 11 : 0));
    expect(findPictureTear(noisy)).toMatch(/jumps by 1[01] of 255/u);
    expect(findPictureTear(picture(noise))).toBeNull();
    const flat = picture((x, y) => {
      const wave = 100 + 40 * Math.sin(x / 9) + 20 * Math.cos(y / 15);
      return 30 - wave + (block(x, y) >= 77 ? 9 : 0);
    });
    expect(findPictureTear(flat)).toMatch(/jumps by 9 of 255/u);
  });
});

describe("a step of a lossless picture", () => {
  const lossless = (add: (x: number, y: number) => number) => ({
    ...picture(add),
    unit: 1 as const,
  });

  it("is seen behind two lines of nonsense", () => {
    const torn = lossless((x, y) =>
      y === 60 || y === 61 ? ((x * 53 + y * 17) % 90) - 45 : y > 61 ? 14 : 0,
    );
    expect(findPictureTear(torn)).toMatch(/from row 62 on/u);
    expect(findPictureTear(lossless(() => 0))).toBeNull();
  });

  it("is seen from a column on", () => {
    const torn = lossless((x) => (x >= 48 ? 14 : 0));
    expect(findUprightTear(torn)).toMatch(/from column 48 on/u);
    expect(findUprightTear(lossless(() => 0))).toBeNull();
  });
});
