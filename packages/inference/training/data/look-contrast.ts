/** Local contrast as devices' own processing raises it. */

/** How local contrast is raised. */
export interface LocalContrast {
  /** Tiles a side. */
  tiles: number;
  /** Most films of one level in a tile, in multiples of an even share. */
  limit: number;
  /** Part of the change that is made, 0…1. */
  strength: number;
}

const LEVELS = 64;

/**
 * Contrast-limited adaptive histogram equalisation (Zuiderveld 1994), blended
 * with the film.
 */
export function equaliseLocally(
  grey: Float32Array,
  size: number,
  { tiles, limit, strength }: LocalContrast,
): void {
  const curves = tileCurves(grey, size, tiles, limit);
  const tile = size / tiles;
  const last = tiles - 1;
  for (let y = 0, at = 0; y < size; y += 1) {
    const v = Math.min(last, Math.max(0, (y + 0.5) / tile - 0.5));
    const y0 = Math.floor(v);
    const fy = v - y0;
    const y1 = Math.min(last, y0 + 1);
    for (let x = 0; x < size; x += 1, at += 1) {
      const u = Math.min(last, Math.max(0, (x + 0.5) / tile - 0.5));
      const x0 = Math.floor(u);
      const fx = u - x0;
      const x1 = Math.min(last, x0 + 1);
      const value = grey[at] ?? 0;
      const level = levelOf(value);
      const upper = y0 * tiles * LEVELS + level;
      const lower = y1 * tiles * LEVELS + level;
      const left = x0 * LEVELS;
      const right = x1 * LEVELS;
      const top =
        (curves[upper + left] ?? 0) * (1 - fx) +
        (curves[upper + right] ?? 0) * fx;
      const bottom =
        (curves[lower + left] ?? 0) * (1 - fx) +
        (curves[lower + right] ?? 0) * fx;
      const equal = top * (1 - fy) + bottom * fy;
      grey[at] = value + strength * (equal - value);
    }
  }
}

function levelOf(value: number): number {
  const level = Math.floor(value * LEVELS);
  return level < 0 ? 0 : level >= LEVELS ? LEVELS - 1 : level;
}

/** Cumulative shares of every tile's levels, clipped and spread. */
function tileCurves(
  grey: Float32Array,
  size: number,
  tiles: number,
  limit: number,
): Float32Array {
  const curves = new Float32Array(tiles * tiles * LEVELS);
  for (let y = 0, at = 0; y < size; y += 1) {
    const row = Math.min(tiles - 1, Math.floor((y * tiles) / size));
    for (let x = 0; x < size; x += 1, at += 1) {
      const column = Math.min(tiles - 1, Math.floor((x * tiles) / size));
      const bin = (row * tiles + column) * LEVELS + levelOf(grey[at] ?? 0);
      curves[bin] = (curves[bin] ?? 0) + 1;
    }
  }
  for (let tile = 0; tile < tiles * tiles; tile += 1) {
    const counts = curves.subarray(tile * LEVELS, (tile + 1) * LEVELS);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const most = (limit * total) / LEVELS;
    let spare = 0;
    for (const [level, count] of counts.entries()) {
      if (count <= most) continue;
      spare += count - most;
      counts[level] = most;
    }
    let sum = 0;
    for (const [level, count] of counts.entries()) {
      sum += count + spare / LEVELS;
      counts[level] = sum / Math.max(1, total);
    }
  }
  return curves;
}
