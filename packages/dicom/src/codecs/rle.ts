import { DicomError } from "../errors.ts";
import type { CodecFrame } from "../pixels/frame.ts";

const HEADER_BYTES = 64;
const MAX_SEGMENTS = 15;

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
): CodecFrame {
  const bytesPerSample = bitsAllocated / 8;
  const starts = segmentStarts(bytes, components * bytesPerSample);
  const area = width * height;
  const samples =
    bytesPerSample === 1
      ? new Uint8Array(area * components)
      : new Uint16Array(area * components);
  for (const [segment, start] of starts.entries()) {
    const end = starts[segment + 1] ?? bytes.length;
    const plane = unpack(bytes.subarray(start, end), area);
    const component = Math.trunc(segment / bytesPerSample);
    const isHighByte = bytesPerSample === 2 && segment % 2 === 0;
    for (let i = 0; i < area; i++) {
      const value = (plane[i] ?? 0) << (isHighByte ? 8 : 0);
      const at = i * components + component;
      samples[at] = (samples[at] ?? 0) | value;
    }
  }
  return { width, height, components, bits: bitsAllocated, samples };
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

/** PackBits (PS3.5 G.3.2): n ≥ 0 copies n + 1 bytes, n < 0 repeats one 1 − n times. */
function unpack(segment: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let to = 0;
  let at = 0;
  while (to < length && at < segment.length) {
    const control = segment[at++] ?? 0;
    if (control === 128) continue;
    if (control < 128) {
      const run = segment.subarray(at, at + control + 1);
      out.set(run.subarray(0, length - to), to);
      at += control + 1;
      to += run.length;
    } else {
      if (at >= segment.length) break;
      out.fill(segment[at++] ?? 0, to, Math.min(length, to + 257 - control));
      to += 257 - control;
    }
  }
  if (to < length) {
    throw broken(`gives ${String(to)} of ${String(length)} bytes`);
  }
  return out;
}

function broken(what: string): DicomError {
  return new DicomError("unreadable", `The RLE pixel data ${what}.`);
}
