import { findFinding } from "../findings/finding-catalogue.ts";
import { measureOf, type Measure } from "../marks/mark-measures.ts";
import type { Mark } from "../readings/marks.ts";
import type { KeyImage } from "./pdf/report-document.ts";
import type { ReportLanguage } from "./report.ts";

interface Film {
  id: string;
  sha256: string;
  width: number;
  height: number;
  /** mm between rows and between columns; empty where unknown. */
  pixelSpacing: readonly number[];
}

/** A JPEG of the film; null where its file cannot be drawn. */
export type DrawFilm = (sha256: string) => Promise<Buffer | null>;

/** What marks said before the catalogue had one entry for both. */
const OTHER_NAMES = {
  en: { mass: "Mass", nodule: "Nodule" },
  vi: { mass: "Khối", nodule: "Nốt" },
} as const;

/**
 * The film that the reader marked most, else the first, with those marks on
 * it; null for a study without films.
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
  const { width, height } = first;
  return {
    width,
    height,
    jpeg: await draw(first.sha256),
    marks: marks
      .filter(({ imageId }) => imageId === first.id)
      .map((mark, index) => ({
        number: index + 1,
        name: nameOf(mark, first.pixelSpacing, language),
        kind: mark.kind,
        points: mark.points,
        x: mark.x,
        y: mark.y,
        width: mark.width,
        height: mark.height,
      })),
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
