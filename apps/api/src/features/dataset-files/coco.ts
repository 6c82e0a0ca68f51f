import { FINDINGS, READING_FINDINGS } from "../findings/finding-catalogue.ts";
import { areaOf } from "../marks/mark-shapes.ts";

/** A box of the export in pixels of its image. */
export interface ExportBox {
  finding: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** What was drawn where it is no box: a polygon, x and y by turns. */
  outline: number[] | null;
  /** Who drew it. */
  source: "reader" | "ai";
  /** Mean of the activation map inside it; AI boxes only. */
  score: number | null;
  /** Pseudonym of the reader who drew it; null for the AI's. */
  reader: string | null;
  /** SHA-256 of the weights that drew it; null for a reader's. */
  model: string | null;
}

export interface ExportImage {
  fileName: string;
  width: number;
  height: number;
  case: string;
  label: string;
  /** How much the label is worth; see features/labels. */
  grade: string;
  boxes: ExportBox[];
}

/**
 * COCO object detection format (cocodataset.org, "Data format"), with fields of
 * our own: `case`, `label` and `grade` of an image; of an annotation where it
 * comes from: `source`, which tells readers' boxes from the AI's, the reader's
 * pseudonym or the hash of the model, the grade of the film's label, and the
 * export, so that annotations of several exports can be put together.
 *
 * @param dataset the export's own pseudonym
 * @throws Error for a box of a finding that the catalogue does not have
 */
export function cocoJson(
  images: readonly ExportImage[],
  dataset: string,
): string {
  let nextId = 1;
  const annotations = images.flatMap(({ boxes, grade }, at) =>
    boxes.map((box) => ({
      id: nextId++,
      image_id: at + 1,
      category_id: categoryOf(box.finding),
      bbox: [box.x, box.y, box.width, box.height].map(tenth),
      ...areaAndOutline(box),
      iscrowd: 0,
      source: box.source,
      ...(box.reader === null ? {} : { reader: box.reader }),
      ...(box.model === null ? {} : { model_sha256: box.model }),
      grade,
      dataset,
      ...(box.score === null ? {} : { score: box.score }),
    })),
  );
  const document = {
    info: { description: "Lung Iris labelled chest films", version: "1.0" },
    licenses: [],
    images: images.map((image, at) => ({
      id: at + 1,
      file_name: image.fileName,
      width: image.width,
      height: image.height,
      case: image.case,
      label: image.label,
      grade: image.grade,
    })),
    annotations,
    categories: READING_FINDINGS.map(({ code }) => ({
      id: categoryOf(code),
      name: code,
      supercategory: "finding",
    })),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

/** What models answer is numbered from 1, what only readers name from here. */
const FIRST_OF_READERS = 101;

/**
 * A finding's number: by its place in the catalogue, the same in every export,
 * whatever its films show. New findings are added behind the last of their kind.
 */
function categoryOf(finding: string): number {
  const at = READING_FINDINGS.findIndex(({ code }) => code === finding);
  if (at < 0) throw new Error(`"${finding}" is no finding of the catalogue`);
  return at < FINDINGS.length
    ? at + 1
    : at - FINDINGS.length + FIRST_OF_READERS;
}

/** An ellipse or an outline is a polygon; a box is its `bbox` alone. */
function areaAndOutline({ outline, width, height }: ExportBox) {
  if (outline === null) return { area: tenth(width * height) };
  return { area: tenth(areaOf(outline)), segmentation: [outline.map(tenth)] };
}

/** A tenth of a pixel is finer than anybody draws. */
function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
