import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { deserialize, serialize } from "node:v8";

import type { Film, FilmInfo } from "../types.ts";
import { describeFilm } from "./describe-film.ts";

/**
 * A decoded film on the disk, for whoever needs its pixels next and would have
 * to decode it anew. Only ever read by the same program on the same machine:
 * the samples lie as they do in memory, those of 8 bits a byte each.
 */

/** Length of what stands before the samples; its own length is even. */
const LENGTH_BYTES = 4;
/** Larger ones are seldom, and decoded again: they would fill the disk. */
const MOST_BYTES = 64 * 2 ** 20;

/**
 * Puts a film there, whole or not at all. False where it is too large, or
 * where the disk will not have it: nothing depends on it.
 */
export function keepDecodedFilm(path: string, film: Film): boolean {
  if (film.pixels.byteLength > MOST_BYTES) return false;
  const info = serialize(describeFilm(film));
  const before = Buffer.alloc(LENGTH_BYTES + info.length + (info.length % 2));
  before.writeUInt32LE(info.length);
  info.copy(before, LENGTH_BYTES);
  const samples = isOfBytes(film) ? new Uint8Array(film.pixels) : film.pixels;
  const part = `${path}.part`;
  try {
    writeFileSync(part, before, { mode: 0o600 });
    writeFileSync(part, samples, { flag: "a" });
    renameSync(part, path);
    return true;
  } catch {
    rmSync(part, { force: true });
    return false;
  }
}

/** The film that was kept there; null where none is, or only a piece of one. */
export function readDecodedFilm(path: string): Film | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return null;
  }
  if (bytes.length < LENGTH_BYTES) return null;
  const length = bytes.readUInt32LE();
  const start = LENGTH_BYTES + length + (length % 2);
  if (bytes.length < start) return null;
  // Written by `keepDecodedFilm` alone.
  const info = deserialize(
    bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length),
  ) as FilmInfo;
  const count = info.width * info.height;
  const isBytes = isOfBytes(info);
  if (bytes.length - start !== (isBytes ? count : 2 * count)) return null;
  const pixels = isBytes
    ? new Uint16Array(bytes.subarray(start))
    : new Uint16Array(bytes.buffer, bytes.byteOffset + start, count);
  return { ...info, pixels };
}

function isOfBytes({ maxValue }: Pick<Film, "maxValue">): boolean {
  return maxValue <= 255;
}
