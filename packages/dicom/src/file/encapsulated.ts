import { DicomError } from "../errors.ts";
import { TAG } from "./tags.ts";

/** Fragments are 64 KiB or a frame each; more than this is an attack. */
const MAX_FRAGMENTS = 65_536;
const ITEM_TAGS: ReadonlySet<number> = new Set([
  TAG.item,
  TAG.sequenceDelimitation,
]);
const SOI_MARKERS = new Set([0xffd8, 0xff4f]);

/**
 * The bytes of the first frame of encapsulated pixel data (PS3.5 A.4): an
 * offset table item, then fragments, any number of which make one frame. A missing table
 * item is done without (`repaired`).
 *
 * @param bytes from the first item to the end of the file.
 * @param frames number of frames the header states.
 * @throws DicomError `unreadable` where the items do not fit the file.
 */
export function firstFrame(
  bytes: Uint8Array,
  frames: number,
): { stream: Uint8Array; repaired: boolean } {
  const { offsets, fragments, repaired } = readItems(bytes);
  const used =
    frames === 1 ? fragments.length : countOfFirst(offsets, fragments, frames);
  const parts = fragments.slice(0, used);
  const [only] = parts;
  if (only === undefined || parts.every((part) => part.length === 0)) {
    throw new DicomError(
      "no-pixels",
      "The DICOM file has pixel data without a single fragment.",
    );
  }
  const stream = parts.length === 1 ? only : Buffer.concat(parts);
  return { stream, repaired };
}

function readItems(bytes: Uint8Array): {
  offsets: number[];
  fragments: Uint8Array[];
  repaired: boolean;
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const items: Uint8Array[] = [];
  let at = 0;
  let isPadded = false;
  const tagAt = (place: number): number =>
    place + 8 > bytes.length
      ? 0
      : view.getUint16(place, true) * 0x10000 + view.getUint16(place + 2, true);
  while (at + 8 <= bytes.length) {
    // A length that leaves out the byte which made its fragment even.
    if (!ITEM_TAGS.has(tagAt(at)) && ITEM_TAGS.has(tagAt(at + 1))) {
      isPadded = true;
      at += 1;
    }
    const tag = tagAt(at);
    const length = view.getUint32(at + 4, true);
    if (tag === TAG.sequenceDelimitation) break;
    if (tag !== TAG.item || items.length > MAX_FRAGMENTS) {
      throw unreadable("are not a list of fragments");
    }
    if (length > bytes.length - at - 8) {
      throw unreadable(
        `are cut off: a fragment claims ${String(length)} bytes, ${String(bytes.length - at - 8)} are left`,
      );
    }
    items.push(bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  const [table, ...fragments] = items;
  // The table may be empty but must be there; a first item that starts as a
  // picture does is one.
  if (table !== undefined && startsPicture(table)) {
    return { offsets: [], fragments: items, repaired: true };
  }
  return { offsets: readOffsets(table), fragments, repaired: isPadded };
}

function startsPicture(bytes: Uint8Array): boolean {
  return SOI_MARKERS.has((bytes[0] ?? 0) * 256 + (bytes[1] ?? 0));
}

function readOffsets(table: Uint8Array | undefined): number[] {
  if (table === undefined) return [];
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  return Array.from({ length: Math.min(2, table.length >> 2) }, (_, i) =>
    view.getUint32(4 * i, true),
  );
}

/** How many fragments the first of several frames has. */
function countOfFirst(
  offsets: readonly number[],
  fragments: readonly Uint8Array[],
  frames: number,
): number {
  const [first, next] = fragments;
  const isOneOfMany =
    first !== undefined &&
    next !== undefined &&
    startsPicture(first) &&
    !startsPicture(next);
  // As many as frames are one each, unless the second goes on with the first.
  if (fragments.length === frames && !isOneOfMany) return 1;
  const second = offsets[1];
  let at = 0;
  for (const [i, fragment] of fragments.entries()) {
    const isSecond =
      second === undefined ? startsPicture(fragment) : at === second;
    if (i > 0 && isSecond) return i;
    at += 8 + fragment.length;
  }
  return fragments.length;
}

function unreadable(what: string): DicomError {
  return new DicomError("unreadable", `The DICOM pixel data ${what}.`);
}
