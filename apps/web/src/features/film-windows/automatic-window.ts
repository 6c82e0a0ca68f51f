import type { Film, VoiWindow } from "../viewer/viewer-contract.ts";
import { fullWindow, rangeToWindow, windowToRange } from "./window-level.ts";

/** Parts of the values that are cut off at either end: noise and markers. */
const CUT = 0.01;

/** A sample as large as this has the shape of the whole film's histogram. */
const MOST_SAMPLES = 250_000;

/** A window that leaves out less than this of what can be stored is full. */
const FULL = 0.98;

/** A film whose values fill less than this of its window looks flat. */
const FLAT = 0.6;

type Values = Pick<Film, "pixels" | "maxValue">;

/**
 * A window between the percentiles 1 and 99 of what the film holds. Black and
 * white themselves are left out: they are what lies outside of the film, and
 * what is written on it.
 */
export function automaticWindow(film: Values): VoiWindow {
  const { pixels, maxValue } = film;
  const counts = new Uint32Array(maxValue + 1);
  const step = Math.max(1, Math.floor(pixels.length / MOST_SAMPLES));
  let total = 0;
  for (let index = 0; index < pixels.length; index += step) {
    const value = pixels[index] ?? 0;
    if (value <= 0 || value >= maxValue) continue;
    counts[value] = (counts[value] ?? 0) + 1;
    total += 1;
  }
  const lower = valueAt(counts, total * CUT);
  const upper = valueAt(counts, total * (1 - CUT));
  if (lower === null || upper === null || upper <= lower) {
    return fullWindow(maxValue);
  }
  return rangeToWindow({ lower, upper });
}

/** The value below which, and at which, so many samples lie. */
function valueAt(counts: Uint32Array, wanted: number): number | null {
  let seen = 0;
  for (const [value, count] of counts.entries()) {
    seen += count;
    if (count > 0 && seen >= wanted) return value;
  }
  return null;
}

/**
 * The window that a film opens with: its own, unless that merely spans all
 * that can be stored, which nobody chose, and the film's values lie in a part
 * of it, so that it would open flat and grey.
 */
export function openingWindow(own: VoiWindow, film: Values): VoiWindow {
  const { lower, upper } = windowToRange(own);
  const shown = Math.min(upper, film.maxValue) - Math.max(lower, 0);
  if (shown < FULL * film.maxValue) return own;
  const found = automaticWindow(film);
  return found.width < FLAT * own.width ? found : own;
}
