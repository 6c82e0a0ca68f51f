import { blur, enlarge, shrink } from "../projection/resample.ts";

/** How the picture is made of the signal. */
export interface Development {
  /** Grey, as a share of the range, that lungs and mediastinum are brought to. */
  readonly lungGrey: number;
  readonly denseGrey: number;
  /** Emphasis of detail, 0 for none. */
  readonly detail: number;
}

/** Value below which the given share of the sample lies. */
function quantile(sorted: Float64Array, share: number): number {
  const i = Math.round(share * (sorted.length - 1));
  return sorted[Math.max(0, Math.min(sorted.length - 1, i))] ?? 0;
}

/** Sorted values of the pixels of the mask, at most some thousand of them. */
function sample(
  values: Float32Array,
  wanted: (index: number) => boolean,
): Float64Array {
  const step = Math.max(1, Math.floor(values.length / 40_000));
  const picked: number[] = [];
  for (let i = 0; i < values.length; i += step) {
    if (wanted(i)) picked.push(values[i] ?? 0);
  }
  return Float64Array.from(picked).sort();
}

/**
 * Film curve: straight between, bent at both ends like a film's toe and
 * shoulder; −∞ to 0, +∞ to 1, slope 1 at a half.
 */
function filmCurve(x: number): number {
  return 1 / (1 + Math.exp(-4 * (x - 0.5)));
}

/**
 * Grey values 0 (nothing in the way) to 1: logarithm, emphasis of detail, then
 * a window set from the picture itself as an automatic exposure control does.
 */
export function develop(
  signal: Float32Array,
  body: Float32Array,
  width: number,
  height: number,
  development: Development,
): Float32Array {
  const density = new Float32Array(signal.length);
  for (let i = 0; i < density.length; i++) {
    density[i] = -Math.log(signal[i] ?? 1);
  }
  const emphasised = emphasise(density, width, height, development.detail);
  const inBody = sample(density, (i) => (body[i] ?? 0) > 8);
  // The darkest tenth of the body is lung, unless hardly any air is left in it.
  const low = quantile(inBody, 0.1);
  const high = Math.max(low + 0.5, quantile(inBody, 0.93));
  // The curve's argument for a wanted grey is its inverse.
  const inverse = (g: number): number => 0.5 + Math.log(g / (1 - g)) / 4;
  const a = inverse(development.lungGrey);
  const b = inverse(development.denseGrey);
  const slope = (b - a) / (high - low);
  const base = filmCurve(a - low * slope);
  return emphasised.map((value) => {
    const grey = filmCurve(a + (value - low) * slope);
    return Math.max(0, (grey - base) / (1 - base));
  });
}

/** Unsharp masking at two scales, as digital systems apply it. */
function emphasise(
  density: Float32Array,
  width: number,
  height: number,
  detail: number,
): Float32Array {
  if (detail <= 0) return density;
  const size = Math.max(width, height);
  const fine = blur(density, width, height, size / 170);
  const factor = Math.max(1, Math.round(size / 128));
  const small = shrink(density, width, height, factor);
  const broad = enlarge(
    blur(small.map, small.width, small.height, small.width / 9),
    small.width,
    small.height,
    width,
    height,
    factor,
  );
  return density.map(
    (value, i) =>
      value +
      detail * 0.9 * (value - (fine[i] ?? 0)) +
      detail * 0.35 * ((fine[i] ?? 0) - (broad[i] ?? 0)),
  );
}
