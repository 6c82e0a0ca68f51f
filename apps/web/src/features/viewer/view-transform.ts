import type { FilmBox, Point, ViewTransform } from "./viewer-contract.ts";

/** Where a film point lies on the canvas, in CSS pixels. */
export function filmToCanvas(view: ViewTransform, point: Point): Point {
  return {
    x: point.x * view.scaleX + view.offsetX,
    y: point.y * view.scaleY + view.offsetY,
  };
}

/** Which film point lies under a canvas point. */
export function canvasToFilm(view: ViewTransform, point: Point): Point {
  return {
    x: (point.x - view.offsetX) / view.scaleX,
    y: (point.y - view.offsetY) / view.scaleY,
  };
}

/** The rectangle on the canvas that a film rectangle covers, in CSS pixels. */
export function boxToCanvas(view: ViewTransform, box: FilmBox): FilmBox {
  const corner = filmToCanvas(view, box);
  return {
    ...corner,
    width: box.width * view.scaleX,
    height: box.height * view.scaleY,
  };
}

/** CSS `matrix()` that lays an element of film size over the drawn film. */
export function cssMatrix(view: ViewTransform): string {
  const { scaleX, scaleY, offsetX, offsetY } = view;
  return `matrix(${scaleX}, 0, 0, ${scaleY}, ${offsetX}, ${offsetY})`;
}

/** The box that two opposite corners span, cut to the film. */
export function boxFromCorners(
  a: Point,
  b: Point,
  film: { readonly width: number; readonly height: number },
): FilmBox {
  const left = clamp(Math.min(a.x, b.x), film.width);
  const right = clamp(Math.max(a.x, b.x), film.width);
  const top = clamp(Math.min(a.y, b.y), film.height);
  const bottom = clamp(Math.max(a.y, b.y), film.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function clamp(value: number, limit: number): number {
  return Math.min(Math.max(value, 0), limit);
}
