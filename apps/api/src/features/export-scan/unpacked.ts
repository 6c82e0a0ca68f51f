import { inflateRawSync, inflateSync, type ZlibOptions } from "node:zlib";

/** Unpacked bytes, and whether the packed ones go on behind their end. */
export interface Unpacked {
  bytes: Buffer;
  hasMore: boolean;
}

/** Undoes deflate, with zlib's frame or without. Throws of broken data. */
export function unpacked(
  packed: Buffer,
  form: "raw" | "framed",
  maxOutputLength: number,
): Unpacked {
  const inflate: (bytes: Buffer, options: ZlibOptions) => unknown =
    form === "raw" ? inflateRawSync : inflateSync;
  // With `info` the answer is of this shape, which Node's types do not know.
  const { buffer, engine } = inflate(packed, {
    info: true,
    maxOutputLength,
  }) as { buffer: Buffer; engine: { bytesWritten: number } };
  return { bytes: buffer, hasMore: engine.bytesWritten < packed.length };
}
