import { findFinding } from "../findings/finding-catalogue.ts";
import type { Mark } from "../readings/marks.ts";
import type { KeyImage } from "./pdf/report-document.ts";
import type { ReportLanguage } from "./report.ts";

interface Film {
  id: string;
  sha256: string;
  width: number;
  height: number;
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
        name: nameOf(mark.finding, language),
        x: mark.x,
        y: mark.y,
        width: mark.width,
        height: mark.height,
      })),
  };
}

function nameOf(finding: string, language: ReportLanguage): string {
  const names: Record<string, string> = OTHER_NAMES[language];
  return findFinding(finding)?.names[language] ?? names[finding] ?? finding;
}
