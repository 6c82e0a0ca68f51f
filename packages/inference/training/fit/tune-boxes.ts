/** Chooses the box rule by overlap with what was marked, and pointing. */
import { activationMap } from "../../src/explain/activation-map.ts";
import { boxesOf } from "../../src/explain/boxes.ts";
import type { BoxRule } from "../../src/models/manifest.ts";
import { mean } from "../report/intervals.ts";
import { insideBoxes, type RegionFilm } from "./region-films.ts";

const UNIT = { x: 0, y: 0, width: 1, height: 1 };
const GRID = 48;

/** Share of films whose strongest cell has its centre in the disease. */
export function pointingShare(films: readonly RegionFilm[]): number {
  const hits = films.filter((film) => {
    let best = 0;
    for (let at = 1; at < film.logits.length; at += 1) {
      if ((film.logits[at] ?? 0) > (film.logits[best] ?? 0)) best = at;
    }
    const x = ((best % film.cells) + 0.5) / film.cells;
    const y = (Math.floor(best / film.cells) + 0.5) / film.cells;
    return film.isInside(x, y);
  });
  return hits.length / films.length;
}

/** Overlap (intersection over union) of the areas, film by film. */
function overlapsOf(films: readonly RegionFilm[], rule: BoxRule): number[] {
  return films.map((film) => {
    const map = activationMap("pneumonia", film.logits, film.cells, UNIT);
    const isFoundAt = insideBoxes(boxesOf(map, rule));
    let both = 0;
    let either = 0;
    for (let at = 0; at < GRID * GRID; at += 1) {
      const x = ((at % GRID) + 0.5) / GRID;
      const y = (Math.floor(at / GRID) + 0.5) / GRID;
      const isFound = isFoundAt(x, y);
      const isTrue = film.isInside(x, y);
      if (isFound && isTrue) both += 1;
      if (isFound || isTrue) either += 1;
    }
    return either === 0 ? 0 : both / either;
  });
}

/** The rule with the largest mean overlap. */
export function tuneBoxes(films: readonly RegionFilm[]): {
  rule: BoxRule;
  overlaps: number[];
} {
  let best = {
    rule: { relative: 0.5, absolute: 0.2, minArea: 0.005, most: 6 },
    overlaps: [0],
  };
  for (const relative of [0.3, 0.4, 0.5, 0.6, 0.7, 0.8]) {
    for (const absolute of [0.05, 0.1, 0.2, 0.3, 0.4]) {
      const rule = { relative, absolute, minArea: 0.005, most: 6 };
      const overlaps = overlapsOf(films, rule);
      if (mean(overlaps) > mean(best.overlaps)) best = { rule, overlaps };
    }
  }
  return best;
}
