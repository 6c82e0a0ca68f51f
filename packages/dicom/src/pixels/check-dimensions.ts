import { DicomError } from "../errors.ts";
import type { PictureLimits } from "../picture-limits.ts";

/**
 * Refuses a size before any memory is taken for it.
 *
 * @throws DicomError `unreadable` for no size at all, `too-large`,
 *   `too-small`.
 */
export function checkDimensions(
  width: number,
  height: number,
  limits: PictureLimits,
): void {
  const size = `${String(width)} × ${String(height)} pixels`;
  if (!(width > 0 && height > 0)) {
    throw new DicomError("unreadable", `The film's size is ${size}.`);
  }
  if (
    width * height > limits.maxPixels ||
    Math.max(width, height) > limits.maxSide
  ) {
    throw new DicomError(
      "too-large",
      `The film has ${size}; at most ${String(limits.maxPixels / 1e6)} million pixels and ${String(limits.maxSide)} on a side are read.`,
    );
  }
  if (Math.min(width, height) < limits.minSide) {
    throw new DicomError(
      "too-small",
      `The film has ${size}; at least ${String(limits.minSide)} on each side are needed.`,
    );
  }
}
