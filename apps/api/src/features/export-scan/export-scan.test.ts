import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { crc32, deflateSync } from "node:zlib";
import { writeDicom, type DicomElement } from "@lung-iris/dicom/writer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cocoJson } from "../dataset-files/coco.ts";
import { DatasetArchive } from "../dataset-files/dataset-archive.ts";
import { scanArchive, type ScanResult } from "./export-scan.service.ts";
import { FORMAT_WORDS } from "./json-check.ts";
import { KnownValues } from "./known-values.ts";

const NAME = "i-0123456789abcdef";
const PICTURE = `images/${NAME}.png`;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "export-scan-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Mrs Nguyễn Thị Bích of the tests, and who read her film. */
function people(): KnownValues {
  const known = new KnownValues(FORMAT_WORDS);
  known.addName(["NGUYỄN", "Thị Bích"]);
  known.addName(["Reader", "Örtel"]);
  known.add("RECORD_NUMBER", "MRN-77001");
  known.add("ACCESSION_NUMBER", "ACC-9900");
  known.add("UID", "1.2.840.99999.7.42");
  known.add("ACCOUNT", "ortel@hospital.example");
  known.addDay(new Date("1957-03-12"));
  known.addText("Spoke with her son about the cough of last week.");
  return known;
}

/** PNG of 16 × 8 pixels of 16 bits, with further chunks and bytes. */
function png(
  more: {
    chunks?: [string, Buffer][];
    tail?: Buffer;
    raw?: Buffer;
    packedTail?: Buffer;
  } = {},
): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(16, 0);
  header.writeUInt32BE(8, 4);
  header[8] = 16;
  const samples = more.raw ?? Buffer.alloc(8 * (1 + 16 * 2), 0);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1A\n", "latin1"),
    chunk("IHDR", header),
    ...(more.chunks ?? []).map(([type, data]) => chunk(type, data)),
    chunk(
      "IDAT",
      Buffer.concat([deflateSync(samples), more.packedTail ?? Buffer.alloc(0)]),
    ),
    chunk("IEND", Buffer.alloc(0)),
    more.tail ?? Buffer.alloc(0),
  ]);
}

const EXPORT = "d-0123456789abcdef";
const UID = "2.25.123456789012345678901234567890123456";
function dicom(
  more: readonly DicomElement[] = [],
  pixels = Buffer.alloc(8),
): Buffer {
  const plain: DicomElement[] = [
    ["00080005", "CS", "ISO_IR 192"],
    ["00080016", "UI", "1.2.840.10008.5.1.4.1.1.1"],
    ["00100010", "PN", "p-0123456789abcdef"],
    ["00280010", "US", 2],
    ["00280011", "US", 2],
    ["00280100", "US", 16],
    ["7FE00010", "OW", pixels],
  ];
  const tags = new Set(more.map(([tag]) => tag));
  const all = [...plain.filter(([tag]) => !tags.has(tag)), ...more];
  return writeDicom(
    all.sort(([a], [b]) => a.localeCompare(b)),
    {
      metaElements: [["00020003", "UI", UID]],
    },
  );
}

async function scanOf(
  files: Readonly<Record<string, string | Buffer>>,
  spoil: (zip: Buffer) => Buffer = (zip) => zip,
  findsText = () => Promise.resolve(false),
  known = people(),
  models: { name: string; sha256: string }[] = [],
): Promise<ScanResult> {
  const path = join(
    folder,
    `${createHash("sha256")
      .update(JSON.stringify(Object.keys(files)) + String(Math.random()))
      .digest("hex")
      .slice(0, 16)}.zip`,
  );
  const archive = new DatasetArchive();
  const written = pipeline(archive.output, createWriteStream(path));
  for (const [name, bytes] of Object.entries(files))
    await archive.add(name, bytes);
  await archive.addChecksums();
  await archive.finish();
  await written;
  await writeFile(path, spoil(await readFile(path)));
  return scanArchive(path, { known, models, findsText });
}

const kinds = ({ leaks }: ScanResult) => new Set(leaks.map(({ kind }) => kind));

describe("the scan of an export", () => {
  it("passes a film, its boxes and its DICOM file", async () => {
    const image = {
      fileName: PICTURE,
      width: 16,
      height: 8,
      case: "c-0123456789abcdef",
      label: "NORMAL",
      grade: "ONE_BLIND",
      boxes: [],
    };
    const result = await scanOf({
      [PICTURE]: png(),
      [`dicom/${NAME}.dcm`]: dicom(),
      "coco.json": cocoJson([image], EXPORT),
    });
    expect(result).toMatchObject({ leaks: [], total: 0, files: 4 });
    expect(result.values).toBeGreaterThan(10);
  });

  it("lets annotations say where they come from, and nothing else", async () => {
    const box = {
      ...{ finding: "effusion", x: 1, y: 2, width: 3, height: 4 },
      ...{ outline: [1, 2, 4, 2, 4, 6], score: null },
    };
    const WEIGHTS = "ab".repeat(32);
    const scanWith = (reader: string, model: string) =>
      scanOf(
        {
          "coco.json": cocoJson(
            [
              {
                ...{ fileName: PICTURE, width: 16, height: 8 },
                ...{ case: "c-0123456789abcdef", label: "NORMAL" },
                grade: "TWO_AGREE",
                boxes: [
                  { ...box, source: "reader", reader, model: null },
                  { ...box, source: "ai", reader: null, model },
                ],
              },
            ],
            EXPORT,
          ),
        },
        undefined,
        undefined,
        people(),
        [{ name: "lung-iris", sha256: WEIGHTS }],
      );
    expect(await scanWith("r-0123456789abcdef", WEIGHTS)).toMatchObject({
      leaks: [],
    });
    const named = await scanWith("Dr Oertel", WEIGHTS);
    expect(named.leaks[0]?.place).toBe("annotations.0.reader");
    const foreign = await scanWith("r-0123456789abcdef", "cd".repeat(32));
    // The place of a field with digits in its name is told as any key's.
    expect(foreign.leaks[0]?.place).toBe("annotations.1.key");
  });

  it("lets sex and age stand only under the option that keeps them", async () => {
    const kept: DicomElement[] = [
      ["00100040", "CS", "F"],
      ["00101010", "AS", "052Y"],
    ];
    const method = (code: string, meaning: string): DicomElement[] => [
      ["00080100", "SH", code],
      ["00080102", "SH", "DCM"],
      ["00080104", "LO", meaning],
    ];
    const profile = method(
      "113100",
      "Basic Application Confidentiality Profile",
    );
    const option = method("113108", "Retain Patient Characteristics Option");
    const scanWith = (methods: DicomElement[][]) =>
      scanOf({
        [`dicom/${NAME}.dcm`]: dicom([...kept, ["00120064", "SQ", methods]]),
      });
    expect(await scanWith([profile, option])).toMatchObject({ leaks: [] });
    expect((await scanWith([profile])).leaks).toEqual([
      expect.objectContaining({ place: "element 00100040" }),
      expect.objectContaining({ place: "element 00101010" }),
    ]);
  });

  it.each([
    ["a name", "Nguyen", "NAME"],
    ["a name in capitals without accents", "NGUYEN^THI^BICH", "NAME"],
    ["a reader's name", "oertel ÖRTEL", "NAME"],
    ["a record number run together", "xMRN77001x", "RECORD_NUMBER"],
    ["a day as DICOM writes it", "19570312", "DATE"],
    ["a day as people write it", "12/03/1957", "DATE"],
    ["a UID", "1.2.840.99999.7.42", "UID"],
    ["an account", "ortel@hospital.example", "ACCOUNT"],
    ["words of a report", "about the cough of", "FREE_TEXT"],
  ])("finds %s in every place that a file has", async (_, value, kind) => {
    const text = Buffer.from(value, "utf8");
    const wide = Buffer.from(value, "utf16le");
    const places: Record<string, ScanResult> = {
      "text chunk": await scanOf({
        [PICTURE]: png({
          chunks: [["tEXt", Buffer.concat([Buffer.from("Comment\0"), text])]],
        }),
      }),
      "own chunk in UTF-16": await scanOf({
        [PICTURE]: png({ chunks: [["prIv", wide]] }),
      }),
      "behind the picture": await scanOf({ [PICTURE]: png({ tail: text }) }),
      path: await scanOf({
        [`images/${value.replaceAll("/", "-")}.png`]: png(),
      }),
      "DICOM element": await scanOf({
        [`dicom/${NAME}.dcm`]: dicom([["00104000", "LT", text]]),
      }),
      "DICOM element that may be there": await scanOf({
        [`dicom/${NAME}.dcm`]: dicom([["00100010", "PN", text]]),
      }),
      "private element": await scanOf({
        [`dicom/${NAME}.dcm`]: dicom([["00091001", "UN", text]]),
      }),
      "nested element": await scanOf({
        [`dicom/${NAME}.dcm`]: dicom([
          ["00400275", "SQ", [[["00400007", "LO", text]]]],
        ]),
      }),
      "behind the DICOM file": await scanOf({
        [`dicom/${NAME}.dcm`]: Buffer.concat([dicom(), text]),
      }),
      cell: await scanOf({ "manifest.csv": `split,${value}\r\n` }),
      "JSON value": await scanOf({
        "coco.json": `${JSON.stringify({ ...(JSON.parse(cocoJson([], EXPORT)) as object), info: { description: value, version: "1.0" } }, null, 1)}\n`,
      }),
      "JSON key": await scanOf({
        "coco.json": `${JSON.stringify({ ...(JSON.parse(cocoJson([], EXPORT)) as object), [value]: 1 }, null, 1)}\n`,
      }),
    };
    for (const [place, result] of Object.entries(places)) {
      expect(result.total, place).toBeGreaterThan(0);
      expect([...kinds(result)], place).toContain(kind);
      // Where, never what.
      expect(JSON.stringify(result.leaks), place).not.toContain(value);
    }
  });

  it("lets no byte stand that no reader shows", async () => {
    const name = Buffer.from("NGUYEN THI BICH");
    const hidden: Record<string, ScanResult> = {
      "comment of the archive": await scanOf({ [PICTURE]: png() }, (zip) => {
        const spoilt = Buffer.concat([zip, name]);
        spoilt.writeUInt16LE(name.length, zip.length - 2);
        return spoilt;
      }),
      "before the archive": await scanOf({ [PICTURE]: png() }, (zip) =>
        Buffer.concat([name, zip]),
      ),
      "behind the archive": await scanOf({ [PICTURE]: png() }, (zip) =>
        Buffer.concat([zip, name]),
      ),
      "a date of a file": await scanOf({ [PICTURE]: png() }, (zip) => {
        const spoilt = Buffer.from(zip);
        spoilt.writeUInt16LE(0x5a6c, zip.indexOf("PK\x01\x02") + 14);
        return spoilt;
      }),
      "behind the packed samples": await scanOf({
        [PICTURE]: png({ packedTail: name }),
      }),
      "a row too many": await scanOf({
        [PICTURE]: png({ raw: Buffer.alloc(9 * 33) }),
      }),
      preamble: await scanOf({
        [`dicom/${NAME}.dcm`]: Buffer.concat([
          name,
          dicom().subarray(name.length),
        ]),
      }),
      "behind the pixels": await scanOf({
        [`dicom/${NAME}.dcm`]: dicom([], Buffer.alloc(10)),
      }),
      "the same key twice": await scanOf({
        "coco.json": cocoJson([], EXPORT).replace(
          '"licenses"',
          '"licenses": ["NGUYEN"], "licenses"',
        ),
      }),
      "a file of another kind": await scanOf({ "notes.txt": "x" }),
      "not a ZIP": await scanOf({ [PICTURE]: png() }, () => name),
    };
    for (const [place, result] of Object.entries(hidden))
      expect(result.total, place).toBeGreaterThan(0);
  });

  it("finds long values written over samples, a byte or two a letter", async () => {
    for (const encoding of ["latin1", "utf16le"] as const) {
      const raw = Buffer.alloc(8 * 33);
      Buffer.from("Nguyen Thi B", encoding).copy(raw, 40);
      raw[66] = 0;
      const result = await scanOf({
        [PICTURE]: png({
          raw: Buffer.concat([
            raw.subarray(0, 40),
            Buffer.from("NGUYENTHIBICH", encoding),
            raw,
          ]).subarray(0, 8 * 33),
        }),
      });
      expect([...kinds(result)]).toContain("NAME");
    }
  });

  it("holds back a picture with letters, and one that nobody can look at", async () => {
    const found = await scanOf({ [PICTURE]: png() }, undefined, () =>
      Promise.resolve(true),
    );
    expect([...kinds(found)]).toEqual(["PICTURE_TEXT"]);
    const unread = await scanOf({ [PICTURE]: png() }, undefined, () =>
      Promise.reject(new Error("busy")),
    );
    expect([...kinds(unread)]).toEqual(["PICTURE_TEXT"]);
  });
});

describe("the checksum of an original", () => {
  const kindsIn = async (original: string) => {
    const known = people();
    known.add("CHECKSUM", original);
    const files = { [PICTURE]: png(), "labels.csv": `case,${original}\r\n` };
    return [...kinds(await scanOf(files, undefined, undefined, known))];
  };

  it("is a leak, unless the picture leaves with the bytes it came with", async () => {
    expect(await kindsIn("ab".repeat(32))).toContain("CHECKSUM");
    const own = createHash("sha256").update(png()).digest("hex");
    expect(await kindsIn(own)).not.toContain("CHECKSUM");
  });
});

describe("KnownValues", () => {
  it("takes no word of the format and no digits of a checksum for somebody", () => {
    const known = new KnownValues(FORMAT_WORDS);
    known.add("FREE_TEXT", "Pneumonia");
    known.add("RECORD_NUMBER", "12345678");
    const checksum = "ab12345678cd".padEnd(64, "0");
    expect(known.findInFile(`PNEUMONIA,${checksum},0.412345678`)).toEqual(
      new Set(),
    );
    expect(known.findInFile("x,12345678,y")).toEqual(
      new Set(["RECORD_NUMBER"]),
    );
  });

  it("knows a short name as a word alone", () => {
    const known = new KnownValues();
    known.addName(["Lê", "An Nam"]);
    expect(known.find("annotations, names")).toEqual(new Set());
    expect(known.find("patient: NAM")).toEqual(new Set(["NAME"]));
  });
});
