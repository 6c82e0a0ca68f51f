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

/** A reader has a thread a core; a few more wait behind them. */
const MOST_LOOKS = 16;
const MOST_BYTES_AHEAD = 128 * 2 ** 20;

/** Told how many files of an archive were looked at so far. */
export type OnFile = (files: number) => Promise<void>;

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

  /**
   * Scans the archive at `path` that was made of a dataset.
   *
   * @param onFile told after each file how many were looked at.
   */
  async scan(
    path: string,
    datasetId: string,
    onFile?: OnFile,
  ): Promise<ScanResult> {
    const known = new KnownValues(FORMAT_WORDS);
    await learnValues(this.#client, datasetId, known);
    const models = await modelsOf(this.#client, datasetId);
    const findsText = this.#findsText;
    return scanArchive(path, { known, models, findsText, onFile });
  }
}

/** Scans an archive for what is known; bytes that cannot be read are a leak. */
export async function scanArchive(
  path: string,
  {
    known,
    models,
    findsText,
    onFile,
  }: {
    known: KnownValues;
    models: ExportModels;
    findsText: FindsText;
    onFile?: OnFile | undefined;
  },
): Promise<ScanResult> {
  const leaks = new Leaks();
  const pixels = new PixelBytes(known);
  const scan: Scan = { known, pixels, leaks, models, files: new Map() };
  // The look for letters works in other threads, while the next files are read:
  // so many that every thread has one, and no more than fit into memory.
  const looks = new LooksAhead();
  try {
    for await (const file of walkZip(path, leaks)) {
      looks.add(file.bytes.length, lookForText(file, scan, findsText));
      // Sums and list name the files before them, and so are last to be read.
      checkFile(file, scan);
      const sha256 = createHash("sha256").update(file.bytes).digest("hex");
      scan.files.set(file.path, { bytes: file.bytes.length, sha256 });
      // A plain picture may leave with the very bytes with which it came; its
      // checksum then tells nothing that the picture beside it does not.
      known.forgetChecksum(sha256);
      await looks.untilThereIsRoom();
      await onFile?.(scan.files.size).catch((cause: unknown) => {
        throw new NotToldError("progress", { cause });
      });
    }
  } catch (error) {
    if (error instanceof NotToldError) throw error.cause;
    leaks.add("archive", "form", "UNEXPECTED");
  } finally {
    await looks.all();
  }
  return {
    leaks: leaks.found,
    total: leaks.total,
    files: scan.files.size,
    values: known.size,
  };
}

/** Files whose look is not over, and how many more there may be. */
class LooksAhead {
  readonly #looks: { bytes: number; over: Promise<void> }[] = [];

  add(bytes: number, over: Promise<void>): void {
    this.#looks.push({ bytes, over });
  }

  /** Waits for the oldest while there are too many. */
  async untilThereIsRoom(): Promise<void> {
    while (this.#isFull()) await this.#looks.shift()?.over;
  }

  async all(): Promise<void> {
    for (const { over } of this.#looks) await over;
  }

  /** The newest may always be there: the next is read beside it. */
  #isFull(): boolean {
    const { length } = this.#looks;
    const bytes = this.#looks.reduce((sum, look) => sum + look.bytes, 0);
    return length > MOST_LOOKS || (length > 1 && bytes > MOST_BYTES_AHEAD);
  }
}

/** Of the listener, not of the archive. */
class NotToldError extends Error {}

function checkFile({ path, shown, bytes }: ZipFileFound, scan: Scan): void {
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
    else if (path === "coco.json")
      checkJson(path, bytes, cocoRules(models), scan);
    else if (path === "contents.json")
      checkJson(path, bytes, contentsRules(models, files), scan);
    else if (path === "SHA256SUMS") checkSums(path, bytes, scan);
    else if (path.endsWith(".png")) checkPng(path, bytes, scan);
    else checkDicom(path, bytes, scan);
  } catch {
    leaks.add(path, "form", "UNEXPECTED");
  }
}

async function lookForText(
  { path, shown, bytes }: ZipFileFound,
  { leaks }: Scan,
  findsText: FindsText,
): Promise<void> {
  if (path !== shown || !/\.(?:png|dcm)$/.test(path)) return;
  if (await hasText(bytes, findsText))
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
