/** A value of a picture and how many pixels have it. */
export interface ValueCount {
  value: number;
  count: number;
}

/** Values that stand far off all others, at one end of them. */
export interface StrayEnd<T extends ValueCount> {
  end: "low" | "high";
  values: readonly T[];
}

/** Fewer grey values than this are a drawing, not a film. */
export const FILM_VALUES = 64;
/** A gap is wide from this many times what the rest spans. */
const WIDE_GAP = 2;
/** Letters, markers and dead pixels: at most this part of a picture. */
const FEW_PIXELS = 0.05;
/** A border, a second one, letters, dead pixels. */
const MOST_ENDS = 4;

/**
 * The values that are the picture, without those far off at either end: painted
 * borders, letters in the container's highest word, dead pixels. Left among the
 * others they would set a depth of which the picture uses a sliver.
 *
 * @param values in ascending order.
 * @param mostWords how many values at an end may be strays; more are part of
 *   the picture unless they are a few pixels only.
 */
export function mainRun<T extends ValueCount>(
  values: readonly T[],
  mostWords: number,
): { run: readonly T[]; strays: readonly StrayEnd<T>[] } {
  const total = values.reduce((sum, { count }) => sum + count, 0);
  const strays: StrayEnd<T>[] = [];
  let run = values;
  while (strays.length < MOST_ENDS) {
    const end = strayEnd(run);
    if (end === null) break;
    const pixels = end.values.reduce((sum, { count }) => sum + count, 0);
    const isFew = mostWords === Infinity && pixels <= total * FEW_PIXELS;
    const isPainted = mostWords !== Infinity && end.values.length <= mostWords;
    if (!isFew && !isPainted) break;
    strays.push(end);
    const { length } = end.values;
    run = end.end === "low" ? run.slice(length) : run.slice(0, -length);
  }
  return { run, strays };
}

/** The smaller side of the widest gap, where that is wide enough; else null. */
function strayEnd<T extends ValueCount>(run: readonly T[]): StrayEnd<T> | null {
  const at = widestGap(run);
  const below = run.slice(0, at + 1);
  const above = run.slice(at + 1);
  const isLow = below.length < above.length;
  const [few, many] = isLow ? [below, above] : [above, below];
  if (many.length < FILM_VALUES || few.length === 0) return null;
  const gap = (above[0]?.value ?? 0) - (below.at(-1)?.value ?? 0);
  const span = (many.at(-1)?.value ?? 0) - (many[0]?.value ?? 0);
  if (gap < span * WIDE_GAP) return null;
  return { end: isLow ? "low" : "high", values: few };
}

/** Place of the value below the widest gap. */
function widestGap(run: readonly ValueCount[]): number {
  let widest = -1;
  let place = 0;
  for (let at = 0; at + 1 < run.length; at++) {
    const gap = (run[at + 1]?.value ?? 0) - (run[at]?.value ?? 0);
    if (gap <= widest) continue;
    widest = gap;
    place = at;
  }
  return place;
}

/** The values of a histogram that occur, in ascending order. */
export function valuesOf(histogram: ArrayLike<number>): ValueCount[] {
  const values: ValueCount[] = [];
  for (let value = 0; value < histogram.length; value++) {
    const count = histogram[value] ?? 0;
    if (count > 0) values.push({ value, count });
  }
  return values;
}
