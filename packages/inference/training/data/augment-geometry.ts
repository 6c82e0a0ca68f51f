/** Moving a film: one affine change, bilinear, black outside. */
export interface Warp {
  isFlipped: boolean;
  /** Radians. */
  angle: number;
  /** Larger shows the film larger. */
  scaleX: number;
  scaleY: number;
  /** Parts of a side. */
  shiftX: number;
  shiftY: number;
}

/** No change at all. */
export const IDENTITY_WARP: Warp = {
  isFlipped: false,
  angle: 0,
  scaleX: 1,
  scaleY: 1,
  shiftX: 0,
  shiftY: 0,
};

/**
 * Where a point of the result (parts of a side, 0…1) lay in the source:
 * `[a, b, c, d, e, f]` with `x = a·u + b·v + c`, `y = d·u + e·v + f`.
 */
function sourceMatrix(
  warp: Warp,
): [number, number, number, number, number, number] {
  const cos = Math.cos(warp.angle);
  const sin = Math.sin(warp.angle);
  const mirror = warp.isFlipped ? -1 : 1;
  const a = (mirror * cos) / warp.scaleX;
  const b = (mirror * sin) / warp.scaleX;
  const d = -sin / warp.scaleY;
  const e = cos / warp.scaleY;
  const u = 0.5 + warp.shiftX;
  const v = 0.5 + warp.shiftY;
  return [a, b, 0.5 - a * u - b * v, d, e, 0.5 - d * u - e * v];
}

/** Grey 0…1 on a `size` square, from bytes on a `sourceSize` square. */
export function warp(
  source: Uint8Array,
  sourceSize: number,
  size: number,
  how: Warp,
): Float32Array {
  const [a, b, c, d, e, f] = sourceMatrix(how);
  const out = new Float32Array(size * size);
  const last = sourceSize - 1;
  for (let y = 0; y < size; y += 1) {
    const v = (y + 0.5) / size;
    for (let x = 0; x < size; x += 1) {
      const u = (x + 0.5) / size;
      const sx = (a * u + b * v + c) * sourceSize - 0.5;
      const sy = (d * u + e * v + f) * sourceSize - 0.5;
      if (sx < -0.5 || sy < -0.5 || sx > last + 0.5 || sy > last + 0.5)
        continue;
      const cx = sx < 0 ? 0 : sx > last ? last : sx;
      const cy = sy < 0 ? 0 : sy > last ? last : sy;
      const x0 = Math.floor(cx);
      const y0 = Math.floor(cy);
      const x1 = x0 < last ? x0 + 1 : x0;
      const y1 = y0 < last ? y0 + 1 : y0;
      const fx = cx - x0;
      const fy = cy - y0;
      const top =
        (source[y0 * sourceSize + x0] ?? 0) * (1 - fx) +
        (source[y0 * sourceSize + x1] ?? 0) * fx;
      const bottom =
        (source[y1 * sourceSize + x0] ?? 0) * (1 - fx) +
        (source[y1 * sourceSize + x1] ?? 0) * fx;
      out[y * size + x] = (top * (1 - fy) + bottom * fy) / 255;
    }
  }
  return out;
}

const SUBSAMPLES = 4;

/**
 * How much of every cell of a `cells` square lies in one of the boxes after
 * the film was moved, 0…1. Boxes are in parts of the source film's sides.
 */
export function coverage(
  boxes: readonly { x: number; y: number; width: number; height: number }[],
  how: Warp,
  cells: number,
): Float32Array {
  const [a, b, c, d, e, f] = sourceMatrix(how);
  const out = new Float32Array(cells * cells);
  const fine = cells * SUBSAMPLES;
  for (let y = 0; y < fine; y += 1) {
    const v = (y + 0.5) / fine;
    for (let x = 0; x < fine; x += 1) {
      const u = (x + 0.5) / fine;
      const sx = a * u + b * v + c;
      const sy = d * u + e * v + f;
      const isInside = boxes.some(
        (box) =>
          sx >= box.x &&
          sy >= box.y &&
          sx < box.x + box.width &&
          sy < box.y + box.height,
      );
      if (!isInside) continue;
      const at =
        Math.floor(y / SUBSAMPLES) * cells + Math.floor(x / SUBSAMPLES);
      out[at] = (out[at] ?? 0) + 1 / SUBSAMPLES ** 2;
    }
  }
  return out;
}
