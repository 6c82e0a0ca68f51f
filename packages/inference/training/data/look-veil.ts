/** Scatter and haze: a bright, soft film over the lungs and mediastinum. */
import type { Random } from "./random.ts";

/**
 * Either scattered radiation (the film mixed with a wide blur of itself, which
 * takes contrast from the lungs and makes the mediastinum glow) or brightness
 * that lies over parts of it.
 */
export function veil(grey: Float32Array, size: number, random: Random): void {
  if (random.chance(0.6)) {
    scatter(grey, size, random.range(0.06, 0.22), random.range(0.1, 0.6));
  } else haze(grey, size, random);
}

/** `(1 − part) · film + part · wide blur of it`; `width` in sides. */
export function scatter(
  grey: Float32Array,
  size: number,
  width: number,
  part: number,
): void {
  const soft = wideBlur(grey, size, Math.max(1, Math.round(width * size)));
  for (let at = 0; at < grey.length; at += 1) {
    const v = grey[at] ?? 0;
    grey[at] = v + part * ((soft[at] ?? 0) - v);
  }
}

/** Two box blurs in each direction: close to a Gaussian of `radius`. */
function wideBlur(
  grey: Float32Array,
  size: number,
  radius: number,
): Float32Array {
  let now = grey;
  for (let round = 0; round < 2; round += 1) {
    now = boxBlur(now, size, radius, 1, size);
    now = boxBlur(now, size, radius, size, 1);
  }
  return now;
}

/** Running means along lines; edges repeat. */
function boxBlur(
  from: Float32Array,
  size: number,
  radius: number,
  step: number,
  across: number,
): Float32Array {
  const out = new Float32Array(from.length);
  const width = 2 * radius + 1;
  const last = size - 1;
  for (let line = 0; line < size; line += 1) {
    const base = line * across;
    let sum = (from[base] ?? 0) * radius;
    for (let i = 0; i <= radius; i += 1) {
      sum += from[base + Math.min(last, i) * step] ?? 0;
    }
    for (let i = 0; i < size; i += 1) {
      out[base + i * step] = sum / width;
      const enters = Math.min(last, i + radius + 1);
      const leaves = Math.max(0, i - radius);
      sum +=
        (from[base + enters * step] ?? 0) - (from[base + leaves * step] ?? 0);
    }
  }
  return out;
}

/** One to three bright clouds, mostly near the middle. */
function haze(grey: Float32Array, size: number, random: Random): void {
  const clouds = 1 + random.below(3);
  for (let cloud = 0; cloud < clouds; cloud += 1) {
    const x0 = random.range(0.2, 0.8);
    const y0 = random.range(0.1, 0.9);
    const narrow = 1 / random.range(0.12, 0.4) ** 2;
    const flat = 1 / random.range(0.12, 0.5) ** 2;
    const depth = random.range(0.08, 0.4);
    for (let y = 0, at = 0; y < size; y += 1) {
      const dy = (y / size - y0) ** 2 * flat;
      for (let x = 0; x < size; x += 1, at += 1) {
        const cover =
          depth * Math.exp(-0.5 * ((x / size - x0) ** 2 * narrow + dy));
        const v = grey[at] ?? 0;
        grey[at] = v + cover * (1 - v);
      }
    }
  }
}
