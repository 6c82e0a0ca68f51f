import type { DicomElement } from "@lung-iris/dicom/writer";
import { describe, expect, it } from "vitest";

import { chestPixels } from "../../test-data/chest-drawing.ts";
import { decode, SIDE } from "../../test-data/drawn-dicom.ts";

describe("stored pixel values", () => {
  it("keeps unsigned values as they are", async () => {
    const first = [0, 1, 2047, 4095];
    const result = await decode({ pixels: chestPixels(SIDE, 4095, first) });
    expect([...result.pixels.slice(0, 4)]).toEqual(first);
    expect(result.maxValue).toBe(4095);
    expect(result.bitsStored).toBe(12);
    expect(result.warnings).toEqual([]);
  });

  it("moves signed values up so that the smallest possible is 0", async () => {
    // -2048, -1, 0, 2047 as 12-bit two's complement (PS3.5 8.1.1).
    const stored = chestPixels(SIDE, 4095, [0, 2047, 2048, 4095]).map(
      (v) => (v - 2048) & 0xffff,
    );
    const result = await decode({ signed: true, pixels: stored });
    expect([...result.pixels.slice(0, 4)]).toEqual([0, 2047, 2048, 4095]);
  });

  it("takes the bits below the high bit when they are shifted up", async () => {
    const values = chestPixels(SIDE, 4095, [1, 2, 3]);
    const result = await decode({
      highBit: 15,
      pixels: values.map((v) => (v << 4) | 9),
    });
    expect([...result.pixels.slice(0, 3)]).toEqual([1, 2, 3]);
    expect(result.maxValue).toBe(4095);
  });

  it("ignores bits above the high bit where the header has an overlay", async () => {
    const values = chestPixels(SIDE, 4095, [5, 6]);
    const result = await decode({
      pixels: values.map((v, i) => (i < 2 ? v | 0x8000 : v)),
      more: [["60000010", "US", SIDE]],
    });
    expect([...result.pixels.slice(0, 2)]).toEqual([5, 6]);
  });

  it("believes the pixels where the header understates their depth", async () => {
    const result = await decode({
      bitsStored: 10,
      pixels: chestPixels(SIDE, 4095, [4095, 3]),
    });
    expect(result.maxValue).toBe(4095);
    expect(result.pixels[0]).toBe(4095);
    expect(result.warnings).toEqual(["header-repaired"]);
  });

  it("reads 8-bit films", async () => {
    const result = await decode({
      bitsAllocated: 8,
      bitsStored: 8,
      pixelVr: "OB",
      pixels: Uint8Array.from(chestPixels(SIDE, 255, [0, 255, 7])),
    });
    expect([...result.pixels.slice(0, 3)]).toEqual([0, 255, 7]);
    expect(result.maxValue).toBe(255);
  });
});

describe("encodings of a file", () => {
  const vector = chestPixels(SIDE, 4095, [1, 256, 4095]);

  it.each([
    ["implicit little endian", { transferSyntax: "1.2.840.10008.1.2" }],
    ["explicit little endian", { transferSyntax: "1.2.840.10008.1.2.1" }],
    ["explicit big endian", { transferSyntax: "1.2.840.10008.1.2.2" }],
    ["deflated", { transferSyntax: "1.2.840.10008.1.2.1.99" }],
    ["no preamble", { preamble: false }],
    ["neither preamble nor meta information", { preamble: false, meta: false }],
  ])("gives the same pixels for %s", async (_, options) => {
    const result = await decode({ pixels: vector }, options);
    expect([...result.pixels]).toEqual(vector);
  });

  it.each([
    ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"],
    ["1.2.840.10008.1.2.1", "1.2.840.10008.1.2"],
  ])(
    "notices elements written as %s in a file that says %s",
    async (transferSyntax, claimedSyntax) => {
      const result = await decode(
        { pixels: vector },
        { transferSyntax, claimedSyntax },
      );
      expect([...result.pixels]).toEqual(vector);
      expect(result.warnings).toEqual(["header-repaired"]);
    },
  );

  it("swaps byte pairs of 8-bit pixels in big-endian words", async () => {
    const values = Uint8Array.from(chestPixels(SIDE, 255, [1, 2, 3, 4]));
    const swapped = Buffer.from(values).swap16();
    const part = { bitsAllocated: 8, bitsStored: 8, pixels: swapped };
    const result = await decode(part, {
      transferSyntax: "1.2.840.10008.1.2.2",
    });
    expect([...result.pixels.slice(0, 4)]).toEqual([1, 2, 3, 4]);
  });

  it("passes sequences with and without lengths before the pixels", async () => {
    const nested: DicomElement = [
      "00081140",
      "SQ",
      [
        [
          ["00081150", "UI", "1.2.3"],
          ["00400260", "SQ", [[["00080100", "SH", "X"]]]],
        ],
      ],
    ];
    for (const undefinedLengths of [true, false]) {
      const part = { pixels: vector, more: [nested] };
      const result = await decode(part, { undefinedLengths });
      expect(result.pixels[1]).toBe(256);
    }
  });
});

describe("proportions", () => {
  it("makes pixels that are twice as high as wide square, and says so", async () => {
    const pixels = chestPixels(SIDE, 4095);
    const result = await decode({
      pixels,
      more: [["00280030", "DS", "0.4\\0.2"]],
    });
    expect([result.width, result.height]).toEqual([SIDE, 2 * SIDE]);
    expect(result.pixelSpacing).toEqual([0.2, 0.2]);
    expect(result.spacingKind).toBe("patient");
    expect(result.warnings).toEqual(["pixels-made-square"]);
    // Row 3 of the new lies a quarter of the way from row 1 to row 2.
    const [a = 0, b = 0] = [pixels[SIDE + 9], pixels[2 * SIDE + 9]];
    expect(result.pixels[3 * SIDE + 9]).toBe(Math.round(a + (b - a) / 4));
  });

  it("widens pixels by their aspect ratio", async () => {
    const result = await decode({ more: [["00280034", "IS", "1\\2"]] });
    expect([result.width, result.height]).toEqual([2 * SIDE, SIDE]);
  });

  it("leaves rounding of the header alone", async () => {
    const result = await decode({ more: [["00280030", "DS", "0.143\\0.144"]] });
    expect([result.width, result.height]).toEqual([SIDE, SIDE]);
    expect(result.warnings).toEqual([]);
  });
});

describe("what a human is told", () => {
  it.each([
    ["burned-in-annotation", [["00280301", "CS", "YES"]]],
    ["overlay-left-out", [["60000010", "US", SIDE]]],
    [
      "age-contradicts-birth-date",
      [
        ["00080020", "DA", "20251120"],
        ["00100030", "DA", "19501231"],
        ["00101010", "AS", "003M"],
      ],
    ],
  ] as const)("is %s", async (warning, more) => {
    expect((await decode({ more })).warnings).toEqual([warning]);
  });
});

describe("the sense of the grey scale", () => {
  const values = chestPixels(SIDE, 4095, [0, 100, 4095]);
  const inverted = values.map((v) => 4095 - v);
  const window: DicomElement[] = [
    ["00281050", "DS", "1500"],
    ["00281051", "DS", "2001"],
  ];

  it("gives MONOCHROME1 with inverted pixels the same film", async () => {
    const plain = await decode({ pixels: values, more: window });
    const copy = await decode({
      pixels: inverted,
      photometric: "MONOCHROME1",
      // 4095 + 1 − 1500: the centre of PS3.3 C.11.2.1.2 is half a step off.
      more: [
        ["00281050", "DS", "2596"],
        ["00281051", "DS", "2001"],
      ],
    });
    expect(copy.pixels).toEqual(plain.pixels);
    expect(copy.window).toEqual(plain.window);
    expect(copy.warnings).toEqual([]);
  });

  it("overrules a MONOCHROME1 tag over pixels that are not inverted", async () => {
    const result = await decode({ pixels: values, photometric: "MONOCHROME1" });
    expect([...result.pixels]).toEqual(values);
    expect(result.warnings).toEqual(["photometric-tag-contradicts-pixels"]);
  });

  it("overrules a MONOCHROME2 tag over inverted pixels", async () => {
    const result = await decode({ pixels: inverted });
    expect([...result.pixels]).toEqual(values);
    expect(result.warnings).toEqual(["photometric-tag-contradicts-pixels"]);
  });

  it.each(["LEG", "HAND", "PELVIS", "SKULL"])(
    "shows a %s as it is tagged, whatever it looks like",
    async (part) => {
      const more: DicomElement[] = [["00180015", "CS", part]];
      const result = await decode({ pixels: inverted, more });
      expect([...result.pixels]).toEqual(inverted);
      expect(result.warnings).toEqual([]);
    },
  );

  it("believes the tag where the pixels say nothing", async () => {
    const flat = values.map(() => 3000);
    const result = await decode({ pixels: flat, photometric: "MONOCHROME1" });
    expect(result.pixels[0]).toBe(1095);
    expect(result.warnings).toEqual([]);
  });

  it("counts a negative rescale slope as an inversion", async () => {
    const result = await decode({
      pixels: inverted,
      more: [
        ["00281052", "DS", "4095"],
        ["00281053", "DS", "-1"],
      ],
    });
    expect([...result.pixels]).toEqual(values);
    expect(result.warnings).toEqual([]);
  });
});
