/**
 * Pixelwise average precision of activation maps: every cell of every film is
 * a case, positive where it is drawn, and its score is the map's value there
 * (Arun 2021, who pool the pixels of all films). A map that says nothing
 * scores the drawn share of the film.
 */

/** Values are counted by their log odds in steps of 0.02 from −10 to 10. */
const STEPS = 1001;
const MOST_LOG_ODDS = 10;

/** Cells of one film counted by the map's value, ascending. */
export interface SaliencyCounts {
  inside: Uint32Array;
  outside: Uint32Array;
}

/** Counts of a film without any cell yet. */
export function emptySaliencyCounts(): SaliencyCounts {
  return { inside: new Uint32Array(STEPS), outside: new Uint32Array(STEPS) };
}

/**
 * Counts one cell.
 *
 * @param value of the map, 0…1
 * @param isInside whether the cell lies in the drawn region
 */
export function countCell(
  counts: SaliencyCounts,
  value: number,
  isInside: boolean,
): void {
  const logOdds = Math.log(value / (1 - value));
  const share = (logOdds + MOST_LOG_ODDS) / (2 * MOST_LOG_ODDS);
  const step = Math.round(Math.min(1, Math.max(0, share)) * (STEPS - 1));
  const side = isInside ? counts.inside : counts.outside;
  side[step] = (side[step] ?? 0) + 1;
}

/**
 * Average precision over the cells of all films.
 *
 * @param weights how often each film counts.
 * @returns null where no cell is drawn, or every one.
 */
export function saliencyPrecision(
  films: readonly SaliencyCounts[],
  weights: Uint32Array,
): number | null {
  const inside = new Float64Array(STEPS);
  const outside = new Float64Array(STEPS);
  for (const [i, film] of films.entries()) {
    const weight = weights[i] ?? 0;
    if (weight === 0) continue;
    for (let step = 0; step < STEPS; step++) {
      inside[step] = (inside[step] ?? 0) + weight * (film.inside[step] ?? 0);
      outside[step] = (outside[step] ?? 0) + weight * (film.outside[step] ?? 0);
    }
  }
  const drawn = inside.reduce((sum, count) => sum + count, 0);
  const rest = outside.reduce((sum, count) => sum + count, 0);
  return drawn === 0 || rest === 0 ? null : averagePrecision(inside, outside);
}

/** Precision at every value, weighed by the recall gained there. */
function averagePrecision(inside: Float64Array, outside: Float64Array): number {
  const drawn = inside.reduce((sum, count) => sum + count, 0);
  let hits = 0;
  let flagged = 0;
  let area = 0;
  for (let step = STEPS - 1; step >= 0; step--) {
    const gained = inside[step] ?? 0;
    hits += gained;
    flagged += gained + (outside[step] ?? 0);
    if (gained > 0) area += (gained / drawn) * (hits / flagged);
  }
  return area;
}
