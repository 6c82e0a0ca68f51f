import { InferenceError } from "../errors.ts";
import type { FilmLimits } from "./film-limits.ts";

/**
 * Refuses a size before any memory is taken for it.
 *
 * @throws InferenceError `unreadable` for no size at all, `too-large`,
 *   `too-small`.
 */
export function checkDimensions(
  width: number,
  height: number,
  limits: FilmLimits,
): void {
  const size = `${String(width)} × ${String(height)} pixels`;
  if (!(width > 0 && height > 0)) {
    throw new InferenceError("unreadable", `The film's size is ${size}.`);
  }
  if (
    width * height > limits.maxPixels ||
    Math.max(width, height) > limits.maxSide
  ) {
    throw new InferenceError(
      "too-large",
      `The film has ${size}; at most ${String(limits.maxPixels / 1e6)} million pixels and ${String(limits.maxSide)} on a side are read.`,
    );
  }
  if (Math.min(width, height) < limits.minSide) {
    throw new InferenceError(
      "too-small",
      `The film has ${size}; at least ${String(limits.minSide)} on each side are needed.`,
    );
  }
}
