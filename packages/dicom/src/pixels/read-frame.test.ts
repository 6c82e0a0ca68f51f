import { readFileSync } from "node:fs";

import sharp from "sharp";
import { describe, expect, it } from "vitest";

import { developPicture, readDicomPicture } from "../picture.ts";
import { DEFAULT_PICTURE_LIMITS } from "../picture-limits.ts";
import { filmElements, type WrittenFilm } from "../write/film-elements.ts";
import { writeDicom, type DicomElement } from "../write/write-dicom.ts";

const SIDE = 64;
const grey = Uint8Array.from({ length: SIDE * SIDE }, (_, i) =>
  Math.trunc(((i % SIDE) + Math.trunc(i / SIDE)) * 2),
);
const EIGHT = { bitsAllocated: 8, bitsStored: 8, pixelVr: "OB" };
const JPEG_BASELINE = "1.2.840.10008.1.2.4.50";
const JPEG_LS = "1.2.840.10008.1.2.4.80";
const EXPLICIT = "1.2.840.10008.1.2.1";

const jpeg = await sharp(grey, {
  raw: { width: SIDE, height: SIDE, channels: 1 },
})
  .toColourspace("b-w")
  .jpeg({ quality: 98 })
  .toBuffer();

async function read(bytes: Uint8Array) {
  const picture = await readDicomPicture(bytes, DEFAULT_PICTURE_LIMITS);
  const { pixels } = developPicture(picture, false);
  return { pixels, picture };
}

function write(part: Partial<WrittenFilm>, transferSyntax: string): Buffer {
  const film = { rows: SIDE, columns: SIDE, pixels: grey, ...EIGHT, ...part };
  return writeDicom(filmElements(film), { transferSyntax });
}

function worst(pixels: Uint16Array, expected: Uint8Array): number {
  return pixels.reduce(
    (most, pixel, i) => Math.max(most, Math.abs(pixel - (expected[i] ?? 0))),
    0,
  );
}

describe("transfer syntax and bytes that disagree", () => {
  it("reads native pixels under a compressed syntax", async () => {
    const { pixels, picture } = await read(write({}, JPEG_LS));
    expect(pixels).toEqual(Uint16Array.from(grey));
    expect(picture.repaired).toBe(true);
  });

  it("finds nothing to repair in fragments that are said not to be compressed", async () => {
    const uncompressed = "1.2.840.10008.1.2.1.98";
    const said = await read(
      write({ pixels: { fragments: [grey] } }, uncompressed),
    );
    expect(said.pixels).toEqual(Uint16Array.from(grey));
    expect(said.picture.repaired).toBe(false);
    const unsaid = await read(
      write({ pixels: { fragments: [grey] } }, EXPLICIT),
    );
    expect(unsaid.picture.repaired).toBe(true);
  });

  it.each([
    ["fragments under Explicit VR", { fragments: [jpeg] }, EXPLICIT],
    ["a bare stream under Explicit VR", jpeg, EXPLICIT],
    ["a bare stream under JPEG", jpeg, JPEG_BASELINE],
    ["JPEG under JPEG 2000", { fragments: [jpeg] }, "1.2.840.10008.1.2.4.90"],
    ["JPEG under RLE", { fragments: [jpeg] }, "1.2.840.10008.1.2.5"],
  ])("reads %s", async (_, pixels, syntax) => {
    const result = await read(write({ pixels }, syntax));
    expect(worst(result.pixels, grey)).toBeLessThanOrEqual(3);
    expect(result.picture.repaired).toBe(true);
  });

  it("reads native pixels in fragments", async () => {
    const { pixels } = await read(
      write({ pixels: { fragments: [grey] } }, EXPLICIT),
    );
    expect(pixels).toEqual(Uint16Array.from(grey));
  });

  it("does without the offset table item", async () => {
    const bytes = write({ pixels: { fragments: [jpeg] } }, JPEG_BASELINE);
    const table = Buffer.from("feff00e000000000", "hex");
    const at = bytes.lastIndexOf(
      Buffer.concat([table, Buffer.from("feff00e0", "hex")]),
    );
    const cut = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 8)]);
    const { pixels, picture } = await read(cut);
    expect(worst(pixels, grey)).toBeLessThanOrEqual(3);
    expect(picture.repaired).toBe(true);
  });

  it("says what is wrong where neither can be", async () => {
    const outcome = read(write({ pixels: grey.subarray(9) }, JPEG_LS));
    await expect(outcome).rejects.toMatchObject({
      code: "unreadable",
      message: expect.stringContaining("uncompressed"),
    });
  });
});

describe("containers", () => {
  it("never takes an icon of undefined length for the picture", async () => {
    const icon: DicomElement = [
      "00880200",
      "SQ",
      [
        [
          ["00280010", "US", 16],
          ["7FE00010", "OB", { fragments: [jpeg.subarray(0, 90)] }],
        ],
      ],
    ];
    const bytes = writeDicom(
      filmElements({
        rows: SIDE,
        columns: SIDE,
        ...EIGHT,
        pixels: { fragments: [jpeg] },
        more: [icon],
      }),
      { transferSyntax: JPEG_BASELINE, undefinedLengths: true },
    );
    const { pixels } = await read(bytes);
    expect(worst(pixels, grey)).toBeLessThanOrEqual(3);
  });

  it("passes a stray delimiter and a blank value type", async () => {
    const bytes = write({ more: [["00100010", "PN", "DOE^JANE"]] }, EXPLICIT);
    const at = bytes.indexOf(Buffer.from([0x10, 0, 0x10, 0, 0x50, 0x4e]));
    const blank = Buffer.from(bytes);
    blank.fill(" ", at + 4, at + 6);
    const stray = Buffer.concat([
      blank.subarray(0, at),
      Buffer.from("feffdde000000000", "hex"),
      blank.subarray(at),
    ]);
    const { picture, pixels } = await read(stray);
    expect(picture.header.patientName).toBe("DOE, JANE");
    expect(picture.repaired).toBe(true);
    expect(pixels).toEqual(Uint16Array.from(grey));
  });

  it("leaves spare bytes longer than a row, and says so", async () => {
    const padded = Buffer.concat([grey, Buffer.alloc(3 * SIDE)]);
    const { picture, pixels } = await read(write({ pixels: padded }, EXPLICIT));
    expect(pixels).toEqual(Uint16Array.from(grey));
    expect(picture.repaired).toBe(true);
  });
});

describe("colour", () => {
  const rgb = Uint8Array.from(
    { length: 3 * grey.length },
    (_, i) => grey[Math.trunc(i / 3)] ?? 0,
  );
  const neutral = Uint8Array.from({ length: 3 * grey.length }, (_, i) =>
    i % 3 === 0 ? (grey[i / 3] ?? 0) : 128,
  );

  /** A JPEG of three components; sharp writes neither JFIF nor Adobe segment. */
  function silent(samples: Uint8Array): Promise<Buffer> {
    const raw = { width: SIDE, height: SIDE, channels: 3 as const };
    return sharp(samples, { raw })
      .jpeg({ quality: 98, chromaSubsampling: "4:4:4" })
      .toBuffer();
  }

  /** R = G = B coded as they are: a grey JPEG whose scan is there three times. */
  async function untransformed(): Promise<Buffer> {
    const one = await sharp(grey, {
      raw: { width: SIDE, height: SIDE, channels: 1 },
    })
      .toColourspace("b-w")
      .jpeg({ quality: 98 })
      .toBuffer();
    const frameAt = one.indexOf(Buffer.from([0xff, 0xc0]));
    const frame = one.subarray(frameAt + 4, frameAt + 13);
    const scanAt = one.indexOf(Buffer.from([0xff, 0xda]));
    const data = one.subarray(scanAt + 10, one.length - 2);
    const header = Buffer.from([0xff, 0xc0, 0, 17, ...frame.subarray(0, 5), 3]);
    const table = frame[8] ?? 0;
    const ids = [1, 2, 3].flatMap((id) => [id, 0x11, table]);
    const scans = [1, 2, 3].flatMap((id) => [
      Buffer.from([0xff, 0xda, 0, 8, 1, id, 0, 0, 63, 0]),
      data,
    ]);
    return Buffer.concat([
      one.subarray(0, frameAt),
      header,
      Buffer.from(ids),
      one.subarray(frameAt + 13, scanAt),
      ...scans,
      one.subarray(one.length - 2),
    ]);
  }

  it.each(["RGB", "YBR_FULL", "YBR_FULL_422"])(
    "finds grey in YBR coded JPEG that calls itself %s",
    async (photometric) => {
      const pixels = { fragments: [await silent(rgb)] };
      const part = { photometric, samplesPerPixel: 3, pixels };
      const result = await read(write(part, JPEG_BASELINE));
      expect(worst(result.pixels, grey)).toBeLessThanOrEqual(4);
    },
  );

  it("takes components as they are where the header says RGB", async () => {
    // Coded without a transform: green and blue are no colour differences.
    const pixels = { fragments: [await untransformed()] };
    const part = { photometric: "RGB", samplesPerPixel: 3, pixels };
    const result = await read(write(part, JPEG_BASELINE));
    expect(worst(result.pixels, grey)).toBeLessThanOrEqual(4);
  });

  it.each([
    ["YBR_FULL", neutral],
    ["RGB", neutral],
    ["RGB", rgb],
    ["YBR_FULL", rgb],
  ])(
    "finds the grey of native pixels called %s",
    async (photometric, pixels) => {
      const part = { photometric, samplesPerPixel: 3, pixels };
      const result = await read(write(part, EXPLICIT));
      expect(worst(result.pixels, grey)).toBeLessThanOrEqual(1);
    },
  );

  it.each([0, 1, 2])("reads JPEG-LS in interleave mode %i", async (mode) => {
    const stream = readFileSync(
      new URL(
        `../../test-data/dicom/jpeg-ls-rgb-ilv${String(mode)}.jls`,
        import.meta.url,
      ),
    );
    const bytes = writeDicom(
      filmElements({
        rows: 40,
        columns: 48,
        ...EIGHT,
        photometric: "RGB",
        samplesPerPixel: 3,
        pixels: { fragments: [stream] },
      }),
      { transferSyntax: JPEG_LS },
    );
    const picture = await readDicomPicture(bytes, {
      ...DEFAULT_PICTURE_LIMITS,
      minSide: 16,
    });
    // The sample picture's first value is 200 of 12 bits: 12 of 8 bits, with
    // 243 and 6 beside it. 0.299 · 12 + 0.587 · 243 + 0.114 · 6 = 146.9
    expect(picture.words[0]).toBe(147);
    // Column 24, row 20 has 2,560 of 12 bits: 160, 95 and 80 make 112.7.
    expect(picture.words[20 * 48 + 24]).toBe(113);
  });
});
