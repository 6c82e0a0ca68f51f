import type { FilmBox, Point, ViewTransform } from "./viewer-contract.ts";

/** Where a film point lies on the canvas, in CSS pixels. */
export function filmToCanvas(
  { a, b, c, d, e, f }: ViewTransform,
  { x, y }: Point,
): Point {
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}

/** Which film point lies under a canvas point. */
export function canvasToFilm(
  { a, b, c, d, e, f }: ViewTransform,
  point: Point,
): Point {
  const area = a * d - b * c;
  const x = point.x - e;
  const y = point.y - f;
  return { x: (d * x - c * y) / area, y: (a * y - b * x) / area };
}

/** The rectangle on the canvas that a film rectangle covers, in CSS pixels. */
export function boxToCanvas(view: ViewTransform, box: FilmBox): FilmBox {
  const one = filmToCanvas(view, box);
  const other = filmToCanvas(view, {
    x: box.x + box.width,
    y: box.y + box.height,
  });
  return {
    x: Math.min(one.x, other.x),
    y: Math.min(one.y, other.y),
    width: Math.abs(other.x - one.x),
    height: Math.abs(other.y - one.y),
  };
}
