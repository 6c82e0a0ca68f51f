import { crc32 } from "node:zlib";

const SIGNATURE = "\x89PNG\r\n\x1a\n";
/** Length, type and checksum of a chunk without data. */
const CHUNK_FRAME = 12;

/** True for the bytes of a PNG file. */
export function isPng(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 8)).toString("latin1") === SIGNATURE;
}

/**
 * What is damaged in a PNG file, in words; null where every chunk up to the end
 * has the checksum that was written with it (ISO/IEC 15948, 5.3). Decoders read
 * on over a wrong one.
 */
export function findPngDamage(bytes: Uint8Array): string | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = SIGNATURE.length;
  while (at + CHUNK_FRAME <= bytes.length) {
    const length = view.getUint32(at);
    const end = at + CHUNK_FRAME + length;
    if (end > bytes.length) return "a chunk is cut off";
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const stated = view.getUint32(end - 4);
    if (crc32(bytes.subarray(at + 4, end - 4)) !== stated) {
      return `the checksum of chunk ${type} at byte ${String(at)} is wrong`;
    }
    if (type === "IEND") return null;
    at = end;
  }
  return "the end of the file is missing";
}
