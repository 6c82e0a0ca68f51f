import type { DisplayWindow } from "../types.ts";

/**
 * Ends of a window: the input at and below which the display is black, and at
 * and above which it is white (PS3.3 C.11.2.1.2.1 for linear, C.11.2.1.3 for
 * the others).
 */
export function windowEnds(window: DisplayWindow): {
  low: number;
  high: number;
} {
  const { center, width, shape = "linear" } = window;
  if (shape === "linear") {
    const half = (width - 1) / 2;
    return { low: center - 0.5 - half, high: center - 0.5 + half };
  }
  return { low: center - width / 2, high: center + width / 2 };
}

/** The window with these ends. */
export function windowFromEnds(
  low: number,
  high: number,
  shape: DisplayWindow["shape"] = "linear",
): DisplayWindow {
  const middle = (low + high) / 2;
  return shape === "linear"
    ? { center: middle + 0.5, width: high - low + 1 }
    : { center: middle, width: high - low, shape };
}

/** The window that shows the inverted picture of the same film as before. */
export function invertWindow(
  window: DisplayWindow,
  maxValue: number,
): DisplayWindow {
  const { low, high } = windowEnds(window);
  return windowFromEnds(maxValue - high, maxValue - low, window.shape);
}

/**
 * Window from the 1st to the 99th percentile of a histogram, for films whose
 * header has none: burnt-in letters and dead pixels do not widen it.
 */
export function percentileWindow(histogram: Uint32Array): DisplayWindow {
  const low = percentile(histogram, 0.01);
  const high = percentile(histogram, 0.99);
  return windowFromEnds(low, Math.max(high, low + 1));
}

/** Smallest value with at least `share` of the counts at or below it. */
export function percentile(histogram: Uint32Array, share: number): number {
  let total = 0;
  for (const count of histogram) total += count;
  let seen = 0;
  for (let i = 0; i < histogram.length; i++) {
    seen += histogram[i] ?? 0;
    if (seen >= total * share && seen > 0) return i;
  }
  return 0;
}

/**
 * Display value of a film value, 0 to 1. A sigmoid is
 * 1 / (1 + exp(−4 (x − c) / w)) (PS3.3 C.11.2.1.3.1).
 */
export function displayValue(value: number, window: DisplayWindow): number {
  if (window.shape === "sigmoid") {
    return 1 / (1 + Math.exp((-4 * (value - window.center)) / window.width));
  }
  const { low, high } = windowEnds(window);
  if (value <= low) return 0;
  if (value >= high) return 1;
  return (value - low) / (high - low);
}
