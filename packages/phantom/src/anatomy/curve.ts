/** A smooth curve through knots of increasing x. */
export type Knots = readonly (readonly [x: number, y: number])[];

/** 3t² − 2t³ between 0 and 1, flat outside. */
export function smoothstep(low: number, high: number, x: number): number {
  const t = Math.max(0, Math.min(1, (x - low) / (high - low)));
  return t * t * (3 - 2 * t);
}

/** `a` at t = 0, `b` at t = 1. */
export function lerp(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

/** Tangent at knot i: zero at extremes, so the curve never overshoots. */
function tangentAt(knots: Knots, i: number): number {
  const here = knots[i];
  const before = knots[i - 1];
  const after = knots[i + 1];
  if (!here || !before || !after) return 0;
  const d0 = (here[1] - before[1]) / (here[0] - before[0]);
  const d1 = (after[1] - here[1]) / (after[0] - here[0]);
  return d0 * d1 <= 0 ? 0 : (2 * d0 * d1) / (d0 + d1);
}

/**
 * Monotone cubic interpolation (Fritsch and Butland 1984, harmonic mean of
 * slopes); constant beyond the first and the last knot.
 */
export function interpolate(knots: Knots, x: number): number {
  const first = knots[0];
  const last = knots[knots.length - 1];
  if (!first || !last) return 0;
  if (x <= first[0]) return first[1];
  if (x >= last[0]) return last[1];
  let i = 0;
  while ((knots[i + 1]?.[0] ?? Infinity) < x) i++;
  const a = knots[i] ?? first;
  const b = knots[i + 1] ?? last;
  const h = b[0] - a[0];
  const t = (x - a[0]) / h;
  const u = 1 - t;
  return (
    a[1] * (1 + 2 * t) * u * u +
    tangentAt(knots, i) * h * t * u * u +
    b[1] * t * t * (3 - 2 * t) -
    tangentAt(knots, i + 1) * h * t * t * u
  );
}

/** A curve sampled once, so that reading it costs one look-up. */
export interface SampledCurve {
  at(x: number): number;
}

/** Samples the curve every `step` between its end knots, linear in between. */
export function sampleCurve(knots: Knots, step = 0.05): SampledCurve {
  const low = knots[0]?.[0] ?? 0;
  const high = knots[knots.length - 1]?.[0] ?? 0;
  const count = Math.max(2, Math.ceil((high - low) / step) + 1);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    values[i] = interpolate(knots, low + i * step);
  }
  return {
    at: (x) => {
      const position = Math.max(0, Math.min(count - 1.001, (x - low) / step));
      const i = Math.floor(position);
      const a = values[i] ?? 0;
      return a + ((values[i + 1] ?? a) - a) * (position - i);
    },
  };
}
