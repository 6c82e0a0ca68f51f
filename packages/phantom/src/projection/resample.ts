/**
 * Enlarges a map whose pixels are `factor` fine pixels wide, both maps sharing
 * their centre; bilinear, edges held.
 */
export function enlarge(
  coarse: Float32Array,
  coarseWidth: number,
  coarseHeight: number,
  width: number,
  height: number,
  factor: number,
): Float32Array {
  if (factor === 1) return coarse;
  const fine = new Float32Array(width * height);
  const columns = new Int32Array(width);
  const weights = new Float32Array(width);
  for (let x = 0; x < width; x++) {
    const u = (x - (width - 1) / 2) / factor + (coarseWidth - 1) / 2;
    const i = Math.max(0, Math.min(coarseWidth - 2, Math.floor(u)));
    columns[x] = i;
    weights[x] = Math.max(0, Math.min(1, u - i));
  }
  for (let y = 0; y < height; y++) {
    const v = (y - (height - 1) / 2) / factor + (coarseHeight - 1) / 2;
    const j = Math.max(0, Math.min(coarseHeight - 2, Math.floor(v)));
    const wy = Math.max(0, Math.min(1, v - j));
    for (let x = 0; x < width; x++) {
      const i = j * coarseWidth + (columns[x] ?? 0);
      const wx = weights[x] ?? 0;
      const a = coarse[i] ?? 0;
      const b = coarse[i + 1] ?? 0;
      const c = coarse[i + coarseWidth] ?? 0;
      const d = coarse[i + coarseWidth + 1] ?? 0;
      const upper = a + (b - a) * wx;
      fine[y * width + x] = upper + (c + (d - c) * wx - upper) * wy;
    }
  }
  return fine;
}

/** A map of block means; block (i, j) begins at i × factor + offset. */
export interface ShrunkMap {
  readonly map: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/** Mean of blocks of `factor` × `factor`, centred like `enlarge` expects. */
export function shrink(
  fine: Float32Array,
  width: number,
  height: number,
  factor: number,
): ShrunkMap {
  const w = Math.ceil(width / factor);
  const h = Math.ceil(height / factor);
  const map = new Float32Array(w * h);
  const offsetX = Math.floor((width - w * factor) / 2);
  const offsetY = Math.floor((height - h * factor) / 2);
  for (let j = 0; j < h; j++) {
    for (let i = 0; i < w; i++) {
      let sum = 0;
      for (let v = 0; v < factor; v++) {
        const y = Math.max(0, Math.min(height - 1, j * factor + v + offsetY));
        for (let u = 0; u < factor; u++) {
          const x = Math.max(0, Math.min(width - 1, i * factor + u + offsetX));
          sum += fine[y * width + x] ?? 0;
        }
      }
      map[j * w + i] = sum / (factor * factor);
    }
  }
  return { map, width: w, height: h, offsetX, offsetY };
}

/** One pass of a running mean along rows or columns, edges held. */
function boxPass(
  source: Float32Array,
  target: Float32Array,
  count: number,
  length: number,
  stride: number,
  lineStride: number,
  radius: number,
): void {
  const size = 2 * radius + 1;
  for (let line = 0; line < count; line++) {
    const base = line * lineStride;
    const first = source[base] ?? 0;
    let sum = first * (radius + 1);
    for (let i = 1; i <= radius; i++) {
      sum += source[base + Math.min(i, length - 1) * stride] ?? 0;
    }
    for (let i = 0; i < length; i++) {
      target[base + i * stride] = sum / size;
      const enter = Math.min(length - 1, i + radius + 1);
      const leave = Math.max(0, i - radius);
      sum +=
        (source[base + enter * stride] ?? 0) -
        (source[base + leave * stride] ?? 0);
    }
  }
}

/**
 * Radii of three running means that together come nearest to the variance: one
 * of radius r has variance r·(r + 1)/3.
 */
function boxRadii(sigma: number): readonly number[] {
  const small = Math.floor((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2);
  const variance = (r: number): number => (r * (r + 1)) / 3;
  const missing = sigma * sigma - 3 * variance(small);
  const larger = Math.round(missing / (variance(small + 1) - variance(small)));
  return [0, 1, 2].map((i) => (i < larger ? small + 1 : small));
}

/** Three running means: nearly a Gaussian (Wells 1986, Kovesi 2010). */
export function blur(
  map: Float32Array,
  width: number,
  height: number,
  sigma: number,
): Float32Array {
  const a = Float32Array.from(map);
  const b = new Float32Array(map.length);
  for (const radius of boxRadii(sigma)) {
    if (radius < 1) continue;
    boxPass(a, b, height, width, 1, width, radius);
    boxPass(b, a, width, height, width, 1, radius);
  }
  return a;
}
