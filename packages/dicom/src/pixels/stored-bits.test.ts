import { describe, expect, it } from "vitest";

import { developPicture, readDicomPicture } from "../picture.ts";
import { DEFAULT_PICTURE_LIMITS } from "../picture-limits.ts";
import { filmElements, type WrittenFilm } from "../write/film-elements.ts";
import { writeDicom, type DicomElement } from "../write/write-dicom.ts";

// A slope of 64 × 64 pixels whose values rise to `top`; the expected pixels are
// worked out by hand from what each header and word means.
const SIDE = 64;

function slope(top: number): number[] {
  return Array.from({ length: SIDE * SIDE }, (_, i) =>
    Math.round((top * ((i % SIDE) + Math.trunc(i / SIDE))) / (2 * SIDE - 2)),
  );
}

const isBorder = (_: number, i: number): boolean =>
  i % SIDE < 6 || i % SIDE >= SIDE - 6;

async function develop(
  film: Partial<WrittenFilm>,
  without: readonly string[] = [],
) {
  const elements = filmElements({
    rows: SIDE,
    columns: SIDE,
    pixels: slope(4000),
    ...film,
  }).filter(([tag]) => !without.includes(tag));
  const picture = await readDicomPicture(
    writeDicom(elements),
    DEFAULT_PICTURE_LIMITS,
  );
  const { repaired, mapping } = picture;
  const { pixels } = developPicture(picture, picture.taggedInverted);
  return { pixels: [...pixels], maxValue: mapping.maxValue, repaired };
}

describe("depth by content", () => {
  it.each([
    [8, 255],
    [10, 1000],
    [12, 4000],
    [14, 16_000],
  ])("finds %i bits in a word of 16", async (bits, top) => {
    const film = await develop({ bitsStored: 16, pixels: slope(top) });
    expect(film).toMatchObject({ maxValue: 2 ** bits - 1, repaired: false });
    expect(film.pixels).toEqual(slope(top));
  });

  it("turns MONOCHROME1 round at the content's depth", async () => {
    const film = await develop({ bitsStored: 16, photometric: "MONOCHROME1" });
    expect(film.pixels).toEqual(slope(4000).map((v) => 4095 - v));
  });

  it("believes a depth that is nearly used", async () => {
    const film = await develop({ pixels: slope(2100) });
    expect(film.maxValue).toBe(4095);
  });

  it("reads a film without BitsStored and HighBit", async () => {
    const film = await develop({}, ["00280101", "00280102"]);
    expect(film).toMatchObject({ maxValue: 4095, repaired: true });
    expect(film.pixels).toEqual(slope(4000));
  });

  it("takes the allocation from the length where it is missing", async () => {
    const film = await develop({}, ["00280100", "00280101", "00280102"]);
    expect(film.pixels).toEqual(slope(4000));
  });

  it.each([
    ["more stored than allocated", { bitsStored: 20 }],
    ["a high bit beyond the word", { highBit: 40 }],
    ["a high bit below the depth", { highBit: 7 }],
    ["a high bit that would cut all but the top", { highBit: 15 }],
  ])("puts %s right", async (_, part) => {
    const film = await develop(part);
    expect(film).toMatchObject({ maxValue: 4095, repaired: true });
    expect(film.pixels).toEqual(slope(4000));
  });

  it("reads signed words that never go below zero as what they are", async () => {
    const film = await develop({ bitsStored: 16, signed: true });
    expect(film.pixels).toEqual(slope(4000));
    expect(film.maxValue).toBe(4095);
  });

  it("fits signed content of twelve bits in a word of 16", async () => {
    const pixels = slope(4000).map((v) => (v - 2000) & 0xffff);
    const film = await develop({ bitsStored: 16, signed: true, pixels });
    // -2048 is the lowest of twelve bits and becomes 0.
    expect(film.pixels).toEqual(slope(4000).map((v) => v + 48));
    expect(film.maxValue).toBe(4095);
  });
});

describe("the sign by content", () => {
  it("reads unsigned words under a tag that says signed", async () => {
    const film = await develop({ signed: true });
    expect(film.pixels).toEqual(slope(4000));
    expect(film.repaired).toBe(true);
  });

  it("reads two's complement under a tag that says unsigned", async () => {
    const pixels = slope(4000).map((v) => (v - 2000) & 0xfff);
    const film = await develop({ pixels });
    expect(film.pixels).toEqual(slope(4000).map((v) => v + 48));
    expect(film.repaired).toBe(true);
  });
});

describe("borders and padding", () => {
  const border = (word: number, top = 4000): number[] =>
    slope(top).map((v, i) => (isBorder(v, i) ? word : v));
  const black = (top = 4000): number[] =>
    slope(top).map((v, i) => (isBorder(v, i) ? 0 : v));
  const tagged = (vr: string, value: number): DicomElement[] => [
    ["00280120", vr, value],
  ];

  it.each([
    ["65535 with its tag", 65_535, tagged("US", 65_535)],
    ["65535 without a tag", 65_535, []],
    ["-2000 with its tag", 63_536, tagged("SS", -2000)],
    ["a word just beyond the depth", 4096, []],
  ])("makes a border of %s black", async (_, word, more) => {
    const film = await develop({ pixels: border(word), more });
    expect(film.maxValue).toBe(4095);
    expect(film.pixels).toEqual(black());
  });

  it("finds a border of the highest word in a depth that is not used", async () => {
    const film = await develop({ bitsStored: 16, pixels: border(65_535) });
    expect(film.maxValue).toBe(4095);
    expect(film.pixels).toEqual(black());
  });

  it("takes a padding range in a signed film", async () => {
    const pixels = border(-2000 & 0xffff).map((v, i) =>
      isBorder(v, i) ? v : (v - 1000) & 0xffff,
    );
    const film = await develop({
      signed: true,
      bitsStored: 13,
      pixels,
      more: [
        ["00280120", "SS", -2000],
        ["00280121", "SS", -1990],
      ],
    });
    expect(film.pixels[0]).toBe(0);
    expect(film.pixels[SIDE / 2]).toBe((slope(4000)[SIDE / 2] ?? 0) + 3096);
  });

  it("cuts an overlay bit off that no overlay group explains", async () => {
    const pixels = slope(4000).map((v, i) =>
      Math.trunc(i / 3) % 5 === 0 ? v | 0x8000 : v,
    );
    const film = await develop({ pixels });
    expect(film.maxValue).toBe(4095);
    expect(film.pixels).toEqual(slope(4000));
  });

  it("raises the depth where many words are a little over it", async () => {
    const film = await develop({ pixels: slope(5000) });
    expect(film).toMatchObject({ maxValue: 8191, repaired: true });
    expect(film.pixels).toEqual(slope(5000));
  });
});

describe("words far off the picture's", () => {
  const painted = (
    word: number,
    isPainted: (value: number, i: number) => boolean,
  ): number[] => slope(4000).map((v, i) => (isPainted(v, i) ? word : v));
  const isLetter = (_: number, i: number): boolean =>
    i % SIDE > 50 && i > 2000 && i < 2600 && i % 3 === 0;

  it("leaves letters in the highest word white", async () => {
    const pixels = painted(65_535, isLetter);
    const film = await develop({ bitsStored: 16, pixels });
    expect(film.maxValue).toBe(4095);
    expect(film.pixels).toEqual(painted(4095, isLetter));
  });

  it("leaves a letter just beyond the depth white", async () => {
    const film = await develop({ pixels: painted(4096, isLetter) });
    expect(film.repaired).toBe(true);
    expect(film.pixels).toEqual(painted(4095, isLetter));
  });

  it("leaves dead pixels dark that lie far below", async () => {
    const isDead = (_: number, i: number): boolean => i === 700 || i === 701;
    const pixels = slope(4000).map((v, i) => (isDead(v, i) ? 0 : v + 40_000));
    const film = await develop({ bitsStored: 16, pixels });
    expect(film.maxValue).toBe(4095);
    expect(film.pixels.slice(700, 702)).toEqual([0, 0]);
    expect(film.pixels.at(-1)).toBe(4000);
  });

  it.each([
    ["half the range", 0x8000, false],
    ["the lowest number", 0x8000, true],
    ["the highest number", 0x7fff, true],
  ])("makes an untagged border of %s black", async (_, word, signed) => {
    const pixels = painted(word, isBorder);
    const film = await develop({ bitsStored: 16, signed, pixels });
    expect(film).toMatchObject({ maxValue: 4095, repaired: true });
    expect(film.pixels).toEqual(painted(0, isBorder));
  });

  it("tells a border from the letters beside it", async () => {
    const pixels = painted(65_535, isBorder).map((v, i) =>
      isLetter(v, i) && !isBorder(v, i) ? 65_534 : v,
    );
    const film = await develop({ bitsStored: 16, pixels });
    expect(film.maxValue).toBe(4095);
    expect(film.pixels[0]).toBe(0);
    expect(Math.max(...film.pixels)).toBe(4095);
  });

  it("begins at the offset with which a film is written", async () => {
    const pixels = slope(4000).map((v) => v + 32_768);
    const film = await develop({ bitsStored: 16, pixels });
    expect(film.maxValue).toBe(4095);
    expect(film.pixels).toEqual(slope(4000));
  });

  it("does not spread the noise of an exposure with nothing in it", async () => {
    const pixels = slope(300).map((v) => v + 30_000);
    const film = await develop({ bitsStored: 16, pixels });
    expect(film.maxValue).toBe(65_535);
    expect(film.pixels).toEqual(pixels);
  });

  it("turns MONOCHROME1 round that was written down from 65535", async () => {
    const pixels = slope(4000).map((v) => 65_535 - v);
    const part = { bitsStored: 16, photometric: "MONOCHROME1", pixels };
    const film = await develop(part);
    expect(film.pixels).toEqual(slope(4000));
  });
});

describe("words of another width than the header says", () => {
  const bytes = Uint8Array.from(slope(250));

  it("are read where bits stored and length agree", async () => {
    const eight = { bitsStored: 8, pixels: bytes, pixelVr: "OB" };
    expect(await develop({ ...eight, bitsAllocated: 16 })).toEqual({
      pixels: slope(250),
      maxValue: 255,
      repaired: true,
    });
    const sixteen = await develop({ bitsAllocated: 8, bitsStored: 12 });
    expect(sixteen.pixels).toEqual(slope(4000));
    expect(sixteen.repaired).toBe(true);
  });

  it("are not where rows may be missing instead", async () => {
    const part = { bitsAllocated: 8, bitsStored: 8 };
    await expect(develop(part)).rejects.toThrow("there are");
  });
});

describe("look-up tables", () => {
  const table = (
    sequence: string,
    bits: number,
    entry: (input: number) => number,
  ): DicomElement => [
    sequence,
    "SQ",
    [
      [
        ["00283002", "US", [4096, 0, bits]],
        ["00283006", "OW", Array.from({ length: 4096 }, (_, i) => entry(i))],
      ],
    ],
  ];

  it.each(["00283000", "00283010"])(
    "takes the depth of %s from its entries",
    async (sequence) => {
      const more = [table(sequence, 16, (i) => i >> 2)];
      const film = await develop({ more });
      expect(film.maxValue).toBe(1023);
      expect(film.pixels).toEqual(slope(4000).map((v) => v >> 2));
    },
  );

  it("does not take an end mark for the depth of the entries", async () => {
    const entry = (i: number): number => (i === 4095 ? 65_535 : i >> 2);
    const film = await develop({ more: [table("00283010", 16, entry)] });
    expect(film.maxValue).toBe(1023);
    expect(film.pixels).toEqual(slope(4000).map((v) => v >> 2));
  });

  it("reads bytes where words are promised, and says so", async () => {
    const entries = Uint8Array.from({ length: 4096 }, (_, i) => i >> 4);
    const packed: DicomElement = [
      "00283010",
      "SQ",
      [
        [
          ["00283002", "US", [4096, 0, 16]],
          ["00283006", "OW", entries],
        ],
      ],
    ];
    const film = await develop({ more: [packed] });
    expect(film).toMatchObject({ maxValue: 255, repaired: true });
    expect(film.pixels).toEqual(slope(4000).map((v) => v >> 4));
  });

  it("does without a table that is shorter than it says, and says so", async () => {
    const short: DicomElement = [
      "00283010",
      "SQ",
      [
        [
          ["00283002", "US", [4096, 0, 12]],
          ["00283006", "OW", [1, 2, 3]],
        ],
      ],
    ];
    const film = await develop({ more: [short] });
    expect(film.repaired).toBe(true);
    expect(film.pixels).toEqual(slope(4000));
  });

  it.each(["0", "NaN", "1E30"])(
    "passes over a slope of %s",
    async (slopeText) => {
      const more: DicomElement[] = [["00281053", "DS", slopeText]];
      const film = await develop({ more });
      expect(film.repaired).toBe(true);
      expect(film.pixels).toEqual(slope(4000));
    },
  );

  it("keeps entries above the promised depth", async () => {
    const film = await develop({ more: [table("00283000", 10, (i) => i)] });
    expect(film.maxValue).toBe(4095);
    expect(film.pixels).toEqual(slope(4000));
  });

  it("follows a table that turns the picture round", async () => {
    const more = [table("00283010", 16, (i) => (4095 - i) >> 2)];
    const film = await develop({ more });
    expect(film.pixels).toEqual(slope(4000).map((v) => (4095 - v) >> 2));
  });
});
