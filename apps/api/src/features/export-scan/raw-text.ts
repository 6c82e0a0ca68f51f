import { compact, fold } from "./folded-text.ts";
import { LONG, type KnownValues } from "./known-values.ts";
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
/** Letters that are compared in one step before anything else is. */
const QUICK = 4;
/** Each byte as the plain letter or digit that it is, in lower case; 0 for none. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) => {
  const letter = String.fromCharCode(byte).toLowerCase();
  return byte < 128 && /[a-z0-9]/.test(letter) ? letter.charCodeAt(0) : 0;
});
/** Each byte as a text of Latin-1 holds it once folded: none, one or two letters. */
const FOLDED = Array.from({ length: 256 }, (_, byte) =>
  compact(fold(String.fromCharCode(byte))),
);

/**
 * Looks through pixels for long values in plain letters: a writer that wrote
 * text over a row. One pass for each distance between letters, a table of bits
 * for the first four letters; what chance lets through that is held to the
 * first eight before any text is made of it, so that a film takes the same
 * time however many people are in the export.
 */
export class PixelBytes {
  readonly #starts = new Uint8Array(2 ** TABLE_BITS);
  readonly #known: KnownValues;

  constructor(known: KnownValues) {
    this.#known = known;
    for (const start of known.longStarts()) {
      const bytes = Buffer.from(start, "latin1");
      this.#starts[slotOf(bytes.readInt32LE(0))] = 1;
    }
  }

  /** Kinds of the values that stand there, one letter a byte or two. */
  find(pixels: Uint8Array): Set<LeakKind> {
    const kinds = new Set<LeakKind>();
    for (const [stride, phase] of [
      [1, 0],
      [2, 0],
      [2, 1],
    ] as const)
      for (const at of this.#beginnings(pixels, stride, phase)) {
        const slice = pixels.subarray(at, at + SLICE * stride);
        const letters = slice.filter((_, index) => index % stride === 0);
        const text = Buffer.from(letters).toString("latin1");
        for (const kind of this.#known.findInFile(text)) kinds.add(kind);
      }
    return kinds;
  }

  /**
   * Where the first letters of a long value stand. Four plain letters in a row
   * have one at every fourth place, so that only these are looked at until one
   * is a letter.
   */
  #beginnings(pixels: Uint8Array, stride: 1 | 2, phase: 0 | 1): number[] {
    const found: number[] = [];
    const { length } = pixels;
    const step = QUICK * stride;
    const last = (QUICK - 1) * stride;
    for (let post = phase + last; post < length; post += step) {
      if (PLAIN[pixels[post] ?? 0] === 0) continue;
      // The rows of four that have this place in them, the first to the last.
      let from = post;
      while (from - stride > post - step && isPlain(pixels, from - stride))
        from -= stride;
      for (; from <= post; from += stride) {
        const letters = fourFrom(pixels, from, stride);
        if (letters === 0) break;
        if (this.#starts[slotOf(letters)] === 0) continue;
        if (this.#known.hasLongStart(firstLetters(pixels, from, stride)))
          found.push(from);
      }
    }
    return found;
  }
}

function isPlain(pixels: Uint8Array, at: number): boolean {
  return at >= 0 && PLAIN[pixels[at] ?? 0] !== 0;
}

/** Four letters in a row as one number, the first lowest; 0 where one is none. */
function fourFrom(pixels: Uint8Array, from: number, stride: number): number {
  const a = PLAIN[pixels[from] ?? 0] ?? 0;
  const b = PLAIN[pixels[from + stride] ?? 0] ?? 0;
  const c = PLAIN[pixels[from + 2 * stride] ?? 0] ?? 0;
  const d = PLAIN[pixels[from + 3 * stride] ?? 0] ?? 0;
  if (a === 0 || b === 0 || c === 0 || d === 0) return 0;
  return a | (b << 8) | (c << 16) | (d << 24);
}

/** As many folded letters as every long value has, from a place on. */
function firstLetters(
  pixels: Uint8Array,
  from: number,
  stride: number,
): string {
  const end = Math.min(pixels.length, from + SLICE * stride);
  let letters = "";
  for (let at = from; at < end && letters.length < LONG; at += stride)
    letters += FOLDED[pixels[at] ?? 0] ?? "";
  return letters.slice(0, LONG);
}

/** Knuth's multiplicative hash: the upper bits of a product. */
function slotOf(letters: number): number {
  return Math.imul(letters, 0x9e3779b1) >>> (32 - TABLE_BITS);
}
