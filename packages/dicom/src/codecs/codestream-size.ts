import { DicomError } from "../errors.ts";

/** What a compressed picture says of itself in its own header. */
export interface CodestreamSize {
  width: number;
  height: number;
  components: number;
  /** Bits a sample. */
  bits: number;
  /** JPEG start-of-frame marker (0xC0…0xCF, 0xF7 for JPEG-LS); 0 for JPEG 2000. */
  frameMarker: number;
}

const SIZ = 0xff51;
/** Markers without a segment (ITU-T T.81 table B.1). */
const isStandalone = (marker: number): boolean =>
  marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
/** C4, C8 and CC are tables and a reserved code, not frames. */
const isFrameMarker = (marker: number): boolean =>
  marker === 0xf7 ||
  (marker >= 0xc0 &&
    marker <= 0xcf &&
    marker !== 0xc4 &&
    marker !== 0xc8 &&
    marker !== 0xcc);

/**
 * Size of a JPEG or JPEG-LS stream, read before any decoder sees it.
 *
 * @throws DicomError `unreadable` where there is no frame header.
 */
export function jpegSize(bytes: Uint8Array): CodestreamSize {
  let at = 0;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) break;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (isStandalone(marker)) at += 2;
    else if (isFrameMarker(marker) && at + 10 <= bytes.length) {
      return {
        bits: bytes[at + 4] ?? 0,
        height: word(bytes, at + 5),
        width: word(bytes, at + 7),
        components: bytes[at + 9] ?? 0,
        frameMarker: marker,
      };
    } else at += 2 + Math.max(2, word(bytes, at + 2));
  }
  throw new DicomError(
    "unreadable",
    "The compressed pixel data has no JPEG frame header.",
  );
}

/**
 * True for a JPEG-LS stream of several components whose first scan holds one
 * (ITU-T T.87 C.2.3, interleave mode 0): its samples come plane by plane.
 */
export function hasPlanarScans(bytes: Uint8Array): boolean {
  const scan = Buffer.from(
    bytes.buffer,
    bytes.byteOffset,
    bytes.length,
  ).indexOf(Buffer.from([0xff, 0xda]));
  return jpegSize(bytes).components > 1 && bytes[scan + 4] === 1;
}

/**
 * Size of a JPEG 2000 or HTJ2K codestream from its SIZ segment (ITU-T T.800
 * A.5.1); a JP2 box around it, which DICOM forbids and some write, is skipped.
 *
 * @throws DicomError `unreadable` where there is no SIZ segment.
 */
export function jpeg2000Size(bytes: Uint8Array): CodestreamSize {
  const start = findCodestream(bytes);
  if (start === -1 || start + 43 > bytes.length) {
    throw new DicomError(
      "unreadable",
      "The compressed pixel data is no JPEG 2000 codestream.",
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkGrid(view, start);
  return {
    width: view.getUint32(start + 8) - view.getUint32(start + 16),
    height: view.getUint32(start + 12) - view.getUint32(start + 20),
    components: view.getUint16(start + 40),
    bits: (view.getUint8(start + 42) & 0x7f) + 1,
    frameMarker: 0,
  };
}

/** Tiles are numbered by 16 bits (T.800 A.4.2). */
const MOST_TILES = 65_535;

/**
 * Decoders loop for minutes, or without an end, over a grid that no encoder of
 * films makes: components of fewer samples than the picture, tiles of no size.
 */
function checkGrid(view: DataView, start: number): void {
  const components = view.getUint16(start + 40);
  for (let at = 0; at < components; at++) {
    const sampling = start + 43 + 3 * at;
    if (sampling + 2 > view.byteLength) break;
    if (view.getUint16(sampling) !== 0x0101) {
      throw new DicomError(
        "unsupported-format",
        "The components of the JPEG 2000 picture have fewer samples than the picture has pixels.",
      );
    }
  }
  // Across and down: the end of the grid, the size and origin of its tiles.
  const tilesAlong = (axis: 0 | 4): number => {
    const end = view.getUint32(start + 8 + axis);
    const size = view.getUint32(start + 24 + axis);
    const origin = view.getUint32(start + 32 + axis);
    return Math.ceil((end - origin) / size);
  };
  const count = tilesAlong(0) * tilesAlong(4);
  if (!(count >= 1 && count <= MOST_TILES)) {
    throw new DicomError(
      "unreadable",
      "The tiles of the JPEG 2000 picture do not cover it.",
    );
  }
}

function findCodestream(bytes: Uint8Array): number {
  const end = Math.min(bytes.length - 4, 4096);
  for (let at = 0; at <= end; at++) {
    if (word(bytes, at) === 0xff4f && word(bytes, at + 2) === SIZ) return at;
  }
  return -1;
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
