import type { Shape } from "./letter-shapes.ts";

/**
 * What tells writing from ribs, wires and noise, of shapes in one line: how
 * many, how sharp and how alike they are, and how they stand. Lengths are in
 * parts of the mean height; the order is that of the weights.
 */
export function lineFeatures(
  shapes: readonly Shape[],
  longestSide: number,
): number[] {
  const height = mean(shapes.map((shape) => shape.height));
  const contrast = shapes.map((shape) => shape.contrast);
  const sharpness = shapes.map((shape) => shape.sharpness);
  const gaps = shapes
    .slice(1)
    .map(({ x }, at) => x - (shapes[at]?.x ?? 0) - (shapes[at]?.width ?? 0));
  const base = baseline(shapes);
  return [
    Math.min(shapes.length, 12),
    mean(sharpness),
    Math.min(...sharpness),
    Math.log(mean(contrast)),
    spread(contrast) / mean(contrast),
    spread(shapes.map((shape) => shape.height)) / height,
    base.residual / height,
    Math.abs(base.slope),
    mean(gaps) / height,
    spread(gaps) / height,
    mean(shapes.map(({ roughness }) => roughness)),
    mean(shapes.map(({ width }) => width)) / height,
    mean(shapes.map((s) => s.area / (s.width * s.height))),
    (100 * height) / longestSide,
    spread(shapes.map(({ ink }) => ink)) / mean(contrast),
  ];
}

/** Least squares through the feet of the shapes. */
function baseline(shapes: readonly Shape[]): {
  slope: number;
  residual: number;
} {
  const xs = shapes.map(({ x, width }) => x + width / 2);
  const ys = shapes.map(({ y, height }) => y + height);
  const [mx, my] = [mean(xs), mean(ys)];
  const sxx = xs.reduce((sum, x) => sum + (x - mx) ** 2, 0);
  const sxy = xs.reduce(
    (sum, x, at) => sum + (x - mx) * ((ys[at] ?? 0) - my),
    0,
  );
  const slope = sxx === 0 ? 0 : sxy / sxx;
  const off = ys.map((y, at) => y - my - slope * ((xs[at] ?? 0) - mx));
  return { slope, residual: Math.sqrt(mean(off.map((d) => d * d))) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function spread(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}
