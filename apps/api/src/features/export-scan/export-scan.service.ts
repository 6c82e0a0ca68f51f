import { createHash } from "node:crypto";
import type { DatabaseClient } from "@lung-iris/prisma";
import { labelRules, MANIFEST_RULES, type ExportModels } from "./cell-rules.ts";
import { checkTable } from "./csv-check.ts";
import { checkDicom } from "./dicom-check.ts";
import {
  checkJson,
  cocoRules,
  contentsRules,
  FORMAT_WORDS,
} from "./json-check.ts";
import { learnValues, modelsOf } from "./known-values.store.ts";
import { KnownValues } from "./known-values.ts";
import { Leaks, type Leak } from "./leak.ts";
import { checkPng } from "./png-check.ts";
import { noteBytes, PixelBytes } from "./raw-text.ts";
import { walkZip, type ZipFileFound } from "./zip-walk.ts";

/** Whether letters stand in a picture file. */
export type FindsText = (picture: Buffer) => Promise<boolean>;

export interface ScanResult {
  /** Places where something stands that may not leave, the first of them. */
  leaks: Leak[];
  /** All such places. */
  total: number;
  files: number;
  /** Values of the database that were looked for. */
  values: number;
}

/** What is known while the files of an archive go by. */
interface Scan {
  known: KnownValues;
  pixels: PixelBytes;
  leaks: Leaks;
  models: ExportModels;
  files: Map<string, { bytes: number; sha256: string }>;
}

/**
 * The second look at a finished export, by code that shares nothing with what
 * wrote it. Two questions of each byte: is it of a kind that an export has
 * (closed lists, field by field), and is it a value that the database knows of
 * somebody. What can be read neither way is a leak too.
 */
export class ExportScanService {
  readonly #client: DatabaseClient;
  readonly #findsText: FindsText;

  constructor(client: DatabaseClient, findsText: FindsText) {
    this.#client = client;
    this.#findsText = findsText;
  }

  /** Scans the archive at `path` that was made of a dataset. */
  async scan(path: string, datasetId: string): Promise<ScanResult> {
    const known = new KnownValues(FORMAT_WORDS);
    await learnValues(this.#client, datasetId, known);
    const models = await modelsOf(this.#client, datasetId);
    return scanArchive(path, { known, models, findsText: this.#findsText });
  }
}

/** Scans an archive for what is known; bytes that cannot be read are a leak. */
export async function scanArchive(
  path: string,
  {
    known,
    models,
    findsText,
  }: {
    known: KnownValues;
    models: ExportModels;
    findsText: FindsText;
  },
): Promise<ScanResult> {
  const leaks = new Leaks();
  const pixels = new PixelBytes(known);
  const scan: Scan = { known, pixels, leaks, models, files: new Map() };
  try {
    for await (const file of walkZip(path, leaks)) {
      // Sums and list name the files before them, and so are last to be read.
      await checkFile(file, scan, findsText);
      const sha256 = createHash("sha256").update(file.bytes).digest("hex");
      scan.files.set(file.path, { bytes: file.bytes.length, sha256 });
      // A plain picture may leave with the very bytes with which it came; its
      // checksum then tells nothing that the picture beside it does not.
      known.forgetChecksum(sha256);
    }
  } catch {
    leaks.add("archive", "form", "UNEXPECTED");
  }
  return {
    leaks: leaks.found,
    total: leaks.total,
    files: scan.files.size,
    values: known.size,
  };
}

async function checkFile(
  { path, shown, bytes }: ZipFileFound,
  scan: Scan,
  findsText: FindsText,
): Promise<void> {
  const { known, leaks, models, files } = scan;
  if (path !== shown) {
    noteBytes(leaks, known, shown, "path", Buffer.from(path), "UNEXPECTED");
    noteBytes(leaks, known, shown, "content", bytes, "UNEXPECTED");
    return;
  }
  try {
    if (path === "labels.csv")
      checkTable(path, bytes, labelRules(models), scan);
    else if (path === "manifest.csv")
      checkTable(path, bytes, MANIFEST_RULES, scan);
    else if (path === "coco.json") checkJson(path, bytes, cocoRules, scan);
    else if (path === "contents.json")
      checkJson(path, bytes, contentsRules(models, files), scan);
    else if (path === "SHA256SUMS") checkSums(path, bytes, scan);
    else if (path.endsWith(".png")) checkPng(path, bytes, scan);
    else checkDicom(path, bytes, scan);
  } catch {
    leaks.add(path, "form", "UNEXPECTED");
  }
  if (/\.(?:png|dcm)$/.test(path) && (await hasText(bytes, findsText)))
    leaks.add(path, "picture", "PICTURE_TEXT");
}

/** A picture that cannot be looked at may hold anything. */
async function hasText(bytes: Buffer, findsText: FindsText): Promise<boolean> {
  try {
    return await findsText(bytes);
  } catch {
    return true;
  }
}

/** One line a file before it: its checksum, two spaces, its path. */
function checkSums(entry: string, bytes: Buffer, scan: Scan): void {
  const expected = [...scan.files]
    .map(([path, { sha256 }]) => `${sha256}  ${path}\n`)
    .join("");
  const text = bytes.toString("latin1");
  if (text === expected) return;
  const known = new Set(expected.split("\n"));
  for (const [at, line] of text.split("\n").entries())
    if (!known.has(line))
      noteBytes(
        scan.leaks,
        scan.known,
        entry,
        `line ${String(at + 1)}`,
        Buffer.from(line, "latin1"),
        "UNEXPECTED",
      );
  if (text !== expected) scan.leaks.add(entry, "form", "UNEXPECTED");
}
