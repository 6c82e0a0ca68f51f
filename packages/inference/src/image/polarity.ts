import type { Film } from "../types.ts";
import { POLARITY_TEMPLATE } from "./polarity-template.ts";
import { GRID, sampleGrid } from "./sample-grid.ts";

/**
 * Below this score a film is taken for inverted against its tag. Measured on
 * 2,457 films of `val`, `adult-val`, `adult-pool` and `mask-val` that the
 * template never saw: 99.5 % of inverted films are caught, 1 film in 2,457 is
 * wrongly called inverted.
 */
const CONTRADICTION = -0.3;

/**
 * Below this the pixels overrule the tag of what the header calls a chest.
 * Devices call what they do not ask about by their usual programme, so that
 * legs and pages of text come under CHEST; those score down to -0.48. What lies
 * between is shown as tagged, and the gate says that it looks inverted.
 */
const CHEST_CONTRADICTION = -0.5;

/**
 * The same without a body part to go by: of 216 pictures of hands, limbs,
 * spines, slices and text 2 score lower, of inverted chests 95 in 100.
 */
const SURE_CONTRADICTION = -0.7;

/** Body parts of PS3.16 annex L, and what is written for them, with lungs in view. */
const CHEST_PARTS = /CHEST|THORA|TORAX|LUNG|PULMO|RIB|TRUNK|MEDIAST/u;

/**
 * How much a film looks like a chest shown with bones bright: about +1 for an
 * ordinary film, about −1 for the same film inverted, near 0 where nothing can
 * be said (blank, turned by 90°, no chest). Only the order of grey values
 * counts, so exposure, window and gamma do not; inverting a film gives exactly
 * the negative score.
 *
 * @param grid 16 × 16 cell means of `sampleGrid`; cells of NaN are left out.
 */
export function polarityScore(grid: Float64Array): number {
  const ranks = centredRanks(grid);
  let score = 0;
  for (const [cell, rank] of ranks.entries()) {
    const column = cell % GRID;
    const mirrored = Math.min(column, GRID - 1 - column);
    const row = Math.trunc(cell / GRID);
    score += (POLARITY_TEMPLATE[(row * GRID) / 2 + mirrored] ?? 0) * rank;
  }
  return score / 1000;
}

/** `polarityScore` of a decoded film. */
export function filmPolarity(film: Film): number {
  return polarityScore(
    sampleGrid(film.width, film.height, (index) => film.pixels[index] ?? 0),
  );
}

/** True where a chest film looks inverted. */
export function contradictsPolarity(score: number): boolean {
  return score < CONTRADICTION;
}

/**
 * True where the pixels overrule the tag: at once on what the header calls a
 * chest, only on the clearest pictures where it names no body part, never on
 * other parts, whose bones the template of chests knows nothing of.
 */
export function contradictsTag(
  score: number,
  bodyPart: string | undefined,
): boolean {
  if (bodyPart === undefined) return score < SURE_CONTRADICTION;
  return CHEST_PARTS.test(bodyPart) && score < CHEST_CONTRADICTION;
}

/** Ranks from −1 (darkest) to +1; equal cells share a rank, NaN gets 0. */
export function centredRanks(grid: Float64Array): Float64Array {
  const order = [...grid.keys()]
    .filter((cell) => !Number.isNaN(grid[cell]))
    .sort((a, b) => (grid[a] ?? 0) - (grid[b] ?? 0));
  const ranks = new Float64Array(grid.length);
  let start = 0;
  while (start < order.length) {
    const value = grid[order[start] ?? 0];
    let end = start;
    while (end < order.length && grid[order[end] ?? 0] === value) end += 1;
    const shared = (start + end - 1) / Math.max(1, order.length - 1) - 1;
    for (const cell of order.slice(start, end)) ranks[cell] = shared;
    start = end;
  }
  return ranks;
}
