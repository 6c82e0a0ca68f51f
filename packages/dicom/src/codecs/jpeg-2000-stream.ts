/** Markers of ITU-T T.800 table A.2. */
const MARKER = { cod: 0xff52, com: 0xff64, sot: 0xff90, eoc: 0xffd9 } as const;

/** A codestream as decoders like it, and what its headers say. */
export interface TidyCodestream {
  stream: Uint8Array;
  /** True where the components were turned to luma and chroma before coding. */
  hasColourTransform: boolean;
  /** What is missing of it, in words; null for nothing. */
  damage: string | null;
}

/**
 * A JPEG 2000 codestream without what stands between its last tile-part and the
 * end marker: comments there, and padding, are written by some modalities and
 * are no error to T.800's readers, but one to decoders.
 */
export function tidyJpeg2000(bytes: Uint8Array): TidyCodestream {
  const start = codestreamStart(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = start + 2;
  let hasColourTransform = false;
  while (at + 4 <= bytes.length && view.getUint16(at) !== MARKER.sot) {
    const marker = view.getUint16(at);
    if (marker < 0xff4f) break;
    // SGcod: progression order, layers (2), then the component transform.
    if (marker === MARKER.cod && at + 9 <= bytes.length) {
      hasColourTransform = view.getUint8(at + 8) === 1;
    }
    at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  const end = lastTilePartEnd(view, at);
  if (end === null || end > bytes.length) {
    return {
      stream: bytes,
      hasColourTransform,
      damage: "the compressed picture is cut off",
    };
  }
  const rest = bytes.subarray(end);
  const isPlain = rest[0] === 0xff && rest[1] === 0xd9;
  const stream = isPlain
    ? bytes
    : Buffer.concat([bytes.subarray(0, end), Uint8Array.of(0xff, 0xd9)]);
  return { stream, hasColourTransform, damage: null };
}

/** Where the last tile-part ends by its own length (T.800 A.4.2). */
function lastTilePartEnd(view: DataView, first: number): number | null {
  let at = first;
  let end: number | null = null;
  while (at + 12 <= view.byteLength && view.getUint16(at) === MARKER.sot) {
    const length = view.getUint32(at + 6);
    // Zero: up to the end marker, which is then the last thing there is.
    if (length === 0) return endMarkerBefore(view, view.byteLength);
    if (length < 14) return null;
    at += length;
    end = at;
  }
  return end;
}

function endMarkerBefore(view: DataView, from: number): number | null {
  for (let at = from - 2; at >= Math.max(0, from - 4); at--) {
    if (view.getUint16(at) === MARKER.eoc) return at;
  }
  return null;
}

function codestreamStart(bytes: Uint8Array): number {
  const start = Buffer.from(
    bytes.buffer,
    bytes.byteOffset,
    Math.min(bytes.length, 4096),
  ).indexOf(Buffer.from([0xff, 0x4f, 0xff, 0x51]));
  return Math.max(0, start);
}
