import type { DataSet } from "../file/data-set.ts";
import { TAG } from "../file/tags.ts";
import type { StoredFrame } from "./frame.ts";
import { FILM_VALUES, mainRun } from "./main-run.ts";
import { overlayGroups } from "./overlay-planes.ts";
import { roughness } from "./roughness.ts";

/** Which bits of a word are the picture, and what they mean. */
export interface StoredBits {
  /** Bits of a word that are the picture's. */
  bits: number;
  /** Bits that the picture's values need; the film's depth. */
  depth: number;
  /** Bits below the picture's. */
  shift: number;
  signed: boolean;
  /** Stored value that becomes film value 0. */
  base: number;
  isPadding: (word: number) => boolean;
  /**
   * The end of the scale at which a word stands that is far off the picture's:
   * letters in the container's highest word, dead pixels; null for the others.
   */
  endOf: (word: number) => "low" | "high" | null;
  /** True where the header says otherwise. */
  repaired: boolean;
  /**
   * True where words just below zero are cut to bright values: numbers of an
   * unsigned picture that fell out of their range.
   */
  cutsBelowZero: boolean;
}

/** A depth is believed unless the content needs fewer bits by this many. */
const BELIEVED_SPARE_BITS = 1;
const LEAST_BITS = 8;
/** One reading of the bits must be smoother than the other by this much. */
const SURELY_SMOOTHER = 1.5;
const WORDS = 65_536;
/** Overlay Data, element of a group 60xx (PS3.3 C.9.2). */
const OVERLAY_DATA = 0x3000;
/** Words beyond the depth that are taken for a painted border. */
const MOST_BORDERS = 2;
/** A border covers at least this part of the frame's edge; letters do not. */
const BORDER_EDGE = 0.25;
/**
 * Content above a base of its own (a film written with an offset) is spread over
 * the scale only where it has at least these bits: below them it may as well be
 * the noise of an exposure with nothing in it.
 */
const LEAST_OFFSET_BITS = 11;

type Bits = Pick<StoredBits, "bits" | "shift" | "signed">;

/**
 * Judges depth, sign and padding by what the words hold: tags promise sixteen
 * bits for twelve, leave the depth out, or say the wrong sign; borders are
 * painted with words that the depth does not know.
 *
 * @param counts how often each of the 65,536 words occurs.
 */
export function judgeStoredBits(
  data: DataSet,
  frame: StoredFrame,
  counts: Uint32Array,
): StoredBits {
  const used = usedWords(counts);
  const shift = usableShift(frame, used.at(-1) ?? 0);
  const stated: Bits = { bits: frame.bitsStored, shift, signed: frame.signed };
  const tagged = taggedPadding(data, stated);
  const content = used.filter((word) => !tagged(word));
  const embedded = hasEmbeddedOverlay(data);
  const far = farWords(content, stated, embedded, counts);
  const isBorder = bordersOf(frame);
  const border = new Set([...far.keys()].filter(isBorder));
  const picture = content.filter((word) => !far.has(word));
  const deep = withDepthOf(picture, stated, frame, embedded);
  const sure = withSignOf(picture, deep, frame);
  const fitted = fittedToContent(picture, sure, counts);
  const ends = new Map([...fitted.ends, ...far]);
  const unpainted = content.filter((word) => !border.has(word));
  return {
    ...fitted,
    isPadding: (word) => border.has(word) || tagged(word),
    endOf: (word) => ends.get(word) ?? null,
    repaired:
      border.size > 0 ||
      [...far.keys()].some((word) => isBeyond(word, stated)) ||
      fitted.bits > frame.bitsStored ||
      sure.signed !== frame.signed ||
      shift !== frame.highBit + 1 - frame.bitsStored,
    cutsBelowZero:
      !embedded &&
      !fitted.signed &&
      unpainted.filter((word) => word >= WORDS - 2 ** fitted.bits).length >
        MOST_BORDERS &&
      fitted.bits < 16,
  };
}

function usedWords(counts: Uint32Array): number[] {
  const used: number[] = [];
  for (let word = 0; word < counts.length; word++) {
    if ((counts[word] ?? 0) > 0) used.push(word);
  }
  return used;
}

/** Value of a stored word: its own bits, with their sign. */
export function storedValue(
  word: number,
  { bits, shift, signed }: Bits,
): number {
  const values = 1 << bits;
  const value = (word >>> shift) & (values - 1);
  return signed && value >= values >> 1 ? value - values : value;
}

/** A high bit that would throw away all but the top of the content is wrong. */
function usableShift(frame: StoredFrame, highest: number): number {
  const shift = frame.highBit + 1 - frame.bitsStored;
  return shift > 0 && highest < 2 ** frame.bitsStored ? 0 : shift;
}

/**
 * Padding is one value or a range (PS3.3 C.7.5.1.1.2). It is compared as a word
 * and as a value, since writers give it either sign.
 */
function taggedPadding(data: DataSet, bits: Bits): (word: number) => boolean {
  const first = data.word(TAG.pixelPaddingValue);
  if (first === undefined) return () => false;
  const second = data.word(TAG.pixelPaddingRangeLimit) ?? first;
  const sign = (word: number): number => (word << 16) >> 16;
  const ends = bits.signed ? [sign(first), sign(second)] : [first, second];
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  return (word) => {
    if (word === first || word === second) return true;
    const value = storedValue(word, bits);
    return value >= low && value <= high;
  };
}

/**
 * True where an overlay has no data of its own: it lies in the bits above the
 * picture's (PS3.5 8.1.1).
 */
function hasEmbeddedOverlay(data: DataSet): boolean {
  return overlayGroups(data).some(
    (group) => !data.has(group * 0x10000 + OVERLAY_DATA),
  );
}

/**
 * Words that stand far off the picture's, with the end at which they stand: one
 * or two beyond the stored depth, or far from all others. They are a border
 * that no padding tag names, letters, or dead pixels.
 */
function farWords(
  used: readonly number[],
  bits: Bits,
  embedded: boolean,
  counts: Uint32Array,
): ReadonlyMap<number, "low" | "high"> {
  if (used.length < FILM_VALUES || embedded) return new Map();
  const beyond = used.filter((word) => isBeyond(word, bits));
  if (beyond.length > 0 && beyond.length <= MOST_BORDERS)
    return new Map(beyond.map((word) => [word, "high"]));
  const wordValue = (word: number): number =>
    bits.signed ? (word << 16) >> 16 : word;
  const values = valuesOfWords(used, wordValue, counts);
  return endsOf(mainRun(values, MOST_BORDERS).strays);
}

interface WordValue {
  word: number;
  value: number;
  count: number;
}

/** Words with what they mean, in ascending order of that. */
function valuesOfWords(
  words: readonly number[],
  valueOf: (word: number) => number,
  counts: Uint32Array,
): WordValue[] {
  return words
    .map((word) => ({ word, value: valueOf(word), count: counts[word] ?? 0 }))
    .sort((a, b) => a.value - b.value);
}

function endsOf(
  strays: readonly { end: "low" | "high"; values: readonly WordValue[] }[],
): Map<number, "low" | "high"> {
  return new Map(
    strays.flatMap(({ end, values }) =>
      values.map(({ word }) => [word, end] as const),
    ),
  );
}

/** Tells whether a word lies along the frame's edge, as painted borders do. */
function bordersOf({
  width,
  height,
  words,
}: StoredFrame): (word: number) => boolean {
  const counts = new Map<number, number>();
  let total = 0;
  const count = (at: number): void => {
    const word = words[at] ?? 0;
    counts.set(word, (counts.get(word) ?? 0) + 1);
    total += 1;
  };
  for (let x = 0; x < width; x++) {
    count(x);
    count((height - 1) * width + x);
  }
  for (let y = 1; y < height - 1; y++) {
    count(y * width);
    count(y * width + width - 1);
  }
  return (word) => (counts.get(word) ?? 0) >= total * BORDER_EDGE;
}

/** True for bits above the depth that are no extension of the sign. */
function isBeyond(word: number, { bits, shift, signed }: Bits): boolean {
  const top = bits + shift;
  const above = word >>> top;
  if (above === 0) return false;
  return !signed || above !== 2 ** (16 - top) - 1;
}

/**
 * Where many words are deeper than stated: the header understates the depth,
 * unless cutting the high bits off gives the smoother picture (an overlay).
 */
function withDepthOf(
  picture: readonly number[],
  stated: Bits,
  frame: StoredFrame,
  overlay: boolean,
): Bits {
  const highest = picture.at(-1) ?? 0;
  if (stated.signed || overlay || !isBeyond(highest, stated)) return stated;
  const deeper = {
    ...stated,
    bits: Math.ceil(Math.log2(highest + 1)) - stated.shift,
  };
  if (picture.length < FILM_VALUES) return deeper;
  const cut = roughness(frame, (word) => storedValue(word, stated));
  const whole = roughness(frame, (word) => storedValue(word, deeper));
  return cut * SURELY_SMOOTHER < whole ? stated : deeper;
}

/** The sign with which neighbours fit together, where the tag's does not. */
function withSignOf(
  picture: readonly number[],
  bits: Bits,
  frame: StoredFrame,
): Bits {
  if (picture.length < FILM_VALUES) return bits;
  const other = { ...bits, signed: !bits.signed };
  const half = 2 ** (bits.bits - 1);
  const value = (word: number): number =>
    (word >>> bits.shift) & (2 * half - 1);
  const isMixed =
    picture.some((word) => value(word) < half) &&
    picture.some((word) => value(word) >= half);
  if (!isMixed) return bits;
  const own = roughness(frame, (word) => storedValue(word, bits));
  const turned = roughness(frame, (word) => storedValue(word, other));
  return turned * SURELY_SMOOTHER < own ? other : bits;
}

/** Depth and base by the content, where the stated depth is far from used. */
function fittedToContent(
  picture: readonly number[],
  bits: Bits,
  counts: Uint32Array,
): Bits & {
  base: number;
  depth: number;
  ends: ReadonlyMap<number, "low" | "high">;
} {
  const values = valuesOfWords(
    picture,
    (word) => storedValue(word, bits),
    counts,
  );
  const { run, strays } = mainRun(values, Infinity);
  const lowest = run[0]?.value ?? 0;
  const low = Math.min(0, lowest);
  const high = Math.max(0, run.at(-1)?.value ?? 0);
  const sign = low < 0 ? 1 : 0;
  const needed = Math.max(
    LEAST_BITS,
    sign + Math.ceil(Math.log2(Math.max(high + 1, -low))),
  );
  const bottom = (depth: number): number => -(2 ** (depth - 1));
  const offset = offsetOf(lowest, high, bits.bits);
  if (picture.length > 0 && offset !== null)
    return { ...bits, ...offset, ends: endsOf(strays) };
  if (picture.length === 0 || bits.bits - needed <= BELIEVED_SPARE_BITS) {
    const base = bits.signed ? bottom(bits.bits) : 0;
    return { ...bits, base, depth: bits.bits, ends: new Map() };
  }
  const base = sign === 1 ? bottom(needed) : 0;
  return { ...bits, base, depth: needed, ends: endsOf(strays) };
}

/**
 * Base and depth of content that lies far above zero in a container of sixteen
 * bits; null where zero is its base.
 */
function offsetOf(
  low: number,
  high: number,
  bits: number,
): { base: number; depth: number } | null {
  const depth = Math.ceil(Math.log2(high - low + 1));
  if (low <= 0 || depth < LEAST_OFFSET_BITS) return null;
  if (bits - depth <= BELIEVED_SPARE_BITS + 1) return null;
  // Twelve bits above 32,768 keep their very values; others begin at their own.
  const floor = low - (low % 2 ** depth);
  return { base: high < floor + 2 ** depth ? floor : low, depth };
}
