import { TubePainter, type FilmPoint } from "../projection/tube-painter.ts";
import type { Marker } from "../types.ts";

/** Strokes of the letters, in a box of width 0.6 and height 1. */
const STROKES: Record<"R" | "L", readonly (readonly [number, number])[][]> = {
  L: [
    [
      [0, 0],
      [0, 1],
      [0.55, 1],
    ],
  ],
  R: [
    [
      [0, 1],
      [0, 0],
      [0.35, 0],
      [0.52, 0.08],
      [0.58, 0.25],
      [0.52, 0.42],
      [0.35, 0.5],
      [0, 0.5],
    ],
    [
      [0.3, 0.5],
      [0.6, 1],
    ],
  ],
};

/** Attenuation of a lead letter: nothing gets through. */
const LEAD = 6;

/** Lays a lead letter on the film: adds to the attenuation. */
export function layMarker(
  attenuation: Float32Array,
  width: number,
  height: number,
  marker: Exclude<Marker, "none">,
  place: { column: number; row: number; letterHeight: number; lean: number },
): void {
  const painter = new TubePainter(width, height);
  const letter = new Float32Array(width * height);
  const radius = Math.max(0.9, place.letterHeight * 0.075);
  const cos = Math.cos(place.lean);
  const sin = Math.sin(place.lean);
  for (const stroke of STROKES[marker]) {
    const points: FilmPoint[] = stroke.map(([x, y]) => ({
      column: place.column + (x * cos - y * sin) * place.letterHeight,
      row: place.row + (x * sin + y * cos) * place.letterHeight,
      radius,
      gain: LEAD,
    }));
    painter.paint(letter, points, (q) => Math.min(1, 4 * (1 - q)));
  }
  for (let i = 0; i < letter.length; i++) {
    attenuation[i] = (attenuation[i] ?? 0) + Math.min(LEAD, letter[i] ?? 0);
  }
}
