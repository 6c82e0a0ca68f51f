import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import {
  SAMPLE_HEIGHT,
  SAMPLE_WIDTH,
  samplePixels,
} from "../write/film-elements.ts";
import { developPicture, readDicomPicture } from "../picture.ts";
import { DEFAULT_PICTURE_LIMITS } from "../picture-limits.ts";

// The same picture (samplePixel) through every codec; test-data/README.md says
// how the files were made.
const LOSSLESS = [
  "rle.dcm",
  "jpeg-lossless-sv1.dcm",
  "jpeg-lossless-sv6.dcm",
  "jpeg-ls-lossless.dcm",
  "jpeg-2000-lossless.dcm",
  "htj2k-lossless.dcm",
];
/** Largest error, of 4,095 grey values, that the encoder was asked to keep. */
const LOSSY = [
  { file: "jpeg-ls-near.dcm", tolerance: 3 },
  { file: "jpeg-2000-lossy.dcm", tolerance: 40 },
  { file: "htj2k-lossy.dcm", tolerance: 40 },
  { file: "jpeg-extended-12.dcm", tolerance: 2 },
];
/** DCMTK's lossy encoder moves the smallest value, 200 here, to zero. */
const SHIFTED_BY_ENCODER: Readonly<Record<string, number>> = {
  "jpeg-extended-12.dcm": 200,
};
async function decode(file: string) {
  const path = new URL(`../../test-data/dicom/${file}`, import.meta.url);
  return decodeBytes(readFileSync(path));
}

async function decodeBytes(bytes: Uint8Array) {
  const picture = await readDicomPicture(bytes, {
    ...DEFAULT_PICTURE_LIMITS,
    minSide: 16,
  });
  const { width, height, mapping } = picture;
  const { pixels } = developPicture(picture, picture.taggedInverted);
  const { damageShows } = picture;
  return { width, height, maxValue: mapping.maxValue, pixels, damageShows };
}

function largestError(pixels: Uint16Array, expected: readonly number[]) {
  return pixels.reduce(
    (worst, pixel, i) => Math.max(worst, Math.abs(pixel - (expected[i] ?? 0))),
    0,
  );
}

describe("DICOM codecs", () => {
  it.each(LOSSLESS)("gives every pixel of %s exactly", async (file) => {
    const film = await decode(file);
    expect([film.width, film.height]).toEqual([SAMPLE_WIDTH, SAMPLE_HEIGHT]);
    expect(film.maxValue).toBe(4095);
    expect(largestError(film.pixels, samplePixels())).toBe(0);
  });

  it.each(LOSSY)("is within $tolerance of 4095 for $file", async (sample) => {
    const film = await decode(sample.file);
    const shift = SHIFTED_BY_ENCODER[sample.file] ?? 0;
    const expected = samplePixels().map((value) => value - shift);
    const error = largestError(film.pixels, expected);
    expect(error).toBeLessThanOrEqual(sample.tolerance);
    expect(error).toBeGreaterThan(0);
  });

  it("says of HTJ2K, RLE and twelve-bit JPEG that damage would not show", async () => {
    const files = [...LOSSLESS, ...LOSSY.map(({ file }) => file)];
    const blind: string[] = [];
    for (const file of files) {
      if (!(await decode(file)).damageShows) blind.push(file);
    }
    expect(blind).toEqual([
      "rle.dcm",
      "htj2k-lossless.dcm",
      "htj2k-lossy.dcm",
      "jpeg-extended-12.dcm",
    ]);
  });

  it("gives every pixel of an 8-bit RLE film exactly", async () => {
    const film = await decode("rle-8.dcm");
    const expected = samplePixels().map((value) => value >> 4);
    expect(film.maxValue).toBe(255);
    expect(largestError(film.pixels, expected)).toBe(0);
  });

  it("is within 1 of 255 for 8-bit JPEG baseline", async () => {
    const film = await decode("jpeg-baseline.dcm");
    const expected = samplePixels().map((value) => (value >> 4) - 12);
    expect(largestError(film.pixels, expected)).toBeLessThanOrEqual(1);
  });

  it.each([
    ["fewer samples down than pixels", 44, 0x81, "unsupported-format"],
    ["tiles of no width", 27, 0, "unreadable"],
    ["tiles that begin behind the picture", 35, 0xff, "unreadable"],
  ])(
    "refuses an HTJ2K grid with %s, which loops",
    async (_, at, byte, code) => {
      const path = "../../test-data/dicom/htj2k-lossy.dcm";
      const bytes = readFileSync(new URL(path, import.meta.url));
      const start = bytes.indexOf(Buffer.from([0xff, 0x4f, 0xff, 0x51]));
      bytes[start + at] = byte;
      await expect(decodeBytes(bytes)).rejects.toMatchObject({ code });
    },
  );

  it("passes a comment before the end marker of JPEG 2000", async () => {
    const bytes = readFileSync(
      new URL("../../test-data/dicom/jpeg-2000-lossless.dcm", import.meta.url),
    );
    const start = bytes.indexOf(Buffer.from([0xff, 0x4f, 0xff, 0x51]));
    const lengthAt = start - 4;
    const end = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]));
    const comment = Buffer.from("ff64000b000150414444494e4721", "hex");
    const changed = Buffer.concat([
      bytes.subarray(0, end),
      comment.subarray(0, 14),
      bytes.subarray(end),
    ]);
    changed.writeUInt32LE(bytes.readUInt32LE(lengthAt) + 14, lengthAt);
    const film = await decodeBytes(changed);
    expect(largestError(film.pixels, samplePixels())).toBe(0);
  });
});
