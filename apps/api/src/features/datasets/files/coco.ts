import { areaOf } from "../../marks/mark-shapes.ts";

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
}

export interface ExportImage {
  fileName: string;
  width: number;
  height: number;
  case: string;
  label: string;
  boxes: ExportBox[];
}

/**
 * COCO object detection format (cocodataset.org, "Data format"), with three
 * fields of our own: `case` and `label` of an image, `source` of an
 * annotation, which tells readers' boxes from the AI's.
 */
export function cocoJson(images: readonly ExportImage[]): string {
  const findings = [
    ...new Set(images.flatMap(({ boxes }) => boxes.map((box) => box.finding))),
  ].sort();
  const names = findings.includes("pneumonia")
    ? findings
    : ["pneumonia", ...findings];
  const categoryOf = new Map(names.map((name, at) => [name, at + 1]));
  let nextId = 1;
  const annotations = images.flatMap(({ boxes }, at) =>
    boxes.map((box) => ({
      id: nextId++,
      image_id: at + 1,
      category_id: categoryOf.get(box.finding) ?? 0,
      bbox: [box.x, box.y, box.width, box.height].map(tenth),
      ...areaAndOutline(box),
      iscrowd: 0,
      source: box.source,
      ...(box.score === null ? {} : { score: box.score }),
    })),
  );
  const document = {
    info: { description: "Lung Iris labelled chest films", version: "1.0" },
    licenses: [],
    images: images.map(({ fileName, width, height, case: of, label }, at) => ({
      id: at + 1,
      file_name: fileName,
      width,
      height,
      case: of,
      label,
    })),
    annotations,
    categories: names.map((name, at) => ({
      id: at + 1,
      name,
      supercategory: "finding",
    })),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
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
