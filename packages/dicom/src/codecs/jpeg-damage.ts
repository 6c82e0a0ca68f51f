import { DicomError } from "../errors.ts";
import { BitReader } from "./huffman.ts";
import { ScanGrid } from "./jpeg-blocks.ts";
import { oddQuantisation } from "./jpeg-quantisation.ts";
import {
  emptyTables,
  MARKER,
  readScan,
  readSegment,
  type JpegScan,
  type JpegTables,
} from "./jpeg-stream.ts";
import { findTear } from "./jpeg-tear.ts";
import { inWords } from "./keep-what-can.ts";

/** Huffman processes of T.81 that are walked: baseline, extended, progressive. */
const WALKED_FRAMES = new Set([0xc0, 0xc1, 0xc2]);
const EOI = 0xd9;

/**
 * What is damaged in the entropy-coded data of a JPEG stream, in words; null
 * where all of it is whole.
 *
 * Decoders guess their way through damage: libjpeg warns of a bad code or of
 * bytes left over, but not of values that no picture can have, nor of a scan
 * that found its feet again with every later block too bright. This walks each
 * code of each scan and asks for what T.81 asks of an encoder: every code in
 * its table, every block ended inside its band, DC and AC inside the range of
 * the transform, restart markers in order, a scan that ends with its last bit.
 */
export function findJpegDamage(bytes: Uint8Array): string | null {
  try {
    return walk(bytes);
  } catch (error) {
    if (error instanceof DicomError && error.code === "unreadable") {
      return inWords(error);
    }
    // Arithmetic coding and the like: nothing is known of them here.
    if (error instanceof DicomError) return null;
    throw error;
  }
}

function walk(bytes: Uint8Array): string | null {
  const tables = emptyTables();
  let grid: ScanGrid | null = null;
  let at = 2;
  let ended = false;
  while (!ended && at + 2 <= bytes.length) {
    if (bytes[at] !== 0xff) return `has ${spareBytes(bytes, at)}`;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (marker === EOI) ended = true;
    else if (isStandalone(marker)) at += 2;
    else {
      const length = word(bytes, at + 2);
      if (length < 2 || at + 2 + length > bytes.length) {
        return "is cut off inside a segment";
      }
      const segment = bytes.subarray(at + 4, at + 2 + length);
      at += 2 + length;
      if (marker !== MARKER.sos) {
        readSegment(marker, segment, tables, WALKED_FRAMES);
        continue;
      }
      grid ??= new ScanGrid(tables);
      at = walkScan(bytes, at, tables, grid, readScan(segment, at));
    }
  }
  if (grid === null) return "has no scan";
  return grid.missing() ?? oddQuantisation(tables) ?? findTear(grid.dcMap());
}

function walkScan(
  bytes: Uint8Array,
  dataAt: number,
  tables: JpegTables,
  grid: ScanGrid,
  scan: JpegScan,
): number {
  const bits = new BitReader(bytes, dataAt);
  grid.walk(scan, tables, bits);
  const end = bits.atEnd();
  if (end.overrun) throw broken("ends before its last block");
  if (end.spare > 0) {
    throw broken(`has ${String(end.spare)} bytes after its last block`);
  }
  if (!end.evenFill) throw broken("does not end with its last bit");
  return end.markerAt;
}

function isStandalone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

function spareBytes(bytes: Uint8Array, at: number): string {
  const next = bytes.indexOf(0xff, at);
  const count = (next === -1 ? bytes.length : next) - at;
  return `${String(count)} bytes that belong to nothing`;
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function broken(what: string): DicomError {
  return new DicomError("unreadable", `The JPEG stream ${what}.`);
}
