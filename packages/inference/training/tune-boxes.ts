/** Chooses the box rule by overlap with radiologists' boxes, and pointing. */
import { activationMap } from "../src/explain/activation-map.ts";
import { boxesOf } from "../src/explain/boxes.ts";
import type { BoxRule } from "../src/models/manifest.ts";

/** A positive film's map logits and true boxes, in parts of the sides. */
export interface BoxedFilm {
  logits: Float32Array;
  cells: number;
  boxes: readonly { x: number; y: number; width: number; height: number }[];
}

const UNIT = { x: 0, y: 0, width: 1, height: 1 };
const GRID = 48;

function isInside(boxes: BoxedFilm["boxes"], x: number, y: number): boolean {
  return boxes.some(
    (b) => x >= b.x && y >= b.y && x < b.x + b.width && y < b.y + b.height,
  );
}

/** Share of films whose strongest cell has its centre in a true box. */
export function pointingShare(films: readonly BoxedFilm[]): number {
  const hits = films.filter((film) => {
    let best = 0;
    for (let at = 1; at < film.logits.length; at += 1) {
      if ((film.logits[at] ?? 0) > (film.logits[best] ?? 0)) best = at;
    }
    const x = ((best % film.cells) + 0.5) / film.cells;
    const y = (Math.floor(best / film.cells) + 0.5) / film.cells;
    return isInside(film.boxes, x, y);
  });
  return hits.length / films.length;
}

/** Mean overlap (intersection over union) of the areas in boxes. */
function meanOverlap(films: readonly BoxedFilm[], rule: BoxRule): number {
  const overlaps = films.map((film) => {
    const map = activationMap("pneumonia", film.logits, film.cells, UNIT);
    const found = boxesOf(map, rule);
    let both = 0;
    let either = 0;
    for (let at = 0; at < GRID * GRID; at += 1) {
      const x = ((at % GRID) + 0.5) / GRID;
      const y = (Math.floor(at / GRID) + 0.5) / GRID;
      const isFound = isInside(found, x, y);
      const isTrue = isInside(film.boxes, x, y);
      if (isFound && isTrue) both += 1;
      if (isFound || isTrue) either += 1;
    }
    return either === 0 ? 0 : both / either;
  });
  return overlaps.reduce((sum, value) => sum + value, 0) / overlaps.length;
}

/** The rule with the largest mean overlap. */
export function tuneBoxes(films: readonly BoxedFilm[]): {
  rule: BoxRule;
  overlap: number;
} {
  let best = {
    rule: { relative: 0.5, absolute: 0.2, minArea: 0.005, most: 6 },
    overlap: -1,
  };
  for (const relative of [0.3, 0.4, 0.5, 0.6, 0.7, 0.8]) {
    for (const absolute of [0.05, 0.1, 0.2, 0.3, 0.4]) {
      const rule = { relative, absolute, minArea: 0.005, most: 6 };
      const overlap = meanOverlap(films, rule);
      if (overlap > best.overlap) best = { rule, overlap };
    }
  }
  return best;
}
