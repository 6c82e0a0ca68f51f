import { isPng } from "./png-damage.ts";

/** IHDR of ISO/IEC 15948 11.2.2: sizes, depth, colour type. */
const IHDR = { width: 16, height: 20, depth: 24, colour: 25 } as const;
/** Samples a pixel by PNG colour type; a palette becomes three. */
const PNG_CHANNELS: Readonly<Record<number, number>> = {
  0: 1,
  2: 3,
  3: 3,
  4: 2,
  6: 4,
};
/** Rows stand among the first elements of a DICOM file; icons may stand before. */
const HEADER_BYTES = 256 * 1024;

/**
 * Bytes that a film takes when decoded, by what its header claims, without
 * decoding any of it; infinite where nothing can be found. It only decides when
 * a film gets its turn: the decoder holds the real limits.
 */
export function decodedBytes(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isPng(bytes)) return pngBytes(view);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpegBytes(view);
  return dicomBytes(bytes);
}

function pngBytes(view: DataView): number {
  if (view.byteLength <= IHDR.colour) return Infinity;
  const samples = PNG_CHANNELS[view.getUint8(IHDR.colour)] ?? 4;
  const bytesPerSample = view.getUint8(IHDR.depth) === 16 ? 2 : 1;
  const area = view.getUint32(IHDR.width) * view.getUint32(IHDR.height);
  return area * samples * bytesPerSample;
}

/** From the first frame header, ITU-T T.81 B.2.2. */
function jpegBytes(view: DataView): number {
  let at = 2;
  while (at + 10 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const isFrame =
      marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      const area = view.getUint16(at + 5) * view.getUint16(at + 7);
      return area * view.getUint8(at + 9);
    }
    at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return Infinity;
}

/** The largest rows and columns that stand there, two bytes a pixel. */
function dicomBytes(bytes: Uint8Array): number {
  const head = Buffer.from(
    bytes.buffer,
    bytes.byteOffset,
    Math.min(bytes.length, HEADER_BYTES),
  );
  const area = largest(head, 0x10) * largest(head, 0x11);
  return area > 0 ? area * 2 : Infinity;
}

/** Largest value of (0028,00xx) in either byte order; its value is at byte 8 in all. */
function largest(head: Buffer, element: number): number {
  let most = 0;
  for (const tag of [
    Buffer.from([0x28, 0x00, element, 0x00]),
    Buffer.from([0x00, 0x28, 0x00, element]),
  ]) {
    const isLittle = tag[0] === 0x28;
    for (
      let at = head.indexOf(tag);
      at !== -1 && at + 10 <= head.length;
      at = head.indexOf(tag, at + 1)
    ) {
      const value = isLittle
        ? head.readUInt16LE(at + 8)
        : head.readUInt16BE(at + 8);
      most = Math.max(most, value);
    }
  }
  return most;
}
