import type { GreyGrid } from "./grey-grid.ts";

/** A patch of ink that is the size of a letter, in pixels of its grid. */
export interface Shape {
  x: number;
  y: number;
  width: number;
  height: number;
  /** Pixels of ink. */
  area: number;
  /** Ink against what lies around, 0…255. */
  contrast: number;
  /** Steepness of the edges: 1 where ink ends within a pixel, near 0 in tissue. */
  sharpness: number;
  /** Spread of the ink's own grey, in parts of the contrast. */
  roughness: number;
  /** Mean grey of the ink, 0…255. */
  ink: number;
}

/** Sides of what may be a letter, in pixels of the grid. */
export const LEAST_HEIGHT = 6;
const MOST_SHARE = 0.12;
const LEAST_CONTRAST = 24;

/**
 * Patches of ink of a letter's size.
 *
 * @param ink 1 where a pixel is brighter (`sign` 1) or darker (−1) than its
 *   surroundings (`inkOf`); used up.
 */
export function letterShapes(
  grid: GreyGrid,
  ink: Uint8Array,
  sign: 1 | -1,
): Shape[] {
  const { width, height, pixels } = grid;
  const most = Math.max(40, Math.round(MOST_SHARE * Math.max(width, height)));
  const shapes: Shape[] = [];
  const waiting: number[] = [];
  for (
    let start = ink.indexOf(1);
    start !== -1;
    start = ink.indexOf(1, start + 1)
  ) {
    let [left, right, top, bottom] = [width, 0, height, 0];
    let [area, sum, squares, steps, edges] = [0, 0, 0, 0, 0];
    ink[start] = 2;
    waiting.push(start);
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const x = at % width;
      const y = (at - x) / width;
      const grey = pixels[at] ?? 0;
      area += 1;
      sum += grey;
      squares += grey * grey;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      let outside = 0;
      let isEdge = false;
      const isInner = x > 1 && y > 1 && x < width - 2 && y < height - 2;
      for (let dy = -1; dy <= 1; dy += 1) {
        for (let dx = -1; dx <= 1; dx += 1) {
          if (!isInner && !isWithin(grid, x + dx, y + dy)) continue;
          const offset = dy * width + dx;
          const next = at + offset;
          const state = ink[next];
          if (state === 0) {
            // One further, where the edge of a soft picture has ended.
            const hasFar = isInner || isWithin(grid, x + 2 * dx, y + 2 * dy);
            const far = hasFar ? next + offset : next;
            const step = sign * (grey - (pixels[far] ?? 0));
            if (!isEdge || step > outside) outside = step;
            isEdge = true;
          } else if (state === 1) {
            ink[next] = 2;
            waiting.push(next);
          }
        }
      }
      if (isEdge) {
        edges += 1;
        steps += outside;
      }
    }
    const [w, h] = [right - left + 1, bottom - top + 1];
    const [short, long] = w < h ? [w, h] : [h, w];
    if (long < LEAST_HEIGHT || long > most) continue;
    const fill = area / (w * h);
    if (fill < 0.12 || (short > 0.35 * long && fill > 0.92)) continue;
    const mean = sum / area;
    const around = ringGrey(grid, ink, left, top, w, h);
    const contrast = sign * (mean - around);
    if (contrast < LEAST_CONTRAST) continue;
    const spread = Math.sqrt(Math.max(0, squares / area - mean * mean));
    shapes.push({
      x: left,
      y: top,
      width: w,
      height: h,
      area,
      contrast,
      sharpness: steps / Math.max(1, edges) / contrast,
      roughness: spread / contrast,
      ink: mean,
    });
  }
  return shapes;
}

function isWithin({ width, height }: GreyGrid, x: number, y: number): boolean {
  return x >= 0 && y >= 0 && x < width && y < height;
}

/** Mean grey of what is no ink in a box and a pixel around it. */
function ringGrey(
  { width, height, pixels }: GreyGrid,
  ink: Uint8Array,
  left: number,
  top: number,
  w: number,
  h: number,
): number {
  let [sum, count] = [0, 0];
  for (let y = Math.max(0, top - 2); y < Math.min(height, top + h + 2); y += 1)
    for (
      let x = Math.max(0, left - 2);
      x < Math.min(width, left + w + 2);
      x += 1
    ) {
      const at = y * width + x;
      if (ink[at] !== 0) continue;
      sum += pixels[at] ?? 0;
      count += 1;
    }
  return count === 0 ? 0 : sum / count;
}
