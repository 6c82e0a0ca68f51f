/** The map of one finding, from the last convolution to the source film. */
import type { Rect } from "../models/preprocess.ts";
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
  const read = (x: number, y: number): number => {
    const cx = Math.min(map.width - 1, Math.max(0, x));
    const cy = Math.min(map.height - 1, Math.max(0, y));
    return map.values[cy * map.width + cx] ?? 0;
  };
  for (let y = 0; y < height; y += 1) {
    const sy = (y + 0.5) / factor - 0.5;
    const y0 = Math.floor(sy);
    const fy = sy - y0;
    for (let x = 0; x < width; x += 1) {
      const sx = (x + 0.5) / factor - 0.5;
      const x0 = Math.floor(sx);
      const fx = sx - x0;
      const top = read(x0, y0) * (1 - fx) + read(x0 + 1, y0) * fx;
      const bottom = read(x0, y0 + 1) * (1 - fx) + read(x0 + 1, y0 + 1) * fx;
      values[y * width + x] = top * (1 - fy) + bottom * fy;
    }
  }
  return { ...map, width, height, values };
}
