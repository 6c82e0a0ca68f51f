/**
 * Augmentation of one cached film: geometry first, then grey levels, then the
 * same percentile normalisation as in the product, then what happens after a
 * detector (noise, JPEG, covered parts). Each can be switched off.
 */
import { normalisePercentiles } from "../../src/models/preprocess.ts";
import {
  addCover,
  addNoise,
  blur,
  compressBlocks,
  shadeLinearly,
  sharpen,
} from "./augment-grey.ts";
import { warp, type Warp } from "./augment-geometry.ts";
import {
  changeLook,
  STANDARD_LOOK,
  type LookConfig,
  type Partner,
} from "./look.ts";
import type { Random } from "./random.ts";

/** Strengths of every augmentation; 0 switches one off. */
export interface AugmentConfig {
  flip: number;
  rotateDegrees: number;
  zoom: number;
  aspect: number;
  shift: number;
  gamma: number;
  contrast: number;
  shade: number;
  blur: number;
  sharpen: number;
  noise: number;
  jpeg: number;
  cover: number;
  gain: number;
  look: LookConfig;
}

/** The committed model's recipe. */
export const STANDARD_AUGMENTATION: AugmentConfig = {
  flip: 0.5,
  rotateDegrees: 10,
  zoom: 0.15,
  aspect: 0.2,
  shift: 0.07,
  gamma: 0.5,
  contrast: 0.35,
  shade: 0.25,
  blur: 0.35,
  sharpen: 0.25,
  noise: 0.065,
  jpeg: 0.22,
  cover: 0.35,
  gain: 0.12,
  look: STANDARD_LOOK,
};

/** A film as the net trains on it, and how it was moved. */
export interface AugmentedFilm {
  grey: Float32Array;
  warp: Warp;
}

/** Draws how a film is moved. */
export function drawWarp(config: AugmentConfig, random: Random): Warp {
  const zoom = 1 + random.range(-config.zoom, config.zoom);
  const aspect = 1 + random.range(-config.aspect, config.aspect);
  return {
    isFlipped: random.chance(config.flip),
    angle:
      (random.range(-config.rotateDegrees, config.rotateDegrees) * Math.PI) /
      180,
    scaleX: zoom * Math.sqrt(aspect),
    scaleY: zoom / Math.sqrt(aspect),
    shiftX: random.range(-config.shift, config.shift),
    shiftY: random.range(-config.shift, config.shift),
  };
}

/**
 * @param source grey bytes of a `sourceSize` square
 * @param size side of the result, grey 0…1
 * @param partner another film, whose look may be borrowed
 * @param how how the film is moved, drawn where it is not given
 */
export function augment(
  source: Uint8Array,
  sourceSize: number,
  size: number,
  config: AugmentConfig,
  random: Random,
  partner: Partner | null = null,
  how: Warp = drawWarp(config, random),
): AugmentedFilm {
  const grey = warp(source, sourceSize, size, how);
  if (random.chance(config.blur)) blur(grey, size, 1 + random.below(2));
  else if (random.chance(config.sharpen)) {
    sharpen(grey, size, random.range(0.3, 1.2));
  }
  toneCurve(grey, config, random);
  if (random.chance(config.shade)) {
    shadeLinearly(grey, size, random.range(0.1, 0.35), random.range(0, 6.28));
  }
  if (partner !== null) changeLook(grey, size, config.look, partner, random);
  const low = random.range(0.2, 2.5);
  const high = 100 - random.range(0.2, 2.5);
  normalisePercentiles(grey, low, high);
  if (random.chance(0.5)) addNoise(grey, random.range(0, config.noise), random);
  if (random.chance(config.jpeg)) {
    compressBlocks(grey, size, random.range(0.02, 0.12));
  }
  if (random.chance(config.cover)) addCover(grey, size, random);
  const gain = 1 + random.range(-config.gain, config.gain);
  const offset = random.range(-config.gain, config.gain) / 2;
  for (let at = 0; at < grey.length; at += 1) {
    const v = ((grey[at] ?? 0) - 0.5) * gain + 0.5 + offset;
    grey[at] = v < 0 ? 0 : v > 1 ? 1 : v;
  }
  return { grey, warp: how };
}

/** Gamma and an S-shaped contrast change, as other detectors and LUTs do. */
function toneCurve(
  grey: Float32Array,
  config: AugmentConfig,
  random: Random,
): void {
  const gamma = Math.exp(random.range(-config.gamma, config.gamma));
  const bend = random.range(-config.contrast, config.contrast);
  const table = Float32Array.from({ length: 257 }, (_, at) => {
    const v = (at / 256) ** gamma;
    // v·(1−v)·(2v−1) is zero at 0, ½ and 1: it steepens or flattens the middle.
    return v + 2 * bend * v * (1 - v) * (2 * v - 1);
  });
  for (let at = 0; at < grey.length; at += 1) {
    const v = Math.min(1, Math.max(0, grey[at] ?? 0)) * 256;
    const low = Math.floor(v);
    const a = table[low] ?? 0;
    const b = table[Math.min(256, low + 1)] ?? a;
    grey[at] = a + (b - a) * (v - low);
  }
}
