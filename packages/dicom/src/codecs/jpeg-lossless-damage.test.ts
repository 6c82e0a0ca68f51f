import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { DEFAULT_PICTURE_LIMITS } from "../picture-limits.ts";
import { readDicomPicture } from "../picture.ts";

const LIMITS = { ...DEFAULT_PICTURE_LIMITS, minSide: 16 };

function sample(name = "jpeg-lossless-sv1"): Buffer {
  return readFileSync(
    new URL(`../../test-data/dicom/${name}.dcm`, import.meta.url),
  );
}

async function damageOf(bytes: Uint8Array): Promise<string | null> {
  return (await readDicomPicture(bytes, LIMITS)).damage;
}

describe("twelve bits coded as words of sixteen", () => {
  it("are whole as they were written", async () => {
    expect(await damageOf(sample())).toBeNull();
  });

  // One bit of a code, by which every later sample falls below zero; cut to
  // twelve bits they would be the brightest of the picture.
  it.each([
    { at: 860, bit: 16 },
    { at: 955, bit: 2 },
    { at: 990, bit: 2 },
    { at: 994, bit: 32 },
    { at: 996, bit: 1 },
    { at: 1040, bit: 4 },
  ])("are damaged where bit $bit of byte $at was flipped", async (flip) => {
    const bytes = sample();
    bytes[flip.at] = (bytes[flip.at] ?? 0) ^ flip.bit;
    expect(await damageOf(bytes)).toMatch(/below zero|jumps by/u);
  });
});

describe("a difference from which a lossless picture recovered", () => {
  it("is seen behind the line of nonsense that it left", async () => {
    const bytes = sample();
    bytes.set([0x77, 0xf2, 0x5d, 0x1f, 0x59], 1702);
    expect(await damageOf(bytes)).toMatch(/jumps by \d+ .* from row \d+ on/u);
  });

  it("is seen down the columns where the first line has it", async () => {
    const bytes = sample("jpeg-lossless-sv6");
    expect(await damageOf(bytes)).toBeNull();
    bytes[685] = 0x41;
    expect(await damageOf(bytes)).toMatch(/jumps by \d+ .* from column/u);
  });

  it("is not taken for whole where the predictor was changed", async () => {
    const bytes = sample("jpeg-lossless-sv6");
    expect(bytes[675]).toBe(6);
    bytes[675] = 2;
    expect(await damageOf(bytes)).toMatch(/another predictor/u);
  });
});

describe("twelve bits with tables of their own film", () => {
  it("are whole as they were written", async () => {
    expect(await damageOf(sample("jpeg-extended-12"))).toBeNull();
  });

  it.each([
    { at: 1435, to: 0x7a },
    { at: 1310, to: 0x94 },
  ])("are damaged where byte $at was changed", async ({ at, to }) => {
    const bytes = sample("jpeg-extended-12");
    bytes[at] = to;
    expect(await damageOf(bytes)).toMatch(/other symbols than its table/u);
  });
});
