import { outlineOf, pairs, type Shape } from "../marks/mark-shapes.ts";
import type { PdfDocument } from "./pdf-document.ts";

type At = readonly [number, number];

/**
 * Strokes a mark in the pen's own colour and width.
 *
 * @param place where a source pixel lies on the paper, in points.
 */
export function drawMark(
  pdf: PdfDocument,
  mark: Shape,
  place: (pixel: At) => At,
): void {
  if (mark.kind === "BOX") {
    const [left, top] = place([mark.x, mark.y]);
    const [right, bottom] = place([mark.x + mark.width, mark.y + mark.height]);
    pdf.rect(left, top, right - left, bottom - top).stroke();
    return;
  }
  for (const line of linesOf(mark)) {
    const [start, ...rest] = line.map(place);
    if (start === undefined) continue;
    pdf.moveTo(...start);
    for (const at of rest) pdf.lineTo(...at);
    pdf.stroke();
  }
}

/** The lines of a mark: closed for a region, two for a ratio's two widths. */
function linesOf(mark: Shape): At[][] {
  const outline = outlineOf(mark);
  if (outline !== null) {
    const points = pairs(outline);
    return [[...points, ...points.slice(0, 1)]];
  }
  const points = pairs(mark.points);
  return mark.kind === "RATIO"
    ? [points.slice(0, 2), points.slice(2)]
    : [points];
}
