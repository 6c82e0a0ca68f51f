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
/** Ink is so many greys, and so many deviations, off the mean around it. */
const LEAST_STEP = 12;
const NIBLACK = 0.5;

/**
 * Patches that are brighter (`sign` 1) or darker (−1) than their surroundings
 * and of a letter's size. Surroundings are a square of `radius` pixels to each
 * side (a threshold of its own for each pixel, after Niblack 1986).
 */
export function letterShapes(
  grid: GreyGrid,
  sign: 1 | -1,
  radius: number,
): Shape[] {
  const { width, height, pixels } = grid;
  const ink = inkOf(grid, sign, radius);
  const most = Math.max(40, Math.round(MOST_SHARE * Math.max(width, height)));
  const shapes: Shape[] = [];
  const stack = new Int32Array(width * height);
  for (let start = 0; start < ink.length; start += 1) {
    if (ink[start] !== 1) continue;
    let [left, right, top, bottom] = [width, 0, height, 0];
    let [area, sum, squares, steps, edges] = [0, 0, 0, 0, 0];
    let filled = 1;
    stack[0] = start;
    ink[start] = 2;
    while (filled > 0) {
      filled -= 1;
      const at = stack[filled] ?? 0;
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
      for (let dy = -1; dy <= 1; dy += 1) {
        for (let dx = -1; dx <= 1; dx += 1) {
          const [nx, ny] = [x + dx, y + dy];
          if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
          const next = ny * width + nx;
          const state = ink[next];
          if (state === 0) {
            // One further, where the edge of a soft picture has ended.
            const [fx, fy] = [nx + dx, ny + dy];
            const far =
              fx < 0 || fy < 0 || fx >= width || fy >= height
                ? next
                : fy * width + fx;
            const step = sign * (grey - (pixels[far] ?? 0));
            if (!isEdge || step > outside) outside = step;
            isEdge = true;
          } else if (state === 1) {
            ink[next] = 2;
            stack[filled] = next;
            filled += 1;
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

/** 1 where a pixel stands out from its surroundings. */
function inkOf(
  { width, height, pixels }: GreyGrid,
  sign: 1 | -1,
  radius: number,
): Uint8Array {
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  const squares = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let [row, rowSquares] = [0, 0];
    for (let x = 0; x < width; x += 1) {
      const grey = pixels[y * width + x] ?? 0;
      row += grey;
      rowSquares += grey * grey;
      const at = (y + 1) * stride + x + 1;
      sums[at] = (sums[at - stride] ?? 0) + row;
      squares[at] = (squares[at - stride] ?? 0) + rowSquares;
    }
  }
  const ink = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const y0 = Math.max(0, y - radius) * stride;
    const y1 = Math.min(height, y + radius + 1) * stride;
    for (let x = 0; x < width; x += 1) {
      const x0 = Math.max(0, x - radius);
      const x1 = Math.min(width, x + radius + 1);
      const count = ((y1 - y0) / stride) * (x1 - x0);
      const mean = inBox(sums, y0, y1, x0, x1) / count;
      const above = sign * ((pixels[y * width + x] ?? 0) - mean);
      if (above <= LEAST_STEP) continue;
      const variance = inBox(squares, y0, y1, x0, x1) / count - mean * mean;
      if (above * above > NIBLACK * NIBLACK * variance) ink[y * width + x] = 1;
    }
  }
  return ink;
}

/** Sum of a table of sums over a box (Crow 1984); rows as offsets. */
function inBox(
  sums: Float64Array,
  y0: number,
  y1: number,
  x0: number,
  x1: number,
): number {
  return (
    (sums[y1 + x1] ?? 0) -
    (sums[y0 + x1] ?? 0) -
    (sums[y1 + x0] ?? 0) +
    (sums[y0 + x0] ?? 0)
  );
}
