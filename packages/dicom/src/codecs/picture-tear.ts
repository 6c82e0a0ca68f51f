import { findSlip } from "./picture-slip.ts";
import { findTail } from "./picture-tail.ts";

/** Part of the range below which a step is within what is allowed anyway: a fiftieth. */
const LEAST_STEP = 5 / 255;
/** Larger steps of transformed blocks leave the range, and are found by that. */
const MOST_STEP = 100 / 255;
/** Slope from which rows beside a step may belong to an edge out of focus. */
const BLUR = 8 / 255;
/** Blocks of a window that must step the same way before it is looked at. */
const SAME_SHARE = 0.8;
/**
 * The same where the window starts inside a row and the rest of both rows does
 * not step: no edge leaps up by a row of blocks on its way across the film.
 */
const SAME_SHARE_IN_QUIET = 0.75;
/** Of such a window, blocks that are neither cut nor blurred. */
const CLEAR_SHARE = 0.4;
/** Such a step stands out of the usual ones by so much, */
const TIMES_USUAL = 4;
/** (by twice that where letters, borders and collimators are,) */
const OUTER_PART = 1 / 8;
/** and its blocks differ by no more than they do anyhow, or by such a part. */
const TIMES_USUAL_SPREAD = 2;
const LEAST_EVENNESS = 0.35;
const OUTER_EVENNESS = 0.12;
/** Blocks of the rest that may step as well, by what else the picture shows. */
const QUIET_SHARE = 0.25;
/** Blocks that must tell anything: those at black or white do not. */
const TELLING_SHARE = 0.5;
/** Lines of nonsense between the film before and after a wrong difference. */
const GAPS = { 1: [0, 1, 2], 8: [0] } as const;
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
  const { width, height, unit } = picture;
  const columns = Math.trunc(width / 8);
  const rows = Math.trunc(height / unit);
  if (columns < 5 || rows < 4) return null;
  for (const gap of GAPS[unit]) {
    const found = tearWithGap(picture, columns, rows, gap);
    if (found !== null) return found;
  }
  return unit === 8 ? (findSlip(picture) ?? findTail(picture)) : null;
}

/**
 * The same from some column on: where the first line of a lossless picture has a
 * wrong difference and the others are told from the line above (predictors other
 * than the first), everything on its right is brighter or darker.
 */
export function findUprightTear(picture: CodedPicture): string | null {
  const { width, height, samples, channels } = picture;
  const turned = new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      turned[x * height + y] = samples[(y * width + x) * channels] ?? 0;
    }
  }
  const found = findPictureTear({
    ...picture,
    width: height,
    height: width,
    samples: turned,
    channels: 1,
  });
  return found === null ? null : found.replace(" row ", " column ");
}

/** Steps at the start of each coded row, with what was counted of them. */
interface Steps {
  picture: CodedPicture;
  columns: number;
  /** NaN where nothing is told; 0 where an edge is out of focus. */
  values: Float64Array;
  isBlurred: Uint8Array;
  /** How many before each place step up, step down, tell anything, are blurred. */
  up: Int32Array;
  down: Int32Array;
  told: Int32Array;
  blurred: Int32Array;
  /** Median size of those that are clear. */
  usual: number;
}

function tearWithGap(
  picture: CodedPicture,
  columns: number,
  rows: number,
  gap: number,
): string | null {
  const { max, unit } = picture;
  const steps = stepsOf(picture, columns, rows, gap);
  // A lossless tear starts with its line: others end with theirs.
  const stride = unit === 1 ? columns : 1;
  const { length } = steps.values;
  for (let from = columns; from + columns <= length; from += stride) {
    const together = steppedTogether(steps, from);
    const step = together === 0 ? leapt(steps, from) : together;
    const size = Math.abs(step) / max;
    if (size < LEAST_STEP || (unit === 8 && size > MOST_STEP)) continue;
    const row = (Math.trunc(from / columns) + gap) * unit;
    const levels = Math.round(255 * size);
    return `jumps by ${String(levels)} of 255 grey levels from row ${String(row)} on`;
  }
  return null;
}

/** The step of a window whose blocks nearly all step the same way; else 0. */
function steppedTogether(steps: Steps, from: number): number {
  const { columns, up, down, told } = steps;
  const to = from + columns;
  const telling = countWithin(told, from, to);
  const most = Math.max(countWithin(up, from, to), countWithin(down, from, to));
  if (telling < TELLING_SHARE * columns || most < SAME_SHARE * telling) {
    return 0;
  }
  return evenStep(steps, from);
}

/** The step of a window inside a row beside which both rows are quiet; else 0. */
function leapt(steps: Steps, from: number): number {
  const { picture, columns, up, down, told, blurred, usual } = steps;
  const column = from % columns;
  if (picture.unit === 1 || column < 2 || column > columns - 2) return 0;
  const to = from + columns;
  const clear = countWithin(told, from, to) - countWithin(blurred, from, to);
  if (clear < CLEAR_SHARE * columns) return 0;
  const rising = countWithin(up, from, to);
  const falling = countWithin(down, from, to);
  if (Math.max(rising, falling) < SAME_SHARE_IN_QUIET * clear) return 0;
  // What lies before the window in its first row and after it in its last.
  const own = rising > falling ? up : down;
  const last = Math.min(told.length - 1, to + columns - column);
  const rest =
    countWithin(own, from - column, from) + countWithin(own, to, last);
  if (rest > QUIET_SHARE * columns) return 0;
  const { step, spread } = middle(steps, from, true);
  const size = Math.abs(step);
  const allowed = Math.max(EVENNESS * size, TIMES_USUAL_SPREAD * usual);
  const rows = steps.values.length / columns;
  const row = Math.trunc(from / columns);
  const isOuter = Math.min(row, rows - 2 - row) < OUTER_PART * rows;
  const evenness = isOuter ? OUTER_EVENNESS : LEAST_EVENNESS;
  const isEven = spread <= Math.min(evenness * size, allowed);
  const times = isOuter ? 2 * TIMES_USUAL : TIMES_USUAL;
  return isEven && size >= times * usual ? step : 0;
}

/** For each eight columns at each coded row's start: the step beyond the slope. */
function stepsOf(
  picture: CodedPicture,
  columns: number,
  rows: number,
  gap: number,
): Steps {
  const { width, height, samples, channels, max, unit } = picture;
  const isBlurred = new Uint8Array(columns * rows);
  const steps = new Float64Array(columns * rows).fill(Number.NaN);
  const eight = new Float64Array(8);
  const line = width * channels;
  const blur = BLUR * max;
  const steepest = unit === 8 ? 1 / 2 : 1;
  for (let row = 1; row < rows; row++) {
    const y = row * unit;
    const first = y + gap;
    if (first >= height) break;
    for (let column = 0; column < columns; column++) {
      let count = 0;
      let blurs = 0;
      for (let i = 0; i < 8; i++) {
        const x = (8 * column + i) * channels;
        const above = samples[(y - 1) * line + x] ?? 0;
        const here = samples[first * line + x] ?? 0;
        if (isCut(above, max) || isCut(here, max)) continue;
        // At the picture's first and last line only one side has a slope.
        const isLast = first + 1 >= height;
        const under = isLast
          ? 0
          : (samples[(first + 1) * line + x] ?? 0) - here;
        const before =
          y < 2 ? under : above - (samples[(y - 2) * line + x] ?? 0);
        const after = isLast ? before : under;
        const step = here - above - ((before + after) / 2) * (1 + gap);
        // A blurred edge has its steepest rows side by side; damage has one.
        const slope = Math.max(Math.abs(before), Math.abs(after));
        const isBlur = slope > blur && slope > Math.abs(step) * steepest;
        if (isBlur) blurs += 1;
        eight[count++] = isBlur ? 0 : step;
      }
      if (count < 4) continue;
      steps[row * columns + column] = medianOfFirst(eight, count);
      if (2 * blurs >= count) isBlurred[row * columns + column] = 1;
    }
  }
  const least = LEAST_STEP * max;
  const clear = steps.filter((v, i) => !Number.isNaN(v) && isBlurred[i] === 0);
  return {
    picture,
    columns,
    values: steps,
    isBlurred,
    up: countBefore(steps, (step) => step > least / 2),
    down: countBefore(steps, (step) => step < -least / 2),
    told: countBefore(steps, (step) => !Number.isNaN(step)),
    blurred: countBefore(isBlurred, (blur) => blur === 1),
    usual: median(clear.map(Math.abs)),
  };
}

/** The step of a window, if it is the same all along a picture that varies; else 0. */
function evenStep(steps: Steps, from: number): number {
  const { picture, columns, values } = steps;
  const { width, samples, channels, max, unit } = picture;
  const profile: number[] = [];
  for (let at = from; at < from + columns; at++) {
    if (Number.isNaN(values[at])) continue;
    const y = Math.trunc(at / columns) * unit - 1;
    const x = 8 * (at % columns) + 4;
    profile.push(samples[(y * width + x) * channels] ?? 0);
  }
  const { step, spread } = middle(steps, from, false);
  const sorted = Float64Array.from(profile).sort();
  const low = sorted[Math.trunc(sorted.length / 10)] ?? 0;
  const high = sorted[Math.trunc((sorted.length * 9) / 10)] ?? 0;
  const varies = high - low >= Math.max(LEAST_PROFILE * max, 4 * spread);
  return varies && spread <= EVENNESS * Math.abs(step) ? step : 0;
}

/** Median step of a window and median distance from it; of clear blocks if asked. */
function middle(
  { columns, values, isBlurred }: Steps,
  from: number,
  isClearOnly: boolean,
): { step: number; spread: number } {
  const window = values
    .subarray(from, from + columns)
    .filter(
      (value, i) =>
        !Number.isNaN(value) && !(isClearOnly && isBlurred[from + i] === 1),
    );
  const step = median(window);
  return {
    step,
    spread: median(window.map((value) => Math.abs(value - step))),
  };
}

/** Words beyond the range are no end of it: they fell out of it. */
function isCut(value: number, max: number): boolean {
  return value <= 0 || value === max;
}

/** How many of the values before each place are so. */
function countBefore(
  values: Float64Array | Uint8Array,
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
