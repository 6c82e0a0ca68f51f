import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { canonicalJson } from "../audit/canonical-json.ts";
import { sealOf } from "./backup-key.ts";
import { CONTENTS_FILE, SUMMARY_FILE } from "./backup-format.ts";
import type { BackupFile, BackupSummary } from "./backup-format.ts";
import { sealing } from "./sealed-stream.ts";

/** Writes the files of a copy, hashing each on its way to the disk. */
export class CopyWriter {
  readonly #folder: string;
  readonly #master: Buffer | null;
  readonly #lines: string[] = [];
  #bytes = 0;

  /** `master`: the key of an encrypted copy, null for an open one. */
  constructor(folder: string, master: Buffer | null) {
    this.#folder = folder;
    this.#master = master;
  }

  get files(): number {
    return this.#lines.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  async add(
    file: Pick<BackupFile, "kind" | "name" | "path">,
    source: Readable,
  ): Promise<void> {
    const { bytes, sha256 } = await this.#write(file.path, source);
    this.#lines.push(`${canonicalJson({ ...file, bytes, sha256 })}\n`);
    this.#bytes += bytes;
  }

  /** Ends the copy: only now does it count as one. */
  async finish(summary: Omit<BackupSummary, "contents">): Promise<void> {
    const lines = this.#lines;
    const { sha256 } = await this.#write(CONTENTS_FILE, Readable.from(lines));
    const whole: BackupSummary = {
      ...summary,
      contents: { files: lines.length, bytes: this.#bytes, sha256 },
    };
    const seal = sealOf(this.#master, canonicalJson(whole));
    const text = `${JSON.stringify({ summary: whole, seal }, null, 2)}\n`;
    const file = await open(join(this.#folder, SUMMARY_FILE), "wx", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async #write(path: string, source: Readable) {
    const target = join(this.#folder, path);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    const hash = createHash("sha256");
    let bytes = 0;
    const seal = this.#master === null ? passing : sealing(this.#master, path);
    await pipeline(
      source,
      asBuffers,
      seal,
      async function* counted(chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          bytes += chunk.length;
          yield chunk;
        }
      },
      // "wx": nothing that lies there already is ever written over.
      createWriteStream(target, { flags: "wx", mode: 0o600, flush: true }),
    );
    return { bytes, sha256: hash.digest("hex") };
  }
}

async function* passing(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* chunks;
}

async function* asBuffers(
  chunks: AsyncIterable<Buffer | string>,
): AsyncGenerator<Buffer> {
  for await (const chunk of chunks)
    yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}
