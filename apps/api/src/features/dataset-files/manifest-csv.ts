import type { Sex } from "@lung-iris/prisma";
import { csvCell } from "../../platform/csv.ts";
import type { ExportBox } from "./coco.ts";
import type { Split } from "./patient-split.ts";

/** One film as `npm run train` and `npm run evaluate` read it. */
export interface ManifestFilm {
  file: string;
  split: Split;
  label: "NORMAL" | "PNEUMONIA" | "OTHER";
  /** How sure the label is; see features/labels. */
  grade: string;
  source: string;
  patient: string;
  ageYears: number | null;
  sex: Sex;
  view: string | null;
  /** Catalogue codes that the readers said are there. */
  findings: readonly string[];
  /** What they were not sure of: counts neither way. */
  doubtful: readonly string[];
  /** Readers' regions of the leading finding, in pixels of the film. */
  boxes: readonly ExportBox[];
  width: number;
  height: number;
}

const COLUMNS = [
  "split",
  "file",
  "label",
  "may_train",
  "grade",
  "label_source",
  "source",
  "patient_id",
  "age",
  "sex",
  "view",
  "findings",
  "doubtful",
  "boxes",
  "width",
  "height",
] as const;

const SEXES: Readonly<Record<Sex, string>> = {
  FEMALE: "F",
  MALE: "M",
  OTHER: "O",
  UNKNOWN: "",
};

/**
 * `manifest.csv`: the films in the one format that training and evaluation
 * read (packages/inference/src/evaluate/manifest.ts). Files of programs: no
 * byte-order mark.
 */
export function manifestCsv(films: readonly ManifestFilm[]): string {
  const lines = films.map((film) => {
    const row: Record<(typeof COLUMNS)[number], string | number | null> = {
      split: film.split,
      file: film.file,
      label: film.label.toLowerCase(),
      // Val is for choosing, test for nothing but figures.
      may_train: film.split === "train" ? "yes" : "no",
      grade: film.grade.toLowerCase(),
      label_source: "radiologist",
      source: film.source,
      patient_id: film.patient,
      age: film.ageYears,
      sex: SEXES[film.sex],
      view: film.view,
      findings: film.findings.join("|"),
      doubtful: film.doubtful.join("|"),
      boxes: film.boxes.length === 0 ? "" : JSON.stringify(film.boxes.map(box)),
      width: film.width,
      height: film.height,
    };
    return COLUMNS.map((column) => csvCell(row[column])).join(",");
  });
  return [COLUMNS.join(","), ...lines, ""].join("\n");
}

function box({ x, y, width, height }: ExportBox) {
  return { x, y, width, height };
}
