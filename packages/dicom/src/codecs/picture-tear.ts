/** Parts of the range below which a step is within what is allowed anyway. */
const LEAST_STEP = 4 / 255;
/** Larger steps of transformed blocks leave the range, and are found by that. */
const MOST_STEP = 100 / 255;
/** Slope from which rows beside a step may belong to an edge out of focus. */
const BLUR = 8 / 255;
/** Blocks of a window that must step the same way before it is looked at. */
const SAME_SHARE = 0.8;
/** Blocks that must tell anything: those at black or white do not. */
const TELLING_SHARE = 0.5;
/** How alike the steps of one tear are, as a part of the step. */
const EVENNESS = 0.2;
/** How much the picture must vary along a tear for its steps to be told from an edge. */
const LEAST_PROFILE = 8 / 255;

/** Grey samples of a decoded picture and how they were coded. */
export interface CodedPicture {
  width: number;
  height: number;
  samples: Uint8Array | Uint16Array;
  /** Samples from one pixel to the next, of which the first is looked at. */
  channels: number;
  /** Largest value. */
  max: number;
  /** Rows that are coded together: 8 in the JPEG that transforms, 1 in the lossless. */
  unit: 1 | 8;
}

/**
 * Where everything from some place on is brighter or darker than before, by the
 * pixels: the trace of one wrong difference in a stream whose codes recovered.
 * The rows on both sides of the step have the same profile, shifted by the same
 * amount all the way, in a place where the coder starts a new row; an edge in a
 * film (a collimator, a plate) has the profile on one side only.
 *
 * @returns what was found in words, or null.
 */
export function findPictureTear(picture: CodedPicture): string | null {
  const { width, height, max, unit } = picture;
  const columns = Math.trunc(width / 8);
  const rows = Math.trunc(height / unit);
  if (columns < 5 || rows < 4) return null;
  const steps = stepsOf(picture, columns, rows);
  const least = LEAST_STEP * max;
  const up = countBefore(steps, (step) => step > least / 2);
  const down = countBefore(steps, (step) => step < -least / 2);
  const told = countBefore(steps, (step) => !Number.isNaN(step));
  // A lossless tear starts with its line: others end with theirs.
  const stride = unit === 1 ? columns : 1;
  for (let from = columns; from + columns <= steps.length; from += stride) {
    const to = from + columns;
    const telling = countWithin(told, from, to);
    const most = Math.max(
      countWithin(up, from, to),
      countWithin(down, from, to),
    );
    if (telling < TELLING_SHARE * columns || most < SAME_SHARE * telling) {
      continue;
    }
    const step = evenStep(picture, steps, from, columns);
    const size = Math.abs(step) / max;
    if (size < LEAST_STEP || (unit === 8 && size > MOST_STEP)) continue;
    const row = Math.trunc(from / columns) * unit;
    const levels = Math.round(255 * size);
    return `jumps by ${String(levels)} of 255 grey levels from row ${String(row)} on`;
  }
  return null;
}

/** For each eight columns at each coded row's start: the step beyond the slope. */
function stepsOf(
  { width, samples, channels, max, unit }: CodedPicture,
  columns: number,
  rows: number,
): Float64Array {
  const steps = new Float64Array(columns * rows).fill(Number.NaN);
  const eight = new Float64Array(8);
  const line = width * channels;
  const blur = BLUR * max;
  const steepest = unit === 8 ? 1 / 2 : 1;
  for (let row = 1; row < rows; row++) {
    const y = row * unit;
    if (y < 2 || (y + 2) * line > samples.length) continue;
    for (let column = 0; column < columns; column++) {
      let count = 0;
      for (let i = 0; i < 8; i++) {
        const at = y * line + (8 * column + i) * channels;
        const above = samples[at - line] ?? 0;
        const here = samples[at] ?? 0;
        if (isCut(above, max) || isCut(here, max)) continue;
        const before = above - (samples[at - 2 * line] ?? 0);
        const after = (samples[at + line] ?? 0) - here;
        const step = here - above - (before + after) / 2;
        // A blurred edge has its steepest rows side by side; damage has one.
        const slope = Math.max(Math.abs(before), Math.abs(after));
        const isBlur = slope > blur && slope > Math.abs(step) * steepest;
        eight[count++] = isBlur ? 0 : step;
      }
      if (count >= 4) {
        steps[row * columns + column] = medianOfFirst(eight, count);
      }
    }
  }
  return steps;
}

/** The step of a window, if it is the same all along a picture that varies; else 0. */
function evenStep(
  { width, samples, channels, max, unit }: CodedPicture,
  steps: Float64Array,
  from: number,
  columns: number,
): number {
  const window: number[] = [];
  const profile: number[] = [];
  for (let at = from; at < from + columns; at++) {
    const step = steps[at] ?? Number.NaN;
    if (Number.isNaN(step)) continue;
    window.push(step);
    const y = Math.trunc(at / columns) * unit - 1;
    const x = 8 * (at % columns) + 4;
    profile.push(samples[(y * width + x) * channels] ?? 0);
  }
  const step = median(Float64Array.from(window));
  const spread = median(
    Float64Array.from(window, (value) => Math.abs(value - step)),
  );
  const sorted = Float64Array.from(profile).sort();
  const low = sorted[Math.trunc(sorted.length / 10)] ?? 0;
  const high = sorted[Math.trunc((sorted.length * 9) / 10)] ?? 0;
  const varies = high - low >= Math.max(LEAST_PROFILE * max, 4 * spread);
  return varies && spread <= EVENNESS * Math.abs(step) ? step : 0;
}

function isCut(value: number, max: number): boolean {
  return value <= 0 || value >= max;
}

/** How many of the values before each place are so. */
function countBefore(
  values: Float64Array,
  isSo: (value: number) => boolean,
): Int32Array {
  const counts = new Int32Array(values.length + 1);
  for (let i = 0; i < values.length; i++) {
    counts[i + 1] = (counts[i] ?? 0) + (isSo(values[i] ?? Number.NaN) ? 1 : 0);
  }
  return counts;
}

/** How many from one place to another, of what `countBefore` counted. */
function countWithin(counts: Int32Array, from: number, to: number): number {
  return (counts[to] ?? 0) - (counts[from] ?? 0);
}

/** Median of the first few values, which are put in order where they are. */
function medianOfFirst(values: Float64Array, count: number): number {
  for (let i = 1; i < count; i++) {
    const value = values[i] ?? 0;
    let at = i;
    for (; at > 0 && (values[at - 1] ?? 0) > value; at--) {
      values[at] = values[at - 1] ?? 0;
    }
    values[at] = value;
  }
  return values[count >> 1] ?? 0;
}

function median(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[sorted.length >> 1] ?? 0;
}
