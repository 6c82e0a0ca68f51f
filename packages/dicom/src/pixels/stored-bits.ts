import type { DataSet } from "../file/data-set.ts";
import { TAG } from "../file/tags.ts";
import type { StoredFrame } from "./frame.ts";
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
  /** True where the header says otherwise. */
  repaired: boolean;
}

/** A depth is believed unless the content needs fewer bits by this many. */
const BELIEVED_SPARE_BITS = 1;
const LEAST_BITS = 8;
/** One reading of the bits must be smoother than the other by this much. */
const SURELY_SMOOTHER = 1.5;
/** Fewer grey values than this are a drawing, not a film. */
const FILM_VALUES = 64;

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
  const border = borderWords(content, stated, hasOverlay(data));
  const picture = content.filter((word) => !border.has(word));
  const deep = withDepthOf(picture, stated, frame, hasOverlay(data));
  const sure = withSignOf(picture, deep, frame);
  const fitted = fittedToContent(picture, sure);
  return {
    ...fitted,
    isPadding: (word) => border.has(word) || tagged(word),
    repaired:
      border.size > 0 ||
      fitted.bits > frame.bitsStored ||
      sure.signed !== frame.signed ||
      shift !== frame.highBit + 1 - frame.bitsStored,
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

/** Overlays may lie in the bits above the picture's (PS3.5 8.1.1). */
export function hasOverlay(data: DataSet): boolean {
  return data.some((tag) => tag >>> 16 >= 0x6000 && tag >>> 16 < 0x6020);
}

/**
 * Words of a painted border that no padding tag names: one or two beyond the
 * stored depth, or the very highest far above all others.
 */
function borderWords(
  used: readonly number[],
  bits: Bits,
  overlay: boolean,
): ReadonlySet<number> {
  if (used.length < FILM_VALUES) return new Set();
  const beyond = overlay ? [] : used.filter((word) => isBeyond(word, bits));
  if (beyond.length > 0) return new Set(beyond.length <= 2 ? beyond : []);
  const highest = used.at(-1) ?? 0;
  const next = used.at(-2) ?? 0;
  const isAllOnes = highest === 2 ** bits.bits - 1 && bits.shift === 0;
  const isAlone = isAllOnes && !bits.signed && next > 0 && next < highest / 8;
  return new Set(isAlone ? [highest] : []);
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
): Bits & { base: number; depth: number } {
  let low = 0;
  let high = 0;
  for (const word of picture) {
    const value = storedValue(word, bits);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const sign = low < 0 ? 1 : 0;
  const needed = Math.max(
    LEAST_BITS,
    sign + Math.ceil(Math.log2(Math.max(high + 1, -low))),
  );
  const lowest = (depth: number): number => -(2 ** (depth - 1));
  if (picture.length === 0 || bits.bits - needed <= BELIEVED_SPARE_BITS) {
    const base = bits.signed ? lowest(bits.bits) : 0;
    return { ...bits, base, depth: bits.bits };
  }
  return { ...bits, base: sign === 1 ? lowest(needed) : 0, depth: needed };
}
