/**
 * From a decoded film to the net's input, one pure function a step. Training
 * fills its cache with the same code, so both see the same pixels.
 */
import { InferenceError } from "../errors.ts";
import type { Film } from "../types.ts";
import { resample, type Rect } from "./resample.ts";

/** How films are brought to the net's scale; the manifest holds it. */
export interface InputSpec {
  /** Side of the square input; films are stretched to it. */
  size: number;
  /** Grey levels at these percentiles become 0 and 1. */
  lowPercentile: number;
  highPercentile: number;
}

/** A film on the net's grid, grey 0…1, and the source rectangle it covers. */
export interface PreparedFilm {
  size: number;
  grey: Float32Array;
  rect: Rect;
}

// A margin counts as empty when its grey levels span less than this part of
// the full scale: a flat border, not the faint edge of a body.
const FLAT_SPAN = 0.02;
// Margins wider than this part of a side are kept: they may be anatomy.
const MAX_TRIM = 0.3;

/**
 * Brings a film to the net's grid: flat margins off, display window, area
 * averaging to a square, percentile normalisation.
 *
 * @throws InferenceError `no-pixels` when the film has none.
 */
export function prepareFilm(film: Film, spec: InputSpec): PreparedFilm {
  if (film.pixels.length < film.width * film.height || film.width < 1) {
    throw new InferenceError("no-pixels", "the film holds no pixels");
  }
  const rect = contentRect(film);
  const grid = resample(film, rect, spec.size);
  applyWindow(grid, film.window);
  normalisePercentiles(grid, spec.lowPercentile, spec.highPercentile);
  return { size: spec.size, grey: grid, rect };
}

/** The film without flat margins (collimator borders, letterboxes). */
export function contentRect(film: Film): Rect {
  const { width, height } = film;
  const flat = film.maxValue * FLAT_SPAN;
  const [top, bottom] = flatEnds(height, (y) =>
    isFlat(film.pixels, y * width, width, 1, flat),
  );
  const [left, right] = flatEnds(width, (x) =>
    isFlat(film.pixels, x, height, width, flat),
  );
  return {
    x: left,
    y: top,
    width: width - left - right,
    height: height - top - bottom,
  };
}

/** Whether a line of `count` pixels, `step` apart, spans at most `flat`. */
function isFlat(
  pixels: Uint16Array,
  first: number,
  count: number,
  step: number,
  flat: number,
): boolean {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0, at = first; i < count; i += 1, at += step) {
    const v = pixels[at] ?? 0;
    if (v < low) low = v;
    if (v > high) high = v;
    if (high - low > flat) return false;
  }
  return true;
}

/** How many lines at either end are flat, each at most `MAX_TRIM`. */
function flatEnds(
  lines: number,
  isFlatLine: (at: number) => boolean,
): [number, number] {
  const most = Math.floor(lines * MAX_TRIM);
  let start = 0;
  while (start <= most && isFlatLine(start)) start += 1;
  let end = 0;
  while (end <= most && isFlatLine(lines - 1 - end)) end += 1;
  // A flat run that does not end within the limit is no margin.
  return [start > most ? 0 : start, end > most ? 0 : end];
}

/** Linear VOI window (DICOM PS3.3 C.11.2.1.2) to 0…1, clipped, in place. */
export function applyWindow(grid: Float32Array, window: Film["window"]): void {
  const width = Math.max(window.width, 1e-6);
  const low = window.center - width / 2;
  for (let at = 0; at < grid.length; at += 1) {
    const v = ((grid[at] ?? 0) - low) / width;
    grid[at] = v < 0 ? 0 : v > 1 ? 1 : v;
  }
}

const BINS = 1024;

/**
 * Stretches 0…1 grey so that the two percentiles become 0 and 1, clipped, in
 * place. A flat film is left at 0: there is nothing to stretch.
 */
export function normalisePercentiles(
  grid: Float32Array,
  lowPercentile: number,
  highPercentile: number,
): void {
  const histogram = new Uint32Array(BINS);
  for (const v of grid) {
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor(v * BINS)));
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  const low = percentileOf(histogram, grid.length, lowPercentile);
  const high = percentileOf(histogram, grid.length, highPercentile);
  const span = high - low;
  for (let at = 0; at < grid.length; at += 1) {
    const v = span > 1 / BINS ? ((grid[at] ?? 0) - low) / span : 0;
    grid[at] = v < 0 ? 0 : v > 1 ? 1 : v;
  }
}

function percentileOf(
  histogram: Uint32Array,
  total: number,
  percentile: number,
): number {
  const target = (total * percentile) / 100;
  let seen = 0;
  for (let bin = 0; bin < histogram.length; bin += 1) {
    seen += histogram[bin] ?? 0;
    if (seen >= target) return (bin + 0.5) / BINS;
  }
  return 1;
}

/** Grey 0…1 to the trunk's scale, `(255·v − 127) / 128`, in a new array. */
export function toTrunkScale(grey: Float32Array): Float32Array {
  return grey.map((v) => (v * 255 - 127) / 128);
}
