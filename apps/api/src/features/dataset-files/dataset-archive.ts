import { createHash } from "node:crypto";
import { once } from "node:events";
import { PassThrough, type Readable } from "node:stream";
import { ZipArchive } from "archiver";

/** A file of the archive, as the manifest lists it. */
export interface ArchivedFile {
  path: string;
  bytes: number;
  sha256: string;
}

/**
 * A fixed time for every entry: the archive says nothing of when, and the
 * same content gives the same bytes. 1980 is the oldest that ZIP can write.
 */
const ENTRY_DATE = new Date(Date.UTC(1980, 0, 1));

/**
 * Writes a ZIP as a stream, one file at a time, counting and hashing each.
 * The reader of `output` sets the pace; memory holds one file.
 */
export class DatasetArchive {
  readonly files: ArchivedFile[] = [];
  readonly #zip = new ZipArchive({ zlib: { level: 6 } });
  readonly #output = new PassThrough();
  #failure: Error | null = null;

  constructor() {
    this.#zip.on("error", (error) => this.#fail(error));
    this.#zip.on("warning", (error) => this.#fail(error));
    this.#zip.pipe(this.#output);
  }

  get output(): Readable {
    return this.#output;
  }

  /** Adds a file and waits until it is written. */
  async add(path: string, content: Uint8Array | string): Promise<void> {
    if (this.#failure) throw this.#failure;
    const bytes = Buffer.from(content);
    this.files.push({
      path,
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    });
    const written = once(this.#zip, "entry");
    this.#zip.append(bytes, {
      name: path,
      date: ENTRY_DATE,
      mode: 0o644,
      // PNG is compressed already.
      store: path.endsWith(".png"),
    });
    await written;
  }

  /** Adds the list of checksums, in the form that `sha256sum -c` reads. */
  async addChecksums(): Promise<void> {
    const lines = this.files.map(({ path, sha256 }) => `${sha256}  ${path}\n`);
    await this.add("SHA256SUMS", lines.join(""));
  }

  async finish(): Promise<void> {
    await this.#zip.finalize();
    if (this.#failure) throw this.#failure;
  }

  /** Gives up: whoever reads the output sees the error. */
  abort(error: Error): void {
    this.#fail(error);
    this.#zip.abort();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#output.destroy(error);
    // Wakes an `add` that waits for an entry which will never come.
    if (this.#zip.listenerCount("error") > 1) this.#zip.emit("error", error);
  }
}
