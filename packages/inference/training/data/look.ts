/**
 * The look of a film: everything that differs between devices, rooms and
 * archives while the patient stays the same. Each works in place on a `size`
 * square of grey 0…1.
 */
import { equaliseLocally } from "./look-contrast.ts";
import { drawLettering } from "./look-letters.ts";
import { mixLowFrequencies, transferHistogram } from "./look-transfer.ts";
import type { Random } from "./random.ts";
import { veil } from "./look-veil.ts";

/** Chance of each change of look, 0…1; 0 switches one off. */
export interface LookConfig {
  /** Scatter and haze over the field. */
  haze: number;
  /** Slowly varying brightness. */
  shading: number;
  /** Local contrast as a device's own processing raises it. */
  localContrast: number;
  /** Grey levels of another film, of any collection. */
  histogram: number;
  /** Slow waves (Fourier amplitudes) of another film. */
  amplitudes: number;
  /** Letters, numbers, markers. */
  letters: number;
  /** Bands at the edges that no beam reached or no film covered. */
  borders: number;
  /** Fewer pixels than the net sees. */
  coarse: number;
}

/** The committed model's recipe. */
export const STANDARD_LOOK: LookConfig = {
  haze: 0.2,
  shading: 0.15,
  localContrast: 0.12,
  histogram: 0.12,
  amplitudes: 0.1,
  letters: 0.25,
  borders: 0.12,
  coarse: 0.15,
};

/** No change of look. */
export const NO_LOOK: LookConfig = {
  haze: 0,
  shading: 0,
  localContrast: 0,
  histogram: 0,
  amplitudes: 0,
  letters: 0,
  borders: 0,
  coarse: 0,
};

/** Another film on the same grid, whose look may be borrowed. */
export type Partner = () => Float32Array;

/** Draws which changes the film gets and makes them. */
export function changeLook(
  grey: Float32Array,
  size: number,
  config: LookConfig,
  partner: Partner,
  random: Random,
): void {
  if (random.chance(config.coarse)) coarsen(grey, size, random.range(0.4, 0.9));
  if (random.chance(config.histogram)) {
    transferHistogram(grey, partner(), random.range(0.3, 1));
  }
  if (random.chance(config.amplitudes)) {
    mixLowFrequencies(grey, partner(), size, random.range(0.2, 0.8));
  }
  if (random.chance(config.localContrast)) {
    equaliseLocally(grey, size, {
      tiles: 2 + random.below(7),
      limit: random.range(1.2, 4),
      strength: random.range(0.2, 1),
    });
  }
  if (random.chance(config.haze)) veil(grey, size, random);
  if (random.chance(config.shading)) shadeSlowly(grey, size, random);
  if (random.chance(config.borders)) addBorders(grey, size, random);
  if (random.chance(config.letters)) drawLettering(grey, size, random);
}

const SHADING_POINTS = 4;

/** Brightness times a smooth field through a few random points. */
function shadeSlowly(grey: Float32Array, size: number, random: Random): void {
  const depth = random.range(0.08, 0.3);
  const field = Float32Array.from({ length: SHADING_POINTS ** 2 }, () =>
    random.range(1 - depth, 1 + depth),
  );
  for (let y = 0, at = 0; y < size; y += 1) {
    const v = (y / size) * (SHADING_POINTS - 1);
    for (let x = 0; x < size; x += 1, at += 1) {
      const u = (x / size) * (SHADING_POINTS - 1);
      grey[at] = (grey[at] ?? 0) * between(field, u, v);
    }
  }
}

/** Smoothed bilinear value between the field's points. */
function between(field: Float32Array, u: number, v: number): number {
  const x = Math.floor(u);
  const y = Math.floor(v);
  const fx = smooth(u - x);
  const fy = smooth(v - y);
  const at = y * SHADING_POINTS + x;
  const top = (field[at] ?? 1) * (1 - fx) + (field[at + 1] ?? 1) * fx;
  const below = at + SHADING_POINTS;
  const bottom = (field[below] ?? 1) * (1 - fx) + (field[below + 1] ?? 1) * fx;
  return top * (1 - fy) + bottom * fy;
}

function smooth(part: number): number {
  return part * part * (3 - 2 * part);
}

/** Bands of one grey at one to four edges, as cones and scanners leave them. */
function addBorders(grey: Float32Array, size: number, random: Random): void {
  const level = random.chance(0.7)
    ? random.range(0, 0.1)
    : random.range(0.8, 1);
  const width = (): number =>
    random.chance(0.6) ? Math.round(size * random.range(0.01, 0.12)) : 0;
  const [left, right, top, bottom] = [width(), width(), width(), width()];
  for (let y = 0; y < size; y += 1) {
    const row = grey.subarray(y * size, (y + 1) * size);
    if (y < top || y >= size - bottom) row.fill(level);
    row.fill(level, 0, left);
    row.fill(level, size - right);
  }
}

/** The film on a coarser grid and back: what thumbnails and exports lose. */
export function coarsen(grey: Float32Array, size: number, part: number): void {
  const side = Math.max(16, Math.round(size * part));
  const small = resize(grey, size, side);
  grey.set(resize(small, side, size));
}

/** Bilinear, each new pixel from the four nearest. */
function resize(from: Float32Array, side: number, to: number): Float32Array {
  const out = new Float32Array(to * to);
  const scale = side / to;
  const last = side - 1;
  for (let y = 0, at = 0; y < to; y += 1) {
    const v = Math.min(last, Math.max(0, (y + 0.5) * scale - 0.5));
    const y0 = Math.floor(v);
    const fy = v - y0;
    const above = y0 * side;
    const below = Math.min(last, y0 + 1) * side;
    for (let x = 0; x < to; x += 1, at += 1) {
      const u = Math.min(last, Math.max(0, (x + 0.5) * scale - 0.5));
      const x0 = Math.floor(u);
      const fx = u - x0;
      const x1 = Math.min(last, x0 + 1);
      const top =
        (from[above + x0] ?? 0) * (1 - fx) + (from[above + x1] ?? 0) * fx;
      const bottom =
        (from[below + x0] ?? 0) * (1 - fx) + (from[below + x1] ?? 0) * fx;
      out[at] = top * (1 - fy) + bottom * fy;
    }
  }
  return out;
}
