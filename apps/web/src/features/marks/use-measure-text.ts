"use client";

import { useTranslations } from "next-intl";
import type { MarkKind, SpacingKind } from "../../gql/graphql.ts";
import { measureOf, type Shape } from "./shape.ts";

/** How far pixels of a film are apart, and where that holds. */
export interface FilmScale {
  readonly pixelSpacing: readonly number[];
  readonly spacingKind?: SpacingKind | null;
}

interface MeasureWords {
  /** "41.3 mm (at the detector)", "37°", "0.52"; empty for a region. */
  valueOf: (shape: Shape, scale: FilmScale) => string;
  nameOf: (kind: MarkKind) => string;
  /** What has to be known to trust the number; null where nothing. */
  caveatOf: (kind: MarkKind) => string | null;
}

/** Measurements in words. */
export function useMeasureText(): MeasureWords {
  const t = useTranslations("viewer.marks");
  const viewer = useTranslations("viewer");
  return {
    nameOf: (kind) => t(`kind.${kind}`),
    caveatOf: (kind) => (kind === "RATIO" ? t("ratioCaveat") : null),
    valueOf: (shape, { pixelSpacing, spacingKind }) => {
      const [row, column] = pixelSpacing;
      const measure = measureOf(
        shape,
        row !== undefined && column !== undefined ? [row, column] : null,
      );
      if (measure === null) return "";
      if (measure.kind === "ANGLE") return t("angle", { value: measure.value });
      if (measure.kind === "RATIO") {
        return measure.value === null
          ? "–"
          : t("ratio", { value: measure.value });
      }
      if (measure.unit === "px") {
        return viewer("lengthPx", { value: measure.value });
      }
      const length = viewer("lengthMm", { value: measure.value });
      return spacingKind && spacingKind !== "PATIENT"
        ? `${length} (${viewer(`spacingKind.${spacingKind}`)})`
        : length;
    },
  };
}
