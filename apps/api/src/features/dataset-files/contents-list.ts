import type { ArchivedFile } from "./dataset-archive.ts";
import type { StoredDatasetFilter } from "./dataset-filter.ts";
import type { StoredDatasetFormat } from "./dataset-format.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import type { LabelRow } from "./labels-csv.ts";

export interface ExportModel {
  name: string;
  sha256: string;
}

const PIXELS = {
  LEAVE_OUT:
    "decoded and written anew without metadata; films with letters in the picture, found or said by the header, and secondary captures are left out",
  BLANK:
    "decoded and written anew without metadata; letters found in the picture are blanked; films whose header says that letters are burnt in, and secondary captures, are left out",
};

const PROFILE =
  "dicom/: PS3.15 Annex E, Basic Application Confidentiality Profile (DCM 113100) with Retain Patient Characteristics Option (DCM 113108; sex and age)";
const DICOM = {
  REMOVED: `${PROFILE}; dates removed`,
  SHIFTED: `${PROFILE} and Retain Longitudinal Temporal Information Modified Dates Option (DCM 113107); dates shifted by a number of days of the patient's own`,
};

/**
 * `contents.json`: what the export holds, how it was chosen and a checksum of
 * every file. Dates of the choice are given as years: a day would tell when
 * somebody was examined.
 */
export function contentsList(input: {
  filter: StoredDatasetFilter;
  labels: readonly LabelRow[];
  /** Films that were chosen but left out: letters are or may be burnt in. */
  burntIn: number;
  /** Films with black over the letters that were found in them. */
  blanked: number;
  format: StoredDatasetFormat;
  names: Pick<Pseudonyms, "reader">;
  models: readonly ExportModel[];
  files: readonly ArchivedFile[];
}): string {
  const { filter, labels, format, names } = input;
  const countBy = (column: "label" | "grade" | "split") => {
    const counts: Record<string, number> = {};
    for (const row of labels)
      counts[row[column]] = (counts[row[column]] ?? 0) + 1;
    return counts;
  };
  const contents = {
    format: "lung-iris-dataset",
    version: 4,
    chosen: {
      signedAfterYear: yearOf(filter.signedAfter),
      signedBeforeYear: yearOf(filter.signedBefore),
      labels: filter.labels,
      grades: filter.grades,
      finding: filter.finding,
      agreement: filter.agreement,
      ageFrom: filter.ageFrom,
      ageTo: filter.ageTo,
      sexes: filter.sexes,
      views: filter.views,
      readers: filter.readers?.map((id) => names.reader(id)) ?? null,
      withoutNotes: filter.withoutNotes === true,
    },
    counts: {
      films: labels.length,
      cases: new Set(labels.map((row) => row.case)).size,
      patients: new Set(labels.map((row) => row.patient)).size,
      byLabel: { NORMAL: 0, PNEUMONIA: 0, OTHER: 0, ...countBy("label") },
      byGrade: countBy("grade"),
      bySplit: countBy("split"),
    },
    pictureText: format.pictureText,
    leftOut: { burnedInAnnotation: input.burntIn },
    blanked: input.blanked,
    models: input.models,
    deIdentification: {
      identifiers:
        "keyed hashes (HMAC-SHA-256) of internal ids; the key stays with the site",
      dates: "years and day offsets only; no year for ages of 90 and more",
      ages: "whole years, tenths below 2, at most 90",
      text: "no names, record numbers, accession numbers or free text",
      pixels: PIXELS[format.pictureText],
      dicom: format.dicom === "NONE" ? null : DICOM[format.dicom],
    },
    manifest:
      "manifest.csv: one line a film, as npm run evaluate and npm run train read it; split is the patient's for ever, and films of the split test are never learnt from",
    boxes:
      "manifest.csv: readers' marks of pneumonia in pixels; coco.json: source is reader for a radiologist's mark, ai for the model's",
    files: input.files,
  };
  return `${JSON.stringify(contents, null, 2)}\n`;
}

function yearOf(date: string | null | undefined): number | null {
  return date ? new Date(date).getUTCFullYear() : null;
}
