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
