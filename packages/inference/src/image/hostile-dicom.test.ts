import { deflateRawSync } from "node:zlib";

import {
  type DicomElement,
  filmElements,
  writeDicom,
  type WrittenFilm,
} from "@lung-iris/dicom/writer";
import { describe, expect, it } from "vitest";

import { chestPixels } from "../../test-data/chest-drawing.ts";
import { InferenceError } from "../errors.ts";
import { decodeFilm } from "./decode-film.ts";
import { seededRandom } from "../metrics/seeded-random.ts";

const SIDE = 32;
const LIMITS = { minSide: 8 };

function film(part: Partial<WrittenFilm> = {}): DicomElement[] {
  return filmElements({
    rows: SIDE,
    columns: SIDE,
    pixels: chestPixels(SIDE, 4095),
    ...part,
  });
}

async function refusal(bytes: Uint8Array): Promise<InferenceError> {
  const outcome = await decodeFilm(bytes, LIMITS).catch(
    (error: unknown) => error,
  );
  if (outcome instanceof InferenceError) return outcome;
  throw new Error("the file was read", { cause: outcome });
}

const encapsulated = (
  transferSyntax: string,
  fragments: Uint8Array[],
  part: Partial<WrittenFilm> = {},
): Buffer =>
  writeDicom(film({ pixelVr: "OB", pixels: { fragments }, ...part }), {
    transferSyntax,
  });

describe("what is no radiograph", () => {
  it.each(["CT", "MR", "US", "PT", "MG", "XA"])(
    "refuses %s and names it",
    async (modality) => {
      const error = await refusal(writeDicom(film({ modality })));
      expect(error.code).toBe("not-a-radiograph");
      expect(error.message).toContain(modality);
    },
  );

  it("refuses a CT by its class where no modality is given", async () => {
    const more: DicomElement[] = [
      ["00080016", "UI", "1.2.840.10008.5.1.4.1.1.2"],
    ];
    const error = await refusal(writeDicom(film({ modality: "", more })));
    expect(error.code).toBe("not-a-radiograph");
  });

  it.each(["DX", "CR", "RG", "OT", ""])(
    "reads modality '%s'",
    async (modality) => {
      const result = await decodeFilm(writeDicom(film({ modality })), LIMITS);
      expect(result.width).toBe(SIDE);
    },
  );

  it.each(["SC", "RF", "XA", "XR"])(
    "reads %s where a person has said that it is a chest film, and says so",
    async (modality) => {
      const bytes = writeDicom(film({ modality }));
      expect((await refusal(bytes)).doubtfulModality).toBe(modality);
      const result = await decodeFilm(bytes, LIMITS, "may-be-overruled");
      expect(result.width).toBe(SIDE);
      expect(result.warnings).toContain("modality-overruled");
    },
  );

  it.each([
    ["CT", "1.2.840.10008.5.1.4.1.1.7"],
    ["SC", "1.2.840.10008.5.1.4.1.1.2"],
    ["", "1.2.840.10008.5.1.4.1.1.4"],
  ])(
    "lets nobody overrule modality '%s' with class %s",
    async (modality, sopClass) => {
      const more: DicomElement[] = [["00080016", "UI", sopClass]];
      const bytes = writeDicom(film({ modality, more }));
      const outcome = await decodeFilm(bytes, LIMITS, "may-be-overruled").catch(
        (error: unknown) => error,
      );
      expect(outcome).toMatchObject({
        code: "not-a-radiograph",
        doubtfulModality: null,
      });
    },
  );

  it("says nothing of a modality that needed no person", async () => {
    const bytes = writeDicom(film({ modality: "CR" }));
    const result = await decodeFilm(bytes, LIMITS, "may-be-overruled");
    expect(result.warnings).not.toContain("modality-overruled");
  });

  it("refuses a palette picture without following its table", async () => {
    const error = await refusal(
      writeDicom(film({ photometric: "PALETTE COLOR" })),
    );
    expect(error.code).toBe("not-a-radiograph");
  });
});

describe("files without pixels", () => {
  it("refuses a header without pixel data", async () => {
    const header = film().filter(([tag]) => tag !== "7FE00010");
    expect((await refusal(writeDicom(header))).code).toBe("no-pixels");
  });

  it("refuses empty pixel data", async () => {
    const error = await refusal(writeDicom(film({ pixels: [] })));
    expect(error.code).toBe("no-pixels");
  });

  it("refuses encapsulated pixel data without a fragment", async () => {
    const error = await refusal(encapsulated("1.2.840.10008.1.2.4.70", []));
    expect(error.code).toBe("no-pixels");
  });
});

describe("headers that lie", () => {
  it.each([
    ["more rows than data", { rows: SIDE + 1 }, "unreadable"],
    ["far fewer rows than data", { rows: SIDE / 2 }, "unreadable"],
    ["no rows", { rows: 0 }, "unreadable"],
    ["65,535 × 65,535 pixels", { rows: 65_535, columns: 65_535 }, "too-large"],
    ["a side of 20,000", { rows: 20_000, columns: 100 }, "too-large"],
    ["two columns", { columns: 2 }, "too-small"],
    [
      "32 bits allocated",
      {
        bitsAllocated: 32,
        bitsStored: 32,
        pixels: new Uint8Array(4 * SIDE * SIDE),
      },
      "unreadable",
    ],
    ["seven samples a pixel", { samplesPerPixel: 7 }, "unreadable"],
    ["an unknown kind of colour", { photometric: "CMYK" }, "unreadable"],
  ])("refuses %s", async (_, part, code) => {
    expect((await refusal(writeDicom(film(part)))).code).toBe(code);
  });

  it("refuses an element that claims more bytes than the file has", async () => {
    const bytes = writeDicom(film());
    // The length of the pixel data, the last element, is before its value.
    bytes.writeUInt32LE(0x7ffffff0, bytes.length - 2 * SIDE * SIDE - 4);
    const error = await refusal(bytes);
    expect(error.code).toBe("unreadable");
    expect(error.message).toContain("(7FE0,0010)");
  });

  it("shows the one frame of a million that is there, and says so", async () => {
    const more: DicomElement[] = [["00280008", "IS", "1000000"]];
    const result = await decodeFilm(writeDicom(film({ more })), LIMITS);
    expect([...result.pixels]).toEqual(chestPixels(SIDE, 4095));
    expect(result.warnings).toEqual([
      "several-frames-first-used",
      "header-repaired",
    ]);
  });

  it("refuses an unknown transfer syntax and says which are read", async () => {
    const error = await refusal(
      writeDicom(film(), { transferSyntax: "1.2.840.10008.1.2.4.100" }),
    );
    expect(error.code).toBe("unsupported-format");
    expect(error.message).toContain("JPEG 2000");
  });
});

describe("bombs", () => {
  it("stops inflating at the limit", async () => {
    const meta = writeDicom([], { transferSyntax: "1.2.840.10008.1.2.1.99" });
    const bomb = deflateRawSync(Buffer.alloc(32 * 2 ** 20));
    const start = meta.subarray(
      0,
      meta.length - deflateRawSync(Buffer.alloc(0)).length,
    );
    const outcome = await decodeFilm(Buffer.concat([start, bomb]), {
      ...LIMITS,
      maxInflatedBytes: 2 ** 20,
    }).catch((error: unknown) => error);
    expect(outcome).toMatchObject({ code: "too-large" });
  });

  it("refuses ten thousand nested sequences", async () => {
    const open = Buffer.concat([
      Buffer.from([0x08, 0x00, 0x40, 0x11]),
      Buffer.from("SQ\0\0"),
      Buffer.from([0xff, 0xff, 0xff, 0xff]),
      Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff, 0xff, 0xff]),
    ]);
    const meta = writeDicom([]);
    const nest = Array.from({ length: 10_000 }, () => open);
    const error = await refusal(Buffer.concat([meta, ...nest]));
    expect(error.message).toContain("nests");
  });

  it("refuses a flood of elements", async () => {
    const meta = writeDicom([]);
    const empty = Buffer.from([0x09, 0, 0x01, 0, 0x4c, 0x4f, 0, 0]);
    const flood = Buffer.alloc(empty.length * 120_000, empty);
    const error = await refusal(Buffer.concat([meta, flood]));
    expect(error.message).toContain("elements");
  });

  it("refuses a JPEG that is larger than its header says", async () => {
    // SOF0: 8 bits, 60,000 × 60,000, one component.
    const stream = Buffer.from(
      "ffd8ffc0000b08ea60ea6001011100ffda0008010100003f00",
      "hex",
    );
    const error = await refusal(
      encapsulated("1.2.840.10008.1.2.4.50", [stream]),
    );
    expect(error.message).toContain("60000 × 60000");
  });

  it("refuses a JPEG 2000 stream that is larger than its header says", async () => {
    const siz = Buffer.alloc(51);
    siz.writeUInt32BE(0xff4fff51, 0);
    siz.writeUInt32BE(0xffffffff, 8);
    siz.writeUInt32BE(0xffffffff, 12);
    // One tile of the same size: the grid itself is sound.
    siz.writeUInt32BE(0xffffffff, 24);
    siz.writeUInt32BE(0xffffffff, 28);
    const error = await refusal(encapsulated("1.2.840.10008.1.2.4.90", [siz]));
    expect(error.message).toContain("4294967295");
  });
});

describe("broken compressed data", () => {
  it("refuses fragments that run past the end of the file", async () => {
    const bytes = encapsulated("1.2.840.10008.1.2.5", [Buffer.alloc(64)]);
    const error = await refusal(bytes.subarray(0, bytes.length - 30));
    expect(error.message).toContain("cut off");
  });

  it.each([
    ["an empty header", Buffer.alloc(64)],
    ["too short for a header", Buffer.alloc(10)],
    ["a segment outside the data", rleHeader(2, [64, 9999])],
    ["segments in the wrong order", rleHeader(2, [66, 64])],
    ["segments that end early", rleHeader(2, [64, 66])],
  ])("refuses RLE data with %s", async (_, stream) => {
    const error = await refusal(encapsulated("1.2.840.10008.1.2.5", [stream]));
    expect(error.code).toBe("unreadable");
  });

  it("refuses compressed data that is said not to be compressed", async () => {
    const fragments = [Buffer.alloc(64)];
    const error = await refusal(encapsulated("1.2.840.10008.1.2.1", fragments));
    expect(error.message).toContain("fragments");
  });
});

function rleHeader(segments: number, starts: number[]): Buffer {
  const header = Buffer.alloc(70);
  header.writeUInt32LE(segments, 0);
  for (const [i, start] of starts.entries()) {
    header.writeUInt32LE(start, 4 + 4 * i);
  }
  return header;
}

describe("any damage at all", () => {
  const good = writeDicom(film());

  it("gives a typed refusal wherever the file is cut off", async () => {
    for (let length = 0; length < good.length - 1; length += 53) {
      expect(await refusal(good.subarray(0, length))).toBeInstanceOf(
        InferenceError,
      );
    }
  });

  it("gives a film or a typed refusal for 400 files with flipped bytes", async () => {
    const random = seededRandom(7);
    let read = 0;
    for (let i = 0; i < 400; i++) {
      const bytes = Buffer.from(good);
      // Headers, not pixels: the first 400 bytes hold all of them.
      for (let flips = 0; flips < 3; flips++) {
        bytes[128 + Math.trunc(random() * 272)] = Math.trunc(random() * 256);
      }
      const outcome = await decodeFilm(bytes, LIMITS).catch(
        (error: unknown) => error,
      );
      if (outcome instanceof InferenceError) continue;
      expect(outcome).toMatchObject({ format: "dicom" });
      read += 1;
    }
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(400);
  });
});
