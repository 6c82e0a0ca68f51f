import type { KnownValues } from "./known-values.ts";
import type { LeakKind, Leaks } from "./leak.ts";

const UTF_8 = new TextDecoder("utf-8");
const UTF_16_LE = new TextDecoder("utf-16le");
const UTF_16_BE = new TextDecoder("utf-16be");

/** Bytes as text in every encoding in which a name may have been written. */
function textsOf(bytes: Uint8Array): string[] {
  return [
    UTF_8.decode(bytes),
    Buffer.from(bytes).toString("latin1"),
    ...[UTF_16_LE, UTF_16_BE].flatMap((decoder) => [
      decoder.decode(bytes),
      decoder.decode(bytes.subarray(1)),
    ]),
  ];
}

/** What stands in bytes that nothing vouches for, in whatever encoding. */
export function kindsInBytes(
  known: KnownValues,
  bytes: Uint8Array,
): Set<LeakKind> {
  return new Set(textsOf(bytes).flatMap((text) => [...known.find(text)]));
}

/**
 * Notes something that may not be there at all: as what it is where it is
 * known, as `otherwise` where it is not.
 */
export function noteBytes(
  leaks: Leaks,
  known: KnownValues,
  entry: string,
  place: string,
  bytes: Uint8Array,
  otherwise: LeakKind = "HIDDEN_BYTES",
): void {
  const kinds = kindsInBytes(known, bytes);
  if (kinds.size === 0) leaks.add(entry, place, otherwise);
  for (const kind of kinds) leaks.add(entry, place, kind);
}

/** Bytes of a slice that is looked at where a value may begin. */
const SLICE = 256;
const TABLE_BITS = 20;

/**
 * Looks through pixels for long values in plain letters: a writer that wrote
 * text over a row. One pass, a table of bits for the first four letters.
 */
export class PixelBytes {
  readonly #starts = new Uint8Array(2 ** TABLE_BITS);
  readonly #known: KnownValues;

  constructor(known: KnownValues) {
    this.#known = known;
    for (const start of known.longStarts()) {
      const bytes = Buffer.from(start, "latin1");
      this.#starts[slotOf(bytes.readUInt32LE(0))] = 1;
    }
  }

  /** Kinds of the values that stand there, one letter a byte or two. */
  find(pixels: Uint8Array): Set<LeakKind> {
    const kinds = new Set<LeakKind>();
    for (const stride of [1, 2]) {
      const last = pixels.length - 4 * stride;
      for (let at = 0; at <= last; at += 1) {
        const letters =
          lower(pixels[at]) |
          (lower(pixels[at + stride]) << 8) |
          (lower(pixels[at + 2 * stride]) << 16) |
          (lower(pixels[at + 3 * stride]) << 24);
        if (this.#starts[slotOf(letters)] === 0) continue;
        const slice = pixels.subarray(at, at + SLICE * stride);
        const text = slice.filter((_, index) => index % stride === 0);
        const found = this.#known.findInFile(
          Buffer.from(text).toString("latin1"),
        );
        for (const kind of found) kinds.add(kind);
      }
    }
    return kinds;
  }
}

function lower(byte: number | undefined): number {
  const code = byte ?? 0;
  return code >= 65 && code <= 90 ? code + 32 : code;
}

/** Knuth's multiplicative hash: the upper bits of a product. */
function slotOf(letters: number): number {
  return Math.imul(letters, 0x9e3779b1) >>> (32 - TABLE_BITS);
}
