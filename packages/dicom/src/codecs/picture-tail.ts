import type { CodedPicture } from "./picture-tear.ts";

/** Part of the range below which a step is within what is allowed anyway: a fiftieth. */
const LEAST_STEP = 5 / 255;
/** How alike the steps along both edges are, as a part of the step. */
const EVENNESS = 0.2;
/** How much of the step may be there beside the place where it begins. */
const QUIET = 0.25;
/** How much the picture must vary along it for its steps to be told from an edge. */
const LEAST_PROFILE = 8 / 255;
/** Samples that must tell anything of an edge: those at black or white do not. */
const LEAST_TOLD = 5;
const BLOCK = 8;

/**
 * Where the last blocks of a transformed picture, from one block of the last row
 * on to the end, are brighter or darker than all before: a wrong difference so
 * close to the end that no row of blocks follows in which `findPictureTear` sees
 * its other part. The step has the same height down the first block's left edge
 * and along the upper edge of all of them, and is not there before them.
 *
 * @returns what was found in words, or null.
 */
export function findTail(picture: CodedPicture): string | null {
  const columns = Math.ceil(picture.width / BLOCK);
  const rows = Math.ceil(picture.height / BLOCK);
  if (columns < 4 || rows < 2) return null;
  const top = BLOCK * (rows - 1);
  if (picture.height - top < 2) return null;
  const along = stepsAlong(picture, top);
  for (let column = 1; column < columns; column++) {
    const from = BLOCK * column;
    if (picture.width - from < 2) break;
    const step = stepOfTail(picture, along, from, top);
    if (step === 0) continue;
    const levels = Math.round((255 * Math.abs(step)) / picture.max);
    return `jumps by ${String(levels)} of 255 grey levels in its last blocks`;
  }
  return null;
}

/** The step of a tail that begins at this pixel of the last row of blocks; else 0. */
function stepOfTail(
  picture: CodedPicture,
  along: Float64Array,
  from: number,
  top: number,
): number {
  const upper = middle(along.subarray(from));
  const size = Math.abs(upper.value);
  if (size < LEAST_STEP * picture.max || upper.spread > EVENNESS * size) {
    return 0;
  }
  const before = middle(along.subarray(0, from));
  if (Math.abs(before.value) > QUIET * size || before.spread > QUIET * size) {
    return 0;
  }
  const left = middle(stepsDown(picture, from, top));
  const isSame = Math.abs(left.value - upper.value) <= EVENNESS * size;
  if (!isSame || left.spread > EVENNESS * size) return 0;
  const range = profileRange(picture, from, top - 1);
  const varies =
    range >= Math.max(LEAST_PROFILE * picture.max, 4 * upper.spread);
  return varies ? upper.value : 0;
}

/** The step beyond the slope from the line above `y` to it, of each column. */
function stepsAlong(picture: CodedPicture, y: number): Float64Array {
  return Float64Array.from({ length: picture.width }, (_, x) =>
    stepBetween(
      [at(picture, x, y - 2), at(picture, x, y - 1)],
      [at(picture, x, y), at(picture, x, y + 1)],
      picture.max,
    ),
  );
}

/** The same from the column left of `x` to it, of each line from `top` on. */
function stepsDown(
  picture: CodedPicture,
  x: number,
  top: number,
): Float64Array {
  return Float64Array.from({ length: picture.height - top }, (_, line) =>
    stepBetween(
      [at(picture, x - 2, top + line), at(picture, x - 1, top + line)],
      [at(picture, x, top + line), at(picture, x + 1, top + line)],
      picture.max,
    ),
  );
}

/** NaN where a sample is at an end of the range, and tells nothing. */
function stepBetween(
  [outer, before]: readonly [number, number],
  [after, next]: readonly [number, number],
  max: number,
): number {
  if (isCut(before, max) || isCut(after, max)) return Number.NaN;
  return after - before - (before - outer + (next - after)) / 2;
}

function isCut(value: number, max: number): boolean {
  return value <= 0 || value >= max;
}

function at(
  { width, samples, channels }: CodedPicture,
  x: number,
  y: number,
): number {
  return samples[(y * width + x) * channels] ?? 0;
}

/** From the darker to the brighter tenth of a line, from a column on. */
function profileRange(picture: CodedPicture, from: number, y: number): number {
  const line = Float64Array.from({ length: picture.width - from }, (_, i) =>
    at(picture, from + i, y),
  ).sort();
  const low = line[Math.trunc(line.length / 10)] ?? 0;
  const high = line[Math.trunc((line.length * 9) / 10)] ?? 0;
  return high - low;
}

/** Median of what tells anything and the median distance from it; 0 for too few. */
function middle(values: Float64Array): { value: number; spread: number } {
  const told = values.filter((value) => !Number.isNaN(value)).sort();
  if (told.length < LEAST_TOLD) return { value: 0, spread: 0 };
  const value = told[told.length >> 1] ?? 0;
  const distances = told.map((one) => Math.abs(one - value)).sort();
  return { value, spread: distances[distances.length >> 1] ?? 0 };
}
