import { DicomError } from "../errors.ts";
import { HuffmanTable } from "./huffman.ts";
import { ZIG_ZAG } from "./inverse-dct.ts";

/** Everything before the first scan's entropy-coded data (ITU-T T.81 annex B). */
export interface JpegStream {
  width: number;
  height: number;
  /** Bits a sample. */
  bits: number;
  components: JpegComponent[];
  quantisation: (Float64Array | undefined)[];
  dc: (HuffmanTable | undefined)[];
  ac: (HuffmanTable | undefined)[];
  restartInterval: number;
  scan: JpegScan;
}

/** Tables and frame, as far as they are read. */
export type JpegTables = Omit<JpegStream, "scan">;

export interface JpegComponent {
  id: number;
  /** Sampling factors (T.81 A.1.1). */
  horizontal: number;
  vertical: number;
  /** True where the component has a sample for every pixel. */
  fullSize: boolean;
  quantisation: number;
}

export interface JpegScan {
  components: { id: number; dc: number; ac: number }[];
  /** Lossless: predictor 1 to 7; otherwise start of the spectral band. */
  selection: number;
  /** Last coefficient of the spectral band. */
  selectionEnd: number;
  /** Progressive: bit position of the scan before; 0 in a first scan. */
  highBit: number;
  /** Lossless: low bits that were left out; progressive: bit position. */
  pointTransform: number;
  /** Where the entropy-coded data starts. */
  dataAt: number;
}

export const MARKER = { dht: 0xc4, sos: 0xda, dqt: 0xdb, dri: 0xdd } as const;
const SEQUENTIAL_FRAMES = new Set([0xc0, 0xc1, 0xc3]);

/**
 * Reads tables, frame and scan header up to the first scan.
 *
 * @throws DicomError `unreadable`, or `unsupported-format` for
 *   progressive, hierarchical and arithmetic streams.
 */
export function readJpegStream(bytes: Uint8Array): JpegStream {
  const stream = emptyTables();
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = Math.max(2, word(bytes, at + 2));
    const segment = bytes.subarray(at + 4, at + 2 + length);
    at += 2 + length;
    if (marker === MARKER.sos) {
      return { ...stream, scan: readScan(segment, at) };
    }
    readSegment(marker, segment, stream, SEQUENTIAL_FRAMES);
  }
  throw brokenJpeg("has no scan");
}

/** Tables before the first segment. */
export function emptyTables(): JpegTables {
  return {
    width: 0,
    height: 0,
    bits: 0,
    components: [],
    quantisation: [],
    dc: [],
    ac: [],
    restartInterval: 0,
  };
}

/**
 * Takes over what a segment before a scan says.
 *
 * @throws DicomError `unsupported-format` for a frame that is not in `frames`.
 */
export function readSegment(
  marker: number,
  segment: Uint8Array,
  stream: JpegTables,
  frames: ReadonlySet<number>,
): void {
  if (marker === MARKER.dqt) readQuantisation(segment, stream);
  else if (marker === MARKER.dht) readHuffman(segment, stream);
  else if (marker === MARKER.dri) stream.restartInterval = word(segment, 0);
  else if (frames.has(marker)) readFrame(segment, stream);
  else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xcc) {
    throw new DicomError(
      "unsupported-format",
      `JPEG of process SOF${String(marker - 0xc0)} is not supported.`,
    );
  }
}

function readQuantisation(
  segment: Uint8Array,
  stream: Pick<JpegStream, "quantisation">,
): void {
  let at = 0;
  while (at < segment.length) {
    const head = segment[at++] ?? 0;
    const wide = head >> 4 !== 0;
    const table = new Float64Array(64);
    for (const position of ZIG_ZAG) {
      table[position] = wide ? word(segment, at) : (segment[at] ?? 0);
      at += wide ? 2 : 1;
    }
    stream.quantisation[head & 15] = table;
  }
}

function readHuffman(
  segment: Uint8Array,
  stream: Pick<JpegStream, "dc" | "ac">,
): void {
  let at = 0;
  while (at + 17 <= segment.length) {
    const head = segment[at] ?? 0;
    const counts = segment.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const symbols = segment.subarray(at + 17, at + 17 + total);
    const table = new HuffmanTable(counts, symbols);
    (head >> 4 === 0 ? stream.dc : stream.ac)[head & 15] = table;
    at += 17 + total;
  }
}

function readFrame(segment: Uint8Array, stream: JpegTables): void {
  stream.bits = segment[0] ?? 0;
  stream.height = word(segment, 1);
  stream.width = word(segment, 3);
  const count = segment[5] ?? 0;
  stream.components = Array.from({ length: count }, (_, i) => ({
    id: segment[6 + 3 * i] ?? 0,
    horizontal: (segment[7 + 3 * i] ?? 0) >> 4,
    vertical: (segment[7 + 3 * i] ?? 0) & 15,
    fullSize: segment[7 + 3 * i] === 0x11,
    quantisation: segment[8 + 3 * i] ?? 0,
  }));
}

/** A scan header (T.81 B.2.3). */
export function readScan(segment: Uint8Array, dataAt: number): JpegScan {
  const count = segment[0] ?? 0;
  const components = Array.from({ length: count }, (_, i) => {
    const tables = segment[2 + 2 * i] ?? 0;
    return { id: segment[1 + 2 * i] ?? 0, dc: tables >> 4, ac: tables & 15 };
  });
  return {
    components,
    selection: segment[1 + 2 * count] ?? 0,
    selectionEnd: segment[2 + 2 * count] ?? 0,
    highBit: (segment[3 + 2 * count] ?? 0) >> 4,
    pointTransform: (segment[3 + 2 * count] ?? 0) & 15,
    dataAt,
  };
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** The error of a stream that breaks the rules of JPEG. */
export function brokenJpeg(what: string): DicomError {
  return new DicomError("unreadable", `The JPEG stream ${what}.`);
}
