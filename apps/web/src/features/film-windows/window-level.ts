import type { VoiWindow } from "../viewer/viewer-contract.ts";

/** Stored values drawn black (and below) and white (and above). */
export interface ValueRange {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The values at which the LINEAR function of DICOM PS3.3 C.11.2.1.2.1 reaches
 * its ends: `c - 0.5 - (w - 1) / 2` and `c - 0.5 + (w - 1) / 2`.
 */
export function windowToRange({ center, width }: VoiWindow): ValueRange {
  return {
    lower: center - 0.5 - (width - 1) / 2,
    upper: center - 0.5 + (width - 1) / 2,
  };
}

/** The inverse of {@link windowToRange}. */
export function rangeToWindow({ lower, upper }: ValueRange): VoiWindow {
  return { width: upper - lower + 1, center: (lower + upper + 1) / 2 };
}

/**
 * Grey from 0 to 1 for a stored value, PS3.3 C.11.2.1.2.1 (LINEAR) with
 * ymin = 0, ymax = 1. A width of 1 is a threshold: black up to c - 0.5.
 */
export function windowedGrey(value: number, window: VoiWindow): number {
  const { lower, upper } = windowToRange(window);
  if (value <= lower) return 0;
  if (value > upper) return 1;
  const { center, width } = window;
  return (value - (center - 0.5)) / (width - 1) + 0.5;
}

/** Width below 1 is not defined by the standard (C.11.2.1.2.1). */
const MIN_WIDTH = 1;

/** A window that is defined and touches the values 0…maxValue. */
export function usableWindow(window: VoiWindow, maxValue: number): VoiWindow {
  const width = Math.max(window.width, MIN_WIDTH);
  const center = Math.min(Math.max(window.center, 0), maxValue);
  return { center, width };
}

/** The window that shows every stored value: 0 is black, maxValue is white. */
export function fullWindow(maxValue: number): VoiWindow {
  return rangeToWindow({ lower: 0, upper: maxValue });
}
