import { DicomError } from "../errors.ts";
import type { CodecFrame } from "../pixels/frame.ts";

const HEADER_BYTES = 64;
const MAX_SEGMENTS = 15;
/** The longest run of bytes that are copied as they are. */
const LONGEST_COPY = 128;
/** Copies in a row that no encoder divides: so few of them are damage. */
const FEW_DIVIDED = 2;

/**
 * RLE Lossless (PS3.5 annex G): one PackBits segment for each byte of a
 * composite pixel, most significant byte first, colour after colour.
 *
 * @throws DicomError `unreadable` where a segment is missing, starts
 *   outside the data, or gives too few bytes.
 */
export function decodeRle(
  bytes: Uint8Array,
  width: number,
  height: number,
  components: number,
  bitsAllocated: 8 | 16,
): { frame: CodecFrame; damage: string | null } {
  const bytesPerSample = bitsAllocated / 8;
  const starts = segmentStarts(bytes, components * bytesPerSample);
  const area = width * height;
  const samples =
    bytesPerSample === 1
      ? new Uint8Array(area * components)
      : new Uint16Array(area * components);
  let damage: string | null = null;
  for (const [segment, start] of starts.entries()) {
    const end = starts[segment + 1] ?? bytes.length;
    const unpacked = unpack(bytes.subarray(start, end), area, width);
    const { plane } = unpacked;
    damage ??= unpacked.damage;
    const component = Math.trunc(segment / bytesPerSample);
    const isHighByte = bytesPerSample === 2 && segment % 2 === 0;
    for (let i = 0; i < area; i++) {
      const value = (plane[i] ?? 0) << (isHighByte ? 8 : 0);
      const at = i * components + component;
      samples[at] = (samples[at] ?? 0) | value;
    }
  }
  const frame = { width, height, components, bits: bitsAllocated, samples };
  return { frame, damage };
}

function segmentStarts(bytes: Uint8Array, expected: number): number[] {
  if (bytes.length < HEADER_BYTES) throw broken("has no header");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(0, true);
  if (count !== expected || count > MAX_SEGMENTS) {
    throw broken(`has ${String(count)} segments, not ${String(expected)}`);
  }
  const starts = Array.from({ length: count }, (_, i) =>
    view.getUint32(4 + 4 * i, true),
  );
  const ascending = starts.every(
    (start, i) =>
      start >= HEADER_BYTES &&
      start < bytes.length &&
      start > (starts[i - 1] ?? 0),
  );
  if (!ascending) throw broken("has segments outside the data");
  return starts;
}

/**
 * PackBits (PS3.5 G.3.2): n ≥ 0 copies n + 1 bytes, n < 0 repeats one 1 − n
 * times. Each row is coded on its own (G.3.1): a damaged count shows as runs
 * that cross the ends of rows where the others do not, as bytes left over, or as
 * a copy that goes on as another before it was full, once or twice in a film.
 */
function unpack(
  segment: Uint8Array,
  length: number,
  width: number,
): { plane: Uint8Array; damage: string | null } {
  const plane = new Uint8Array(length);
  let to = 0;
  let at = 0;
  let crossed = 0;
  let divided = 0;
  let wasShortCopy = false;
  while (to < length && at < segment.length) {
    const control = segment[at++] ?? 0;
    if (control === 128) continue;
    const from = to;
    const isCopy = control < 128;
    if (isCopy && wasShortCopy && from % width !== 0) divided += 1;
    wasShortCopy = isCopy && control + 1 < LONGEST_COPY;
    if (isCopy) {
      const run = segment.subarray(at, at + control + 1);
      plane.set(run.subarray(0, length - to), to);
      at += control + 1;
      to += run.length;
    } else {
      if (at >= segment.length) break;
      plane.fill(segment[at++] ?? 0, to, Math.min(length, to + 257 - control));
      to += 257 - control;
    }
    if (Math.trunc(from / width) !== Math.trunc((to - 1) / width)) crossed += 1;
  }
  if (to < length) {
    throw broken(`gives ${String(to)} of ${String(length)} bytes`);
  }
  const rows = length / width;
  // Some encoders never look at rows; theirs cross nearly everywhere.
  const isOdd = crossed > 0 && crossed < rows / 4;
  // A byte makes the length even; some write an end of 128 before it.
  const isEnd = to === length && segment.length - at <= 2;
  const isDivided = divided > 0 && divided <= FEW_DIVIDED;
  const damage =
    isOdd || isDivided || !isEnd ? "the run lengths do not fit the rows" : null;
  return { plane, damage };
}

function broken(what: string): DicomError {
  return new DicomError("unreadable", `The RLE pixel data ${what}.`);
}
