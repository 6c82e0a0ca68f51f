import { createHash, randomUUID } from "node:crypto";
import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir, open, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { Transform, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ObjectStoreError, type StageOptions } from "./object-store.ts";

/** A file that arrived whole, with what was learnt on the way. */
export interface StagedFile {
  path: string;
  sha256: string;
  bytes: number;
}

/**
 * Kept free on the disk: the database usually lies there too, and loses its
 * footing without space for its log (16 MiB a segment, several of them).
 */
const RESERVED_BYTES = 128 * 2 ** 20;
/** How much may arrive between two looks at the free space. */
const LOOK_EVERY_BYTES = 8 * 2 ** 20;

/** Tells the bytes that this user may still write to the folder's disk. */
export type FreeSpace = (folder: string) => Promise<number>;

async function freeSpaceOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/**
 * Streams a body into a new file of the folder, hashing and counting on the
 * way. On any failure the file is removed before the error is thrown.
 */
export async function stageToFolder(
  folder: string,
  body: Readable,
  options: StageOptions,
  freeSpace: FreeSpace = freeSpaceOf,
): Promise<StagedFile> {
  const path = join(folder, `${randomUUID()}.part`);
  const hash = createHash("sha256");
  let bytes = 0;
  let nextLook = LOOK_EVERY_BYTES;
  const assertSpace = async () => {
    if (options.mayUseReserve === true) return;
    if ((await freeSpace(folder)) < RESERVED_BYTES) throw diskFull();
  };
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (options.maxBytes !== undefined && bytes > options.maxBytes) {
        done(tooLarge(options.maxBytes));
        return;
      }
      hash.update(chunk);
      if (bytes < nextLook) {
        done(null, chunk);
        return;
      }
      nextLook = bytes + LOOK_EVERY_BYTES;
      assertSpace().then(
        () => done(null, chunk),
        (error: unknown) => done(toError(error)),
      );
    },
  });
  let sink: WriteStream | undefined;
  try {
    await mkdir(folder, { recursive: true });
    await assertSpace();
    sink = createWriteStream(path, { flags: "wx", mode: 0o600 });
    await pipeline(
      body,
      counter,
      sink,
      options.signal ? { signal: options.signal } : {},
    );
  } catch (error) {
    // A file that is still being opened would come after its removal.
    if (sink) await closed(sink);
    await rm(path, { force: true });
    throw storeErrorFrom(error);
  }
  return { path, sha256: hash.digest("hex"), bytes };
}

async function closed(stream: WriteStream): Promise<void> {
  if (stream.closed) return;
  const isClosed = new Promise<void>((resolve) => {
    stream.once("close", () => resolve());
  });
  stream.destroy();
  await isClosed;
}

/** Forces a file's or folder's content to the disk. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Turns a file system error into the store's own words. */
export function storeErrorFrom(error: unknown): unknown {
  if (error instanceof ObjectStoreError) return error;
  const code = errorCode(error);
  if (code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG") {
    return diskFull(error);
  }
  if (code === "ENOENT") {
    return new ObjectStoreError("missing", "The stored object is not there.", {
      cause: error,
    });
  }
  if (code === "ABORT_ERR" || code === "ERR_STREAM_PREMATURE_CLOSE") {
    return new ObjectStoreError(
      "aborted",
      "The transfer ended before the film was whole.",
      { cause: error },
    );
  }
  return error;
}

/** Node's `code` of an error, where it has one. */
export function errorCode(error: unknown): string | null {
  if (typeof error !== "object" || error === null) return null;
  const code: unknown = Reflect.get(error, "code");
  return typeof code === "string" ? code : null;
}

function diskFull(cause?: unknown): ObjectStoreError {
  return new ObjectStoreError(
    "full",
    "The storage is full. Free some space, then send the film again.",
    { cause },
  );
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function tooLarge(maxBytes: number): ObjectStoreError {
  const limit = Math.round(maxBytes / 1024 / 1024);
  return new ObjectStoreError(
    "too-large",
    `The film is larger than ${limit} MB, the most that is accepted.`,
  );
}
