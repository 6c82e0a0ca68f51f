/** Rows of a manifest with what the collections' configuration adds. */
import { readManifest, type ManifestRow } from "../../src/evaluate/manifest.ts";
import { withoutEvergreen } from "./evergreen.ts";
import { readFindingLabels, type FindingLabels } from "./finding-labels.ts";
import { partOfPatient } from "./patient-parts.ts";
import type { Sources } from "./sources.ts";

/** One film of training or validation. */
export interface FilmRow {
  split: string;
  mayTrain: boolean;
  /** Absolute path. */
  file: string;
  /** Name of the collection. */
  source: string;
  label: ManifestRow["label"];
  sublabel: string;
  view: string;
  /** Child, adult or unknown, from the collection and the age. */
  isChild: boolean | null;
  /** The label was mined from report text. */
  isMined: boolean;
  /** Pneumonia that is graded viral or bacterial. */
  isGraded: boolean;
  /** Boxes in fractions of the film's width and height. */
  boxes: { x: number; y: number; width: number; height: number }[];
  maskFile: string | null;
  patient: string;
  /** Training targets of the findings beside pneumonia; null: nothing known. */
  targets: FindingLabels | null;
  /** The same for figures: hard, 0 or 1. */
  truths: FindingLabels | null;
}

const ADULT_YEARS = 16;
/** Between is youth: neither clearly. */
const CHILD_YEARS = 10;
/** One patient in so many is kept for validation where no split is given. */
const VALIDATION_PART = 6;

/**
 * Reads a manifest for training, without the evergreen test; paths in it are
 * relative to its folder.
 */
export async function readFilms(
  path: string,
  sources: Sources,
): Promise<FilmRow[]> {
  const notes = new Set<string>();
  const rows = withoutEvergreen(
    await readManifest(path, null, (line) => notes.add(line)),
    (line) => notes.add(line),
  );
  for (const line of notes) process.stderr.write(`train: ${line}\n`);
  const targets = await readFindingLabels(path, rows, true);
  const truths = await readFindingLabels(path, rows, false);
  return rows.map((row): FilmRow => {
    const collection = sources.collections[row.source];
    const isClear =
      row.label === "normal" && collection?.normalIsClear === true;
    return {
      split: row.split === "" ? splitOf(row.patient) : row.split,
      mayTrain: row.more.mayTrain,
      file: row.path,
      source: row.split === "phantom" ? "phantom" : row.source,
      label: row.label,
      sublabel: row.more.sublabel,
      view: row.more.view,
      isChild: isChild(row, collection?.ages),
      isMined: sources.minedLabels.includes(row.more.labelSource),
      isGraded: row.label === "pneumonia" && collection?.isGraded === true,
      boxes: inFractions(row),
      maskFile: row.maskPath,
      patient: row.patient,
      targets: targets.get(row.file) ?? (isClear ? allAbsent(targets) : null),
      truths: truths.get(row.file) ?? null,
    };
  });
}

function isChild(
  { ageYears }: ManifestRow,
  ages: "child" | "adult" | undefined,
): boolean | null {
  if (ages === "child") return true;
  if (ageYears === null) return ages === undefined ? null : false;
  if (ageYears >= ADULT_YEARS) return false;
  return ageYears <= CHILD_YEARS ? true : null;
}

/** All findings absent: what a film that radiologists call normal says. */
function allAbsent(
  known: ReadonlyMap<string, FindingLabels>,
): FindingLabels | null {
  const [any] = known.values();
  return any === undefined ? null : new Float32Array(any.length);
}

function splitOf(patient: string): "train" | "val" {
  return partOfPatient(patient, VALIDATION_PART) === 0 ? "val" : "train";
}

function inFractions({ boxes, more }: ManifestRow): FilmRow["boxes"] {
  const { width, height } = more;
  if (width === null || height === null) return [];
  return boxes.map((box) => ({
    x: box.x / width,
    y: box.y / height,
    width: box.width / width,
    height: box.height / height,
  }));
}
