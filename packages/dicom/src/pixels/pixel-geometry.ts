import type { DataSet } from "../file/data-set.ts";
import { TAG } from "../file/tags.ts";

/**
 * Where a spacing holds: `patient` calibrated or at the patient, `detector` at
 * the detector (distances at the patient are shorter by the magnification),
 * `nominal` a scanner's setting on a digitised film.
 */
export type SpacingKind = "patient" | "detector" | "nominal";

/** Size and shape of a pixel. */
export interface PixelGeometry {
  /** Millimetres [row, column]; absent where the header has none. */
  spacing?: [number, number];
  kind?: SpacingKind;
  /** Height of a pixel over its width; 1 where nothing is said. */
  aspect: number;
}

const SPACINGS: readonly (readonly [number, SpacingKind])[] = [
  [TAG.pixelSpacing, "patient"],
  [TAG.imagerPixelSpacing, "detector"],
  [TAG.nominalScannedPixelSpacing, "nominal"],
];

/** A pixel more than four times as high as wide is a mistake of the header. */
const MAX_ASPECT = 4;

/**
 * Pixel spacing with its kind (PS3.3 10.7). Pixel spacing that only repeats the
 * detector's, as many modalities write it, is the detector's.
 */
export function readGeometry(data: DataSet): PixelGeometry {
  const detector = pair(data, TAG.imagerPixelSpacing);
  for (const [tag, kind] of SPACINGS) {
    const spacing = pair(data, tag);
    if (spacing === undefined) continue;
    const isCopy =
      kind === "patient" &&
      detector !== undefined &&
      spacing.every((side, i) => side === detector[i]);
    return {
      spacing,
      kind: isCopy ? "detector" : kind,
      aspect: sane(spacing[0] / spacing[1]),
    };
  }
  const [vertical, horizontal] = pair(data, TAG.pixelAspectRatio) ?? [1, 1];
  return { aspect: sane(vertical / horizontal) };
}

function pair(data: DataSet, tag: number): [number, number] | undefined {
  const [row, column] = data.decimalsByPlace(tag);
  if (row === undefined || column === undefined) return undefined;
  return row > 0 && column > 0 ? [row, column] : undefined;
}

function sane(aspect: number): number {
  return aspect <= MAX_ASPECT && aspect >= 1 / MAX_ASPECT ? aspect : 1;
}
