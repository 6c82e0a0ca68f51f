import { scaleColor, scaleOpacity, type ColorScale } from "./color-scale.ts";

/** Activations in 0…1, row by row. */
export interface ActivationGrid {
  readonly width: number;
  readonly height: number;
  readonly values: ArrayLike<number>;
}

/**
 * The grid at another size, by cubic convolution with a = -0.5 (R. Keys,
 * "Cubic convolution interpolation for digital image processing", 1981, eq.
 * 15), one axis after the other. Cells are areas: the value of a cell stands
 * in its middle. Cut to 0…1, where the cubic would swing over.
 */
export function resampleGrid(
  grid: ActivationGrid,
  width: number,
  height: number,
): Float32Array {
  const rows = new Float32Array(width * grid.height);
  const across = cubicTaps(grid.width, width);
  for (let y = 0; y < grid.height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rows[y * width + x] = weigh(
        across,
        x,
        (index) => grid.values[y * grid.width + index] ?? 0,
      );
    }
  }
  const result = new Float32Array(width * height);
  const down = cubicTaps(grid.height, height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const value = weigh(down, y, (index) => rows[index * width + x] ?? 0);
      result[y * width + x] = Math.min(Math.max(value, 0), 1);
    }
  }
  return result;
}

/** For each output sample, four input indices and their weights. */
interface Taps {
  readonly indices: Int32Array;
  readonly weights: Float32Array;
}

const TAPS = 4;

function cubicTaps(from: number, to: number): Taps {
  const indices = new Int32Array(to * TAPS);
  const weights = new Float32Array(to * TAPS);
  for (let out = 0; out < to; out += 1) {
    const position = ((out + 0.5) * from) / to - 0.5;
    const first = Math.floor(position) - 1;
    for (let tap = 0; tap < TAPS; tap += 1) {
      const index = first + tap;
      indices[out * TAPS + tap] = Math.min(Math.max(index, 0), from - 1);
      weights[out * TAPS + tap] = keysKernel(position - index);
    }
  }
  return { indices, weights };
}

function keysKernel(distance: number): number {
  const d = Math.abs(distance);
  if (d < 1) return 1.5 * d ** 3 - 2.5 * d ** 2 + 1;
  if (d < 2) return -0.5 * d ** 3 + 2.5 * d ** 2 - 4 * d + 2;
  return 0;
}

function weigh(
  { indices, weights }: Taps,
  out: number,
  read: (index: number) => number,
): number {
  let sum = 0;
  for (let tap = out * TAPS; tap < (out + 1) * TAPS; tap += 1) {
    sum += read(indices[tap] ?? 0) * (weights[tap] ?? 0);
  }
  return sum;
}

/** Steps of the colour table; finer ones cannot be told apart on a screen. */
const COLOR_STEPS = 1024;

/** Colours and opacities (not premultiplied) of resampled activations. */
export function paintActivations(
  values: Float32Array,
  scale: ColorScale,
): Uint8ClampedArray<ArrayBuffer> {
  const table = colorTable(scale);
  const rgba = new Uint8ClampedArray(values.length * 4);
  const pixels = new Uint32Array(rgba.buffer);
  values.forEach((value, index) => {
    pixels[index] = table[Math.round(value * COLOR_STEPS)] ?? 0;
  });
  return rgba;
}

/** Red, green, blue, opacity of every step, as they lie in an ImageData. */
function colorTable(scale: ColorScale): Uint32Array {
  const bytes = new Uint8ClampedArray((COLOR_STEPS + 1) * 4);
  for (let step = 0; step <= COLOR_STEPS; step += 1) {
    const activation = step / COLOR_STEPS;
    const opacity = Math.round(scaleOpacity(activation) * 255);
    bytes.set([...scaleColor(scale, activation), opacity], step * 4);
  }
  return new Uint32Array(bytes.buffer);
}
