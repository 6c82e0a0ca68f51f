import type { CodecFrame } from "../pixels/frame.ts";

/** Samples side by side that are looked at together. */
const STRETCH = 24;
/** Lines that one damaged stretch covers at most; those around it are calm. */
const MOST_LINES = 3;
/** How much rougher a stretch is than the lines above and below it, */
const TIMES_CALM = 6;
/** and how rough at least, as a part of the range. */
const LEAST_ROUGHNESS = 0.3;
/** Different values of a stretch: a dotted line and a rule have two or three. */
const LEAST_VALUES = 16;

/**
 * Where a stretch of one to three lines is noise while the lines above and below
 * it are calm: bytes that were overwritten in a stream that copies them into the
 * picture as they are, with nothing by which they could be checked. Letters and
 * rulers are rough over more lines, and edges and lines have few values. The first
 * and last lines of whole films are often letters that were cut, or nonsense.
 *
 * @returns what was found in words, or null.
 */
export function findNoiseStretch(frame: CodecFrame): string | null {
  const { width, height, samples, components, bits } = frame;
  if (components !== 1 || width < STRETCH || height < 2 * MOST_LINES) {
    return null;
  }
  const least = LEAST_ROUGHNESS * largest(samples, bits);
  const lines = new LineRoughness(frame);
  for (let y = MOST_LINES; y < height - MOST_LINES; y++) {
    const own = lines.of(y);
    for (let x = 0; x + STRETCH <= width; x++) {
      const rough = own[x] ?? 0;
      if (rough < least || !lines.isBetweenCalm(x, y, rough)) continue;
      const from = y * width + x;
      const values = new Set(samples.subarray(from, from + STRETCH));
      if (values.size < LEAST_VALUES) continue;
      return `has a stretch of noise in row ${String(y)}`;
    }
  }
  return null;
}

/** Mean bend (second difference) of the stretch that begins at each column. */
class LineRoughness {
  readonly #frame: CodecFrame;
  /** Lines in turn: no more are looked at together. */
  readonly #kept = new Map<number, Float64Array>();

  constructor(frame: CodecFrame) {
    this.#frame = frame;
  }

  of(y: number): Float64Array {
    const kept = this.#kept.get(y);
    if (kept !== undefined) return kept;
    const { width, samples } = this.#frame;
    const line = y * width;
    const inner = STRETCH - 2;
    const roughness = new Float64Array(width);
    let sum = 0;
    for (let x = 2; x < width; x++) {
      sum += bendAt(samples, line + x);
      if (x - 1 > inner) sum -= bendAt(samples, line + x - inner);
      if (x + 1 >= STRETCH) roughness[x + 1 - STRETCH] = sum / inner;
    }
    this.#kept.set(y, roughness);
    this.#kept.delete(y - 2 * MOST_LINES - 1);
    return roughness;
  }

  /** Whether the lines are calm close above and close below, within one stretch. */
  isBetweenCalm(x: number, y: number, rough: number): boolean {
    const calm = rough / TIMES_CALM;
    const reach = (way: 1 | -1): number => {
      for (let by = 1; by <= MOST_LINES; by++) {
        const line = y + way * by;
        if (line < 0 || line >= this.#frame.height) return Infinity;
        if ((this.of(line)[x] ?? 0) < calm) return by;
      }
      return Infinity;
    };
    return reach(1) + reach(-1) <= MOST_LINES + 1;
  }
}

/** How far the sample before this one is from the line through its neighbours. */
function bendAt(samples: CodecFrame["samples"], at: number): number {
  const before = samples[at - 2] ?? 0;
  const middle = samples[at - 1] ?? 0;
  return Math.abs(before - 2 * middle + (samples[at] ?? 0));
}

/** The range of what is there: twelve bits lie in words of sixteen. */
function largest(samples: CodecFrame["samples"], bits: number): number {
  let most = 0;
  const { length } = samples;
  // By index: an iterator takes three times as long.
  for (let at = 0; at < length; at++) {
    const value = samples[at] ?? 0;
    if (value > most) most = value;
  }
  return Math.min(most, 2 ** bits - 1);
}
