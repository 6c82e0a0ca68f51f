/** The map of one finding, from the last convolution to the source film. */
import type { Rect } from "../models/resample.ts";
import { sigmoid } from "../triage/calibration.ts";
import type { ActivationMap } from "../types.ts";

/**
 * Cell logits to a non-negative map in 0…1 over `rect` of the source film.
 * The film was stretched to the net's square, so cells are rectangles.
 */
export function activationMap(
  finding: string,
  logits: Float32Array,
  cells: number,
  rect: Rect,
): ActivationMap {
  return {
    finding,
    width: cells,
    height: cells,
    values: logits.map(sigmoid),
    rect: { ...rect },
  };
}

/**
 * The map on a grid `factor` times finer, bilinear between the centres of
 * cells, as a viewer paints it.
 */
export function enlarge(map: ActivationMap, factor: number): ActivationMap {
  const width = map.width * factor;
  const height = map.height * factor;
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = (y + 0.5) / factor - 0.5;
    for (let x = 0; x < width; x += 1) {
      const column = (x + 0.5) / factor - 0.5;
      values[y * width + x] = between(map, column, row);
    }
  }
  return { ...map, width, height, values };
}

/**
 * The map at a point in pixels of the source film, bilinear between the
 * centres of cells; 0 outside the rectangle that the map covers.
 */
export function activationAt(map: ActivationMap, x: number, y: number): number {
  const { rect } = map;
  const across = (x - rect.x) / rect.width;
  const down = (y - rect.y) / rect.height;
  if (across < 0 || across > 1 || down < 0 || down > 1) return 0;
  return between(map, across * map.width - 0.5, down * map.height - 0.5);
}

/** Bilinear between cells; whole numbers are centres of cells. */
function between(map: ActivationMap, column: number, row: number): number {
  const x0 = Math.floor(column);
  const y0 = Math.floor(row);
  const fx = column - x0;
  const fy = row - y0;
  const top = cell(map, x0, y0) * (1 - fx) + cell(map, x0 + 1, y0) * fx;
  const bottom =
    cell(map, x0, y0 + 1) * (1 - fx) + cell(map, x0 + 1, y0 + 1) * fx;
  return top * (1 - fy) + bottom * fy;
}

/** A cell's value; beyond the border that of the nearest cell. */
function cell(map: ActivationMap, column: number, row: number): number {
  const x = Math.min(map.width - 1, Math.max(0, column));
  const y = Math.min(map.height - 1, Math.max(0, row));
  return map.values[y * map.width + x] ?? 0;
}
