import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { canonicalJson } from "../audit/canonical-json.ts";
import { PassphraseError, masterKey, sealOf } from "./backup-key.ts";
import {
  CONTENTS_FILE,
  SUMMARY_FILE,
  backupFile,
  sealedSummary,
} from "./backup-format.ts";
import type { BackupFile, BackupSummary } from "./backup-format.ts";
import { opening } from "./sealed-stream.ts";

/** The copy cannot be used; the message says what is wrong with which file. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}

/** A copy whose contents list holds; its files are checked by `check`. */
export class CopyReader {
  readonly summary: BackupSummary;
  readonly files: readonly BackupFile[];
  readonly #folder: string;
  readonly #master: Buffer | null;

  private constructor(
    folder: string,
    master: Buffer | null,
    summary: BackupSummary,
    files: readonly BackupFile[],
  ) {
    this.#folder = folder;
    this.#master = master;
    this.summary = summary;
    this.files = files;
  }

  /**
   * @throws BackupError for a folder that is no copy, or half or damaged one;
   *   PassphraseError where it needs a passphrase, or another one.
   */
  static async open(
    folder: string,
    passphrase: string | null,
  ): Promise<CopyReader> {
    const { summary, seal } = await readSummary(folder);
    const master = await keyFor(summary, passphrase);
    if (sealOf(master, canonicalJson(summary)) !== seal) {
      throw master === null
        ? new BackupError(`${SUMMARY_FILE} was changed after it was written.`)
        : new PassphraseError(
            `The passphrase is another one, or ${SUMMARY_FILE} was changed.`,
          );
    }
    const list = { path: CONTENTS_FILE, ...summary.contents };
    const reader = new CopyReader(folder, master, summary, []);
    if ((await reader.#hashOf(CONTENTS_FILE)) !== list.sha256)
      throw new BackupError(`${CONTENTS_FILE} is damaged.`);
    const text = await reader.#textOf(CONTENTS_FILE);
    const files = text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => backupFile.parse(JSON.parse(line)));
    return new CopyReader(folder, master, summary, files);
  }

  /** Reads every file once. Throws BackupError at the first that is damaged. */
  async check(onFile: (file: BackupFile) => void): Promise<void> {
    for (const file of this.files) {
      const found = await stat(join(this.#folder, file.path)).catch(() => null);
      if (found === null)
        throw new BackupError(
          `${file.path} is missing: the copy is not whole.`,
        );
      const isWhole =
        found.size === file.bytes &&
        (await this.#hashOf(file.path)) === file.sha256;
      if (!isWhole) {
        throw new BackupError(
          `${file.path} is damaged: it is not as it was written. Nothing was brought back; use another copy.`,
        );
      }
      onFile(file);
    }
  }

  /** The bytes of a file, decrypted. */
  read(path: string): Readable {
    const source = createReadStream(join(this.#folder, path));
    if (this.#master === null) return source;
    const open = opening(this.#master, path);
    const pieces = open(source);
    return Readable.from(pieces, { objectMode: false });
  }

  async #textOf(path: string): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.read(path)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString("utf8");
  }

  async #hashOf(path: string): Promise<string> {
    const hash = createHash("sha256");
    try {
      await pipeline(createReadStream(join(this.#folder, path)), hash);
    } catch (cause) {
      throw new BackupError(`${path} cannot be read.`, { cause });
    }
    return hash.digest("hex");
  }
}

async function readSummary(folder: string) {
  let text: string;
  try {
    text = await readFile(join(folder, SUMMARY_FILE), "utf8");
  } catch (cause) {
    const isThere = await stat(folder).catch(() => null);
    throw new BackupError(
      isThere === null
        ? `There is no folder ${folder}.`
        : `${folder} has no ${SUMMARY_FILE}: it is no copy, or one that was not finished.`,
      { cause },
    );
  }
  const parsed = sealedSummary.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new BackupError(
    `${SUMMARY_FILE} cannot be read by this version: it is damaged, or a newer version wrote it.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function keyFor(
  { encryption }: BackupSummary,
  passphrase: string | null,
): Promise<Buffer | null> {
  if (encryption === null) return null;
  if (passphrase !== null) return masterKey(passphrase, encryption);
  throw new PassphraseError(
    "The copy is encrypted. Give its passphrase in LUNG_IRIS_BACKUP_PASSPHRASE or with --passphrase-file.",
  );
}
