/** How well boxes find what radiologists marked, over films. */
import { bootstrap } from "../../src/metrics/bootstrap.ts";
import { rounded, type Estimate } from "../report/intervals.ts";
import type { ShownBox, UnitBox } from "./box-films.ts";

/** A box with its chance. */
export interface FoundBox extends ShownBox {
  chance: number;
}

/** A film with boxes found and marked. */
export interface FoundFilm {
  patient: string;
  marked: readonly UnitBox[];
  found: readonly FoundBox[];
}

/** RSNA's overlaps: 0.4 to 0.75 in steps of 0.05. */
const OVERLAPS = [0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75];
/** Wrong boxes a film at which the share of found marks is told. */
const FALSE_A_FILM = [0.125, 0.25, 0.5, 1];

/**
 * FROC: share of the marked regions that a box's middle hits, while there are
 * so many wrong boxes a film.
 */
export function froc(films: readonly FoundFilm[]): Record<string, Estimate> {
  const patients = films.map(({ patient }) => patient);
  return Object.fromEntries(
    FALSE_A_FILM.map((most) => [
      `froc${String(most)}`,
      rounded(bootstrap(patients, (weights) => hitShare(films, weights, most))),
    ]),
  );
}

function hitShare(
  films: readonly FoundFilm[],
  weights: Uint32Array,
  most: number,
): number | null {
  const boxes = films
    .flatMap(({ found }, film) => found.map((box) => ({ box, film })))
    .filter(({ film }) => (weights[film] ?? 0) > 0)
    .sort((a, b) => b.box.chance - a.box.chance);
  const weightOf = (film: number): number => weights[film] ?? 0;
  const count = films.reduce((sum, _, film) => sum + weightOf(film), 0);
  const marks = films.reduce(
    (sum, { marked }, film) => sum + weightOf(film) * marked.length,
    0,
  );
  const hit = new Set<UnitBox>();
  let wrong = 0;
  let found = 0;
  for (const { box, film } of boxes) {
    const region = films[film]?.marked.find((mark) => holdsMiddle(mark, box));
    if (region === undefined) {
      wrong += weightOf(film);
      if (wrong > most * count) break;
    } else if (!hit.has(region)) {
      hit.add(region);
      found += weightOf(film);
    }
  }
  return marks === 0 ? null : found / marks;
}

function holdsMiddle(mark: UnitBox, box: UnitBox): boolean {
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  return (
    x >= mark.x &&
    y >= mark.y &&
    x < mark.x + mark.width &&
    y < mark.y + mark.height
  );
}

/**
 * RSNA's measure of its challenge of 2018: right boxes of all that are found
 * or marked, a mean over the overlaps and the films that have either.
 */
export function meanPrecision(films: readonly FoundFilm[]): Estimate {
  const values = films.map(({ found, marked }) =>
    found.length + marked.length === 0
      ? null
      : OVERLAPS.reduce(
          (sum, least) => sum + precision(found, marked, least),
          0,
        ) / OVERLAPS.length,
  );
  return rounded(
    bootstrap(
      films.map(({ patient }) => patient),
      (weights) => {
        let sum = 0;
        let count = 0;
        for (const [at, value] of values.entries()) {
          if (value === null) continue;
          sum += (weights[at] ?? 0) * value;
          count += weights[at] ?? 0;
        }
        return count === 0 ? null : sum / count;
      },
    ),
  );
}

/** The likeliest boxes choose their marks first. */
function precision(
  found: readonly FoundBox[],
  marked: readonly UnitBox[],
  least: number,
): number {
  const left = new Set(marked);
  let right = 0;
  for (const box of [...found].sort((a, b) => b.chance - a.chance)) {
    const match = [...left]
      .map((mark) => ({ mark, overlap: overlapOf(box, mark) }))
      .sort((a, b) => b.overlap - a.overlap)[0];
    if (match === undefined || match.overlap < least) continue;
    left.delete(match.mark);
    right += 1;
  }
  return right / (found.length + left.size);
}

/** Intersection over union. */
function overlapOf(a: UnitBox, b: UnitBox): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const both = width * height;
  return both / (a.width * a.height + b.width * b.height - both);
}
