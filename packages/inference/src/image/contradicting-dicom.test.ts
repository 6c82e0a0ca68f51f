import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";

import { chestPixels } from "../../test-data/chest-drawing.ts";
import { decode, film, SIDE } from "../../test-data/drawn-dicom.ts";
import { writeDicom } from "@lung-iris/dicom/writer";
import { decodeFilm } from "./decode-film.ts";

// Files whose parts contradict each other: the bytes decide, and it is said.
const grey = chestPixels(SIDE, 255);
const deep = chestPixels(SIDE, 4095);
const EIGHT = { bitsAllocated: 8, bitsStored: 8, pixelVr: "OB" } as const;
const triples = (of: (value: number) => readonly number[]): Uint8Array =>
  Uint8Array.from(grey.flatMap((value) => of(value)));

describe("colour that is grey, by what lies there", () => {
  it.each([
    [
      "RGB plane by plane without a word",
      "RGB",
      0,
      [...grey, ...grey, ...grey],
    ],
    [
      "RGB pixel by pixel said to be planes",
      "RGB",
      1,
      [...triples((v) => [v, v, v])],
    ],
    [
      "whole triples of YBR_FULL_422",
      "YBR_FULL_422",
      0,
      [...triples((v) => [v, 128, 128])],
    ],
    [
      "RGB under the name that its JPEG had",
      "YBR_FULL_422",
      0,
      [...triples((v) => [v, v, v])],
    ],
  ])("reads %s", async (_, photometric, planar, pixels) => {
    const result = await decode({
      ...EIGHT,
      samplesPerPixel: 3,
      photometric,
      pixels: Uint8Array.from(pixels),
      more: [["00280006", "US", planar]],
    });
    expect([...result.pixels]).toEqual(grey);
    expect(result.warnings).toContain("header-repaired");
  });

  it.each([
    ["RGB", 1],
    ["MONOCHROME 2", 1],
    ["Grayscale", 1],
    ["monochrome", 1],
  ])("reads one sample a pixel named %s", async (photometric, samples) => {
    const part = { photometric, samplesPerPixel: samples };
    const result = await decode({ ...part, pixels: deep });
    expect([...result.pixels]).toEqual(deep);
    expect(result.warnings).toEqual(["header-repaired"]);
  });

  it("takes two colour differences for two pixels in YBR_PARTIAL_422", async () => {
    const pairs = Uint8Array.from(
      grey.flatMap((v, i) => (i % 2 === 0 ? [v] : [v, 128, 128])),
    );
    const result = await decode({
      ...EIGHT,
      samplesPerPixel: 3,
      photometric: "YBR_PARTIAL_422",
      pixels: pairs,
    });
    expect([...result.pixels]).toEqual(grey);
  });
});

describe("encodings that are not what is said", () => {
  const SAID = [
    ["1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1"],
    ["1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2"],
    ["1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99"],
    ["1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.1"],
  ] as const;

  it.each(SAID)("reads %s that is said to be %s", async (is, said) => {
    const options = { transferSyntax: is, claimedSyntax: said };
    const result = await decode({ pixels: deep }, options);
    expect([...result.pixels]).toEqual(deep);
    expect(result.warnings).toEqual(["header-repaired"]);
  });

  it.each(["1.2.840.10008.1.2.1.98", "1.2.840.10008.1.2.4.58"])(
    "reads plain pixels under %s",
    async (claimedSyntax) => {
      const result = await decode({ pixels: deep }, { claimedSyntax });
      expect([...result.pixels]).toEqual(deep);
    },
  );

  it.each([0, 8])(
    "reads plain pixels of undefined length with %i bytes behind them",
    async (behind) => {
      const bytes = writeDicom(film({ pixels: deep }));
      bytes.writeUInt32LE(0xffffffff, bytes.length - deep.length * 2 - 4);
      const delimiter = Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);
      const whole = Buffer.concat([bytes, delimiter.subarray(0, behind)]);
      const result = await decodeFilm(whole, { minSide: 8 });
      expect([...result.pixels]).toEqual(deep);
      expect(result.warnings).toEqual(["header-repaired"]);
    },
  );

  it("takes the first of fewer frames than are named", async () => {
    const result = await decode({
      pixels: deep,
      more: [["00280008", "IS", "2"]],
    });
    expect([...result.pixels]).toEqual(deep);
    expect(result.warnings).toEqual([
      "several-frames-first-used",
      "header-repaired",
    ]);
  });
});

describe("what is refused", () => {
  const refusals: readonly (readonly [string, Uint8Array])[] = [
    ["a palette", writeDicom(film({ photometric: "PALETTE COLOR" }))],
    ["four samples", writeDicom(film({ samplesPerPixel: 4 }))],
    ["a cut file", writeDicom(film({ pixels: deep })).subarray(0, -100)],
    ["no pixels", writeDicom(film({ pixels: [] }))],
    [
      "a private syntax",
      writeDicom(film(), { claimedSyntax: "1.2.840.113619.5.2" }),
    ],
    ["video", writeDicom(film(), { claimedSyntax: "1.2.840.10008.1.2.4.102" })],
    ["a modality", writeDicom(film({ modality: "MG" }))],
    ["an archive", Buffer.from([0x1f, 0x8b, 8, 0])],
    ["a TIFF", Buffer.from("II*\0....")],
    [
      "a broken deflated data set",
      Buffer.concat([
        writeDicom([], { transferSyntax: "1.2.840.10008.1.2.1.99" }),
        deflateRawSync(Buffer.alloc(64, 7)).subarray(0, 3),
      ]),
    ],
  ];

  it.each(refusals)("says how to go on: %s", async (_, bytes) => {
    await expect(decodeFilm(bytes, { minSide: 8 })).rejects.toThrow(
      /\b(?:ask|send|save|unpack|export)\b/iu,
    );
    // A sentence, so that nothing takes its place on the way to the sender.
    await expect(decodeFilm(bytes, { minSide: 8 })).rejects.toThrow(/\.$/u);
  });
});
