import type { ArchivedFile } from "./dataset-archive.ts";
import type { StoredDatasetFilter } from "../dataset-filter.ts";
import type { LabelRow } from "./labels-csv.ts";

export interface ExportModel {
  name: string;
  sha256: string;
}

/**
 * `manifest.json`: what the export holds, how it was chosen and a checksum of
 * every file. Dates of the choice are given as years: a day would tell when
 * somebody was examined.
 */
export function exportManifest(input: {
  filter: StoredDatasetFilter;
  labels: readonly LabelRow[];
  /** Films that were chosen but left out: letters are burnt into them. */
  burntIn: number;
  models: readonly ExportModel[];
  files: readonly ArchivedFile[];
}): string {
  const { filter, labels } = input;
  const count = (label: string) =>
    labels.filter((row) => row.label === label).length;
  const manifest = {
    format: "lung-iris-dataset",
    version: 1,
    chosen: {
      signedAfterYear: yearOf(filter.signedAfter),
      signedBeforeYear: yearOf(filter.signedBefore),
      labels: filter.labels ?? null,
      agreement: filter.agreement ?? null,
    },
    counts: {
      films: labels.length,
      cases: new Set(labels.map((row) => row.case)).size,
      patients: new Set(labels.map((row) => row.patient)).size,
      byLabel: {
        NORMAL: count("NORMAL"),
        PNEUMONIA: count("PNEUMONIA"),
        OTHER: count("OTHER"),
      },
    },
    leftOut: { burnedInAnnotation: input.burntIn },
    models: input.models,
    deIdentification: {
      identifiers:
        "keyed hashes (HMAC-SHA-256) of internal ids; the key stays with the site",
      dates: "years and day offsets only; no year for ages of 90 and more",
      ages: "whole years, tenths below 2, at most 90",
      text: "no names, record numbers, accession numbers or free text",
      pixels:
        "decoded and written as PNG without metadata; films whose header says that letters are burnt in are left out, anything burnt in without being said is still there",
    },
    boxes:
      "coco.json: source is reader for a radiologist's mark, ai for the model's",
    files: input.files,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function yearOf(date: string | null | undefined): number | null {
  return date ? new Date(date).getUTCFullYear() : null;
}
