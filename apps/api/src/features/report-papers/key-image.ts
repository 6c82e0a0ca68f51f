import { orientedSize } from "@lung-iris/inference";
import type { LyingFilm } from "../films/film-keys.ts";
import { orientationOf } from "../films/film-orientation.ts";
import { findFinding } from "../findings/finding-catalogue.ts";
import { measureOf, type Measure } from "../marks/mark-measures.ts";
import { orientShape } from "../marks/mark-shapes.ts";
import type { Mark } from "../marks/marks.ts";
import type { KeyImage } from "./report-document.ts";
import type { ReportLanguage } from "../reports/report.ts";

interface Film extends LyingFilm {
  id: string;
  width: number;
  height: number;
  /** mm between rows and between columns; empty where unknown. */
  pixelSpacing: readonly number[];
}

/** A JPEG of the film; null where its file cannot be drawn. */
export type DrawFilm = (film: LyingFilm) => Promise<Buffer | null>;

/** What marks said before the catalogue had one entry for both. */
const OTHER_NAMES = {
  en: { mass: "Mass", nodule: "Nodule" },
  vi: { mass: "Khối", nodule: "Nốt" },
} as const;

/**
 * The film that the reader marked most, else the first, as it lies, with those
 * marks on it; null for a study without films.
 */
export async function keyImageOf(
  films: readonly Film[],
  marks: readonly Mark[],
  language: ReportLanguage,
  draw: DrawFilm,
): Promise<KeyImage | null> {
  const countOf = ({ id }: Film): number =>
    marks.filter(({ imageId }) => imageId === id).length;
  const [first] = [...films].sort((a, b) => countOf(b) - countOf(a));
  if (first === undefined) return null;
  const orientation = orientationOf(first);
  return {
    ...orientedSize(first, orientation),
    jpeg: await draw(first),
    marks: marks
      .filter(({ imageId }) => imageId === first.id)
      .map((mark, index) => {
        // What is measured is measured on the file, whose spacing is known.
        const name = nameOf(mark, first.pixelSpacing, language);
        const lying = orientShape(mark, first, orientation);
        const { kind, points, x, y, width, height } = lying;
        const number = index + 1;
        return { number, name, kind, points, x, y, width, height };
      }),
  };
}

function nameOf(
  mark: Mark,
  spacing: readonly number[],
  language: ReportLanguage,
): string {
  const measure = measureOf(mark, spacing);
  if (measure !== null) return MEASURE_WORDS[language](measure);
  const finding = mark.finding ?? "other";
  const names: Record<string, string> = OTHER_NAMES[language];
  return findFinding(finding)?.names[language] ?? names[finding] ?? finding;
}

/** What was measured, with its unit, as the language writes numbers. */
const MEASURE_WORDS = {
  en: (measure) => measureText(measure, "en", EN_MEASURES),
  vi: (measure) => measureText(measure, "vi", VI_MEASURES),
} as const satisfies Record<ReportLanguage, (measure: Measure) => string>;

const EN_MEASURES = {
  RULER: "Length",
  ANGLE: "Angle",
  RATIO: "Cardiothoracic ratio",
};
const VI_MEASURES = {
  RULER: "Độ dài",
  ANGLE: "Góc",
  RATIO: "Chỉ số tim – ngực",
};

function measureText(
  measure: Measure,
  language: ReportLanguage,
  words: Record<Measure["kind"], string>,
): string {
  const number = (value: number, digits: number) =>
    value.toLocaleString(language, { maximumFractionDigits: digits });
  const word = words[measure.kind];
  switch (measure.kind) {
    case "RULER":
      return `${word} ${number(measure.value, 1)} ${measure.unit}`;
    case "ANGLE":
      return `${word} ${number(measure.value, 0)}°`;
    case "RATIO":
      return measure.value === null
        ? word
        : `${word} ${number(measure.value, 2)}`;
  }
}
