import { Readable } from "node:stream";

/** Why the store could not do what it was asked. */
export type ObjectStoreErrorCode =
  /** The disk or the quota is full. */
  | "full"
  /** There is no object under the key. */
  | "missing"
  /** The stream went past its limit; nothing was kept. */
  | "too-large"
  /** The sender went away; nothing was kept. */
  | "aborted"
  /** The store itself does not answer. */
  | "unavailable";

/** A typed failure of the object store; the message is safe to show. */
export class ObjectStoreError extends Error {
  override readonly name = "ObjectStoreError";
  readonly code: ObjectStoreErrorCode;

  constructor(
    code: ObjectStoreErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.code = code;
  }
}

/** Whether the store itself is to blame, so that a later try may succeed. */
export function isStoreAway(error: unknown): boolean {
  return (
    error instanceof ObjectStoreError &&
    (error.code === "unavailable" || error.code === "full")
  );
}

/** An inclusive range of bytes, as in HTTP. */
export interface ByteRange {
  start: number;
  end: number;
}

/** What lies under a key. */
export interface StoredObject {
  /** Size of the whole object, whatever range is read. */
  bytes: number;
  stream: Readable;
}

/**
 * Bytes that have arrived whole on this machine's disk and are not yet part
 * of the store. Exactly one of `commit` and `discard` ends them; a second
 * call of either does nothing.
 */
export interface StagedObject {
  readonly sha256: string;
  readonly bytes: number;
  /** A file that may be read until the object is committed or discarded. */
  readonly path: string;
  /** Makes the bytes durable under the key; the same key again is harmless. */
  commit(key: string): Promise<void>;
  discard(): Promise<void>;
}

export interface StageOptions {
  /** Largest size accepted; one byte more is `too-large`. */
  maxBytes?: number;
  signal?: AbortSignal;
  /**
   * For small things that belong to what was accepted already: they may use
   * the space that is kept free for the database.
   */
  mayUseReserve?: boolean;
}

/**
 * Where films, thumbnails and exports lie. Keys are lower-case paths such as
 * `films/ab/cd/abcd…`; an object, once there, never changes.
 */
export interface ObjectStore {
  /** Streams to disk, hashing on the way; memory use does not grow with size. */
  stage(body: Readable, options?: StageOptions): Promise<StagedObject>;
  /** Opens an object; throws `missing` where there is none. */
  read(key: string, range?: ByteRange): Promise<StoredObject>;
  /** The size, or `null` where there is none. */
  size(key: string): Promise<number | null>;
  /** Removes the object; one that is not there is no error. */
  remove(key: string): Promise<void>;
  /** Throws when the store cannot be reached or written to. */
  check(): Promise<void>;
}

const KEY = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;

/** Refuses keys that could leave the store's folder. Throws `TypeError`. */
export function assertObjectKey(key: string): void {
  if (key.length > 512 || !KEY.test(key)) {
    throw new TypeError(`not an object key: ${JSON.stringify(key)}`);
  }
}

/** The key of bytes known by their hash, sharded over 65,536 folders. */
export function hashedKey(prefix: string, sha256: string, suffix = ""): string {
  const shards = `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}`;
  return `${prefix}/${shards}/${sha256}${suffix}`;
}

/**
 * Stores bytes that are in memory; the same key again is harmless. Small things
 * of what was accepted already, unless told otherwise.
 */
export async function putBytes(
  store: ObjectStore,
  key: string,
  bytes: Uint8Array,
  options: StageOptions = { mayUseReserve: true },
): Promise<void> {
  const staged = await store.stage(
    Readable.from([Buffer.from(bytes)]),
    options,
  );
  try {
    await staged.commit(key);
  } finally {
    await staged.discard();
  }
}

/** Reads a small object whole. */
export async function readWhole(
  store: ObjectStore,
  key: string,
): Promise<Buffer> {
  const { stream } = await store.read(key);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
