/** Grey-level augmentations, each in place on a `size` square of 0…1. */
import type { Random } from "./random.ts";

/** Binomial blur [1 2 1]/4 in both directions, `times` times. */
export function blur(grey: Float32Array, size: number, times: number): void {
  for (let round = 0; round < times; round += 1) {
    pass(grey, size, 1);
    pass(grey, size, size);
  }
}

function pass(grey: Float32Array, size: number, step: number): void {
  const across = step === 1 ? size : 1;
  for (let line = 0; line < size; line += 1) {
    let at = line * across;
    let before = grey[at] ?? 0;
    for (let i = 0; i < size; i += 1, at += step) {
      const here = grey[at] ?? 0;
      const after = i + 1 < size ? (grey[at + step] ?? here) : here;
      grey[at] = (before + 2 * here + after) / 4;
      before = here;
    }
  }
}

/** Unsharp mask. */
export function sharpen(
  grey: Float32Array,
  size: number,
  amount: number,
): void {
  const soft = Float32Array.from(grey);
  blur(soft, size, 2);
  for (let at = 0; at < grey.length; at += 1) {
    const v = grey[at] ?? 0;
    const w = v + amount * (v - (soft[at] ?? 0));
    grey[at] = w < 0 ? 0 : w > 1 ? 1 : w;
  }
}

/** Uneven exposure: brighter to one side by `amount`. */
export function shadeLinearly(
  grey: Float32Array,
  size: number,
  amount: number,
  direction: number,
): void {
  const dx = Math.cos(direction);
  const dy = Math.sin(direction);
  for (let y = 0, at = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1, at += 1) {
      const side = (x / size - 0.5) * dx + (y / size - 0.5) * dy;
      grey[at] = (grey[at] ?? 0) * (1 + 2 * amount * side);
    }
  }
}

/** Gaussian noise of standard deviation `sigma`. */
export function addNoise(
  grey: Float32Array,
  sigma: number,
  random: Random,
): void {
  // Sums of three uniforms are near enough to normal here and much faster.
  const scale = sigma * 2;
  for (let at = 0; at < grey.length; at += 1) {
    const n = random.next() + random.next() + random.next() - 1.5;
    grey[at] = (grey[at] ?? 0) + n * scale;
  }
}

/**
 * Covers parts: rectangles anywhere, bright bars and letters' shapes near the
 * corners, where markers and burnt-in text stand.
 */
export function addCover(
  grey: Float32Array,
  size: number,
  random: Random,
): void {
  const count = 1 + random.below(3);
  for (let round = 0; round < count; round += 1) {
    if (random.chance(0.5)) {
      const side = (): number => Math.round(size * random.range(0.08, 0.28));
      fill(
        grey,
        size,
        random.below(size),
        random.below(size),
        side(),
        side(),
        random.next(),
      );
    } else addMarker(grey, size, random);
  }
}

function addMarker(grey: Float32Array, size: number, random: Random): void {
  const left = random.chance(0.5) ? 0 : size * 0.78;
  const top = random.chance(0.7) ? 0 : size * 0.8;
  const x = Math.round(left + random.range(0, size * 0.16));
  const y = Math.round(top + random.range(0, size * 0.14));
  const bright = random.range(0.75, 1);
  const strokes = 2 + random.below(4);
  for (let stroke = 0; stroke < strokes; stroke += 1) {
    const isUpright = random.chance(0.5);
    const long = 4 + random.below(10);
    const thick = 1 + random.below(3);
    fill(
      grey,
      size,
      x + random.below(10),
      y + random.below(10),
      isUpright ? thick : long,
      isUpright ? long : thick,
      bright,
    );
  }
}

function fill(
  grey: Float32Array,
  size: number,
  left: number,
  top: number,
  width: number,
  height: number,
  value: number,
): void {
  const right = Math.min(size, left + width);
  const bottom = Math.min(size, top + height);
  for (let y = Math.max(0, top); y < bottom; y += 1) {
    grey.fill(value, y * size + Math.max(0, left), y * size + right);
  }
}

const BLOCK = 8;
const COSINES = Float32Array.from({ length: BLOCK * BLOCK }, (_, at) => {
  const u = Math.floor(at / BLOCK);
  const x = at % BLOCK;
  const norm = u === 0 ? Math.sqrt(1 / BLOCK) : Math.sqrt(2 / BLOCK);
  return norm * Math.cos(((2 * x + 1) * u * Math.PI) / (2 * BLOCK));
});

/**
 * What JPEG does: the cosine transform of 8×8 blocks, rounded to steps that
 * grow with frequency, back again. `step` is the step of the mean.
 */
export function compressBlocks(
  grey: Float32Array,
  size: number,
  step: number,
): void {
  const block = new Float32Array(BLOCK * BLOCK);
  for (let top = 0; top + BLOCK <= size; top += BLOCK) {
    for (let left = 0; left + BLOCK <= size; left += BLOCK) {
      for (let at = 0; at < block.length; at += 1) {
        const y = top + Math.floor(at / BLOCK);
        block[at] = grey[y * size + left + (at % BLOCK)] ?? 0;
      }
      const coded = transform(transform(block, false), false);
      for (let at = 0; at < coded.length; at += 1) {
        const q = step * (1 + 0.5 * (Math.floor(at / BLOCK) + (at % BLOCK)));
        coded[at] = Math.round((coded[at] ?? 0) / q) * q;
      }
      const back = transform(transform(coded, true), true);
      for (let at = 0; at < back.length; at += 1) {
        const y = top + Math.floor(at / BLOCK);
        grey[y * size + left + (at % BLOCK)] = back[at] ?? 0;
      }
    }
  }
}

/** One-dimensional transform of the rows, result transposed. */
function transform(block: Float32Array, isInverse: boolean): Float32Array {
  const out = new Float32Array(BLOCK * BLOCK);
  for (let row = 0; row < BLOCK; row += 1) {
    for (let u = 0; u < BLOCK; u += 1) {
      let sum = 0;
      for (let x = 0; x < BLOCK; x += 1) {
        const basis = isInverse
          ? COSINES[x * BLOCK + u]
          : COSINES[u * BLOCK + x];
        sum += (block[row * BLOCK + x] ?? 0) * (basis ?? 0);
      }
      out[u * BLOCK + row] = sum;
    }
  }
  return out;
}
