/** Markers of ITU-T T.800 table A.2. */
const MARKER = {
  cod: 0xff52,
  coc: 0xff53,
  sot: 0xff90,
  eoc: 0xffd9,
} as const;

/** Bits of the code-block style (T.800 table A.19). */
const STYLE = {
  bypass: 0x01,
  endEachPass: 0x04,
  predictableEnd: 0x10,
} as const;
/** What OpenJPEG writes of a block whose code ends elsewhere than the block. */
const STRAY_END = "PTERM check failure";

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

/**
 * A copy of a codestream that asks a decoder to look where the arithmetic code
 * of each block ends: with the style "predictable termination" OpenJPEG says
 * which blocks leave bytes over or run out of them, and reads them no
 * otherwise. A changed bit sends the code astray, which then ends elsewhere.
 *
 * @returns null where that can not be asked: blocks of many code words each
 *   (arithmetic bypass, an end after each pass), or components with a style of
 *   their own.
 */
export function askForEnds(stream: Uint8Array): Uint8Array | null {
  const view = new DataView(
    stream.buffer,
    stream.byteOffset,
    stream.byteLength,
  );
  let at = codestreamStart(stream) + 2;
  let style = -1;
  while (at + 14 <= stream.length && view.getUint16(at) !== MARKER.sot) {
    const marker = view.getUint16(at);
    if (marker < 0xff4f || marker === MARKER.coc) return null;
    if (marker === MARKER.cod) style = at + 12;
    at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  const value = stream[style];
  if (value === undefined) return null;
  if ((value & (STYLE.bypass | STYLE.endEachPass)) !== 0) return null;
  const asked = Uint8Array.from(stream);
  asked[style] = value | STYLE.predictableEnd;
  return asked;
}

/** What a decoder's notes on `askForEnds` say is damaged, or null. */
export function strayBlocks(notes: readonly string[]): string | null {
  const count = notes.filter((note) => note.includes(STRAY_END)).length;
  return count === 0
    ? null
    : `the code of ${String(count)} blocks does not end where they do`;
}

/** Where the codestream begins, behind the boxes of a file if there are any. */
export function codestreamStart(bytes: Uint8Array): number {
  const start = Buffer.from(
    bytes.buffer,
    bytes.byteOffset,
    Math.min(bytes.length, 4096),
  ).indexOf(Buffer.from([0xff, 0x4f, 0xff, 0x51]));
  return Math.max(0, start);
}
