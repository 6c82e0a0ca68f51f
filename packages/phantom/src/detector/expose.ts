import type { Random } from "../random.ts";
import { blur, enlarge, shrink } from "../projection/resample.ts";

/** How the film was taken. */
export interface Exposure {
  /** Scattered against direct radiation behind the whole field. */
  readonly scatter: number;
  /** Spread of the scatter, in centimetres. */
  readonly scatterReach: number;
  /** Quanta a pixel where nothing attenuates, relative to a normal film. */
  readonly dose: number;
  /** Blur of focal spot and detector, in pixels. */
  readonly blur: number;
}

/**
 * Beer and Lambert, then scatter and detector: the signal of every pixel,
 * 1 where nothing attenuates and nothing scatters.
 */
export function detectorSignal(
  attenuation: Float32Array,
  width: number,
  height: number,
  spacing: number,
  exposure: Exposure,
): Float32Array {
  const direct = new Float32Array(attenuation.length);
  for (let i = 0; i < direct.length; i++) {
    direct[i] = Math.exp(-(attenuation[i] ?? 0));
  }
  // Behind the bare field the beam would outshine the scatter of the body.
  const scattering = direct.map((value) => Math.min(value, 0.12));
  const factor = Math.max(1, Math.round(Math.max(width, height) / 128));
  const small = shrink(scattering, width, height, factor);
  const sigma = exposure.scatterReach / (spacing * factor);
  const spread = enlarge(
    blur(small.map, small.width, small.height, sigma),
    small.width,
    small.height,
    width,
    height,
    factor,
  );
  for (let i = 0; i < direct.length; i++) {
    direct[i] = (direct[i] ?? 0) + exposure.scatter * (spread[i] ?? 0);
  }
  return exposure.blur > 0.3
    ? blur(direct, width, height, exposure.blur)
    : direct;
}

/** Quanta behind a bare pixel of a normal film: sets the grain. */
const BARE_QUANTA = 45_000;

/**
 * Quantum noise: Poisson, taken as normal, since the darkest pixel still gets
 * some hundred quanta. Neighbouring pixels share a little of it, as detectors do.
 */
export function addQuantumNoise(
  signal: Float32Array,
  width: number,
  dose: number,
  random: Random,
): void {
  const quanta = BARE_QUANTA * dose;
  let carried = 0;
  for (let i = 0; i < signal.length; i++) {
    if (i % width === 0) carried = 0;
    const value = signal[i] ?? 0;
    // Four uniforms: variance 1/3, near enough to normal for grain.
    const draw =
      (random.next() + random.next() + random.next() + random.next() - 2) *
      1.7320508;
    carried = 0.35 * carried + 0.94 * draw;
    signal[i] = Math.max(1e-6, value + Math.sqrt(value / quanta) * carried);
  }
}
