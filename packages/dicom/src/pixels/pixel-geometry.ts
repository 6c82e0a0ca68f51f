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
  /** True where a spacing is written that cannot be one, and was passed over. */
  repaired: boolean;
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
  let repaired = false;
  for (const [tag, kind] of SPACINGS) {
    const spacing = pair(data, tag);
    if (spacing === undefined) continue;
    const isOfPatient = kind === "patient" && detector !== undefined;
    if (
      !isOfAFilm(spacing, data) ||
      (isOfPatient && isBehind(spacing, detector))
    ) {
      repaired = true;
      continue;
    }
    const isCopy =
      isOfPatient && spacing.every((side, i) => side === detector[i]);
    return {
      spacing,
      kind: isCopy ? "detector" : kind,
      aspect: sane(spacing[0] / spacing[1]),
      repaired,
    };
  }
  const [vertical, horizontal] = pair(data, TAG.pixelAspectRatio) ?? [1, 1];
  return { aspect: sane(vertical / horizontal), repaired };
}

/** Rays spread: nobody stands behind the detector, but values are rounded. */
const ROUNDED = 1.05;

function isBehind(
  spacing: [number, number],
  detector: [number, number],
): boolean {
  return spacing.some((side, i) => side > (detector[i] ?? side) * ROUNDED);
}

/** The finest film scanner resolves 25 micrometres. */
const FINEST_MM = 0.01;
/** The longest side of films stitched from head to foot. */
const LONGEST_MM = 2_000;

/**
 * False for a spacing that makes a film of centimetres a house or a stamp:
 * micrometres or metres were written, or a placeholder of one.
 */
function isOfAFilm(spacing: [number, number], data: DataSet): boolean {
  const height = spacing[0] * (data.word(TAG.rows) ?? 0);
  const width = spacing[1] * (data.word(TAG.columns) ?? 0);
  return (
    Math.min(...spacing) >= FINEST_MM && Math.max(height, width) <= LONGEST_MM
  );
}

function pair(data: DataSet, tag: number): [number, number] | undefined {
  const [row, column] = data.decimalsByPlace(tag);
  if (row === undefined || column === undefined) return undefined;
  return row > 0 && column > 0 ? [row, column] : undefined;
}

function sane(aspect: number): number {
  return aspect <= MAX_ASPECT && aspect >= 1 / MAX_ASPECT ? aspect : 1;
}
