import type { FilmBox } from "../viewer/viewer-contract.ts";

/** From the line that letters stand on to the box, in pixels of the screen. */
const GAP = 5;
/** From line to line. */
const LINE = 18;
/** About what a letter of the boxes' labels is wide. */
const LETTER = 7.5;

interface Labelled {
  at: FilmBox;
  label: string;
}

/** Where a label begins: its first letter, and the line that it stands on. */
interface Place {
  x: number;
  y: number;
}

/**
 * A label stands above its box, or inside where the film's upper edge is too
 * near; where another one stands already, a line further down.
 */
export function labelPlaces(boxes: readonly Labelled[]): Place[] {
  const taken: (Place & { end: number })[] = [];
  for (const { at, label } of boxes) {
    const x = at.x + 1;
    const end = x + label.length * LETTER;
    let y = at.y < LINE ? at.y + LINE - GAP : at.y - GAP;
    const hits = (other: (typeof taken)[number]) =>
      x < other.end && other.x < end && Math.abs(other.y - y) < LINE - GAP;
    while (taken.some(hits)) y += LINE;
    taken.push({ x, y, end });
  }
  return taken.map(({ x, y }) => ({ x, y }));
}
