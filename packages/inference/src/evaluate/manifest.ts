import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";

import { ageYears } from "@lung-iris/dicom";
import { z } from "zod";

import type { Rectangle } from "../metrics/region.ts";
import { parseCsv } from "./csv.ts";

/** One film of a manifest. */
export interface ManifestRow {
  /** As the manifest names it. */
  file: string;
  /** Where it lies; relative names are relative to the manifest's folder. */
  path: string;
  split: string;
  /** `other`: something else is wrong; such a film counts in no binary figure. */
  label: "normal" | "pneumonia" | "other";
  source: string;
  ageYears: number | null;
  sex: "F" | "M" | "O" | null;
  /** Films of one patient are resampled together; the file where unknown. */
  patient: string;
  /** In pixels of the film as it is saved. */
  boxes: Rectangle[];
  maskPath: string | null;
  /** What is known beside: licences, views and finer labels of a collection. */
  more: ManifestMore;
}

/** Columns that training and figures by finding ask for; empty where absent. */
export interface ManifestMore {
  /** False where the row's licence allows validation only. */
  mayTrain: boolean;
  sublabel: string;
  labelSource: string;
  /** PA, AP or empty. */
  view: string;
  licence: string;
  /** Findings named for the film, in the manifest's words. */
  findings: string[];
  /** Of those and others: what is too uncertain to count either way. */
  doubtful: string[];
  /** Sides of the film as it is saved, where the manifest tells. */
  width: number | null;
  height: number | null;
}

const POSITIVE = new Set(["pneumonia", "positive", "1", "true", "yes"]);
const NEGATIVE = new Set(["normal", "negative", "0", "false", "no"]);

const side = z.number();
const boxSchema = z.union([
  z
    .object({ x: side, y: side, w: side, h: side })
    .transform(({ x, y, w, h }) => ({ x, y, width: w, height: h })),
  z
    .object({ x: side, y: side, width: side, height: side })
    .transform(({ x, y, width, height }) => ({ x, y, width, height })),
  z
    .tuple([side, side, side, side])
    .transform(([x, y, width, height]) => ({ x, y, width, height })),
]);
const boxesSchema = z.array(boxSchema);

/**
 * Rows of a manifest (CSV) in the wanted splits: the one reader for training,
 * evaluation and what the product exports (`manifest.csv`; its `labels.csv` is
 * read as well, with the boxes of the `coco.json` beside it). Only `file` (or `image`) and `label` must be
 * there; `split`, `source`, `patient_id` (`patient`), `age` (`age_years`),
 * `sex`, `boxes`, `mask` and what `ManifestMore` lists are used where they are.
 *
 * @param splits names of splits; null for all rows.
 * @param note is told of what had to be guessed.
 * @throws Error where the file is no manifest or one of the splits has no row.
 */
export async function readManifest(
  path: string,
  splits: readonly string[] | null,
  note: (line: string) => void,
): Promise<ManifestRow[]> {
  const records = parseCsv(await readText(path));
  const [first] = records;
  if (first === undefined) {
    throw new Error(`${path} names no film: it has no line but its first.`);
  }
  if (!("file" in first || "image" in first) || !("label" in first)) {
    const found = Object.keys(first).join(", ");
    throw new Error(
      `${path} is no manifest: it needs the columns file and label; it has: ${found}.`,
    );
  }
  const folder = dirname(path);
  const drawn =
    "boxes" in first
      ? new Map<string, Rectangle[]>()
      : await exportedBoxes(folder);
  return inSplits(records, splits, path, note).map((record) => {
    const row = toRow(record, folder, note);
    const exported = drawn.get(row.file);
    return exported === undefined ? row : { ...row, boxes: exported };
  });
}

function inSplits(
  records: Record<string, string>[],
  splits: readonly string[] | null,
  path: string,
  note: (line: string) => void,
): Record<string, string>[] {
  if (splits === null) return records;
  const known = new Set(records.map(splitOf));
  if (known.has(undefined)) {
    note(`${path} has no column split: all rows are taken.`);
    return records;
  }
  const unknown = splits.filter((split) => !known.has(split));
  if (unknown.length > 0) {
    throw new Error(
      `${path} has no row in split "${unknown.join('", "')}"; it has: ${[...known].join(", ")}.`,
    );
  }
  return records.filter((record) => splits.includes(splitOf(record) ?? ""));
}

/** Undefined where the manifest has no such column. */
function splitOf(record: Record<string, string>): string | undefined {
  return record["split"]?.trim();
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new Error(
      `The manifest ${path} cannot be read; it has to be a CSV file.`,
      { cause: error },
    );
  }
}

function toRow(
  record: Record<string, string>,
  folder: string,
  note: (line: string) => void,
): ManifestRow {
  const get = (...names: string[]): string =>
    names.map((name) => (record[name] ?? "").trim()).find((text) => text) ?? "";
  const file = get("file", "image");
  const resolve = (name: string): string =>
    isAbsolute(name) ? name : join(folder, name);
  return {
    file,
    path: resolve(file),
    split: get("split"),
    label: labelOf(get("label"), file, note),
    source: get("source") || sourceOf(file),
    ageYears: ageOf(get("age", "age_years")),
    sex: sexOf(get("sex")),
    patient: get("patient_id", "patient") || file,
    boxes: boxesOf(get("boxes"), file, note),
    maskPath: get("mask") === "" ? null : resolve(get("mask")),
    more: {
      mayTrain: get("may_train") !== "no",
      sublabel: get("sublabel"),
      labelSource: get("label_source"),
      view: get("view").startsWith("AP") ? "AP" : get("view"),
      licence: get("licence"),
      findings: listOf(get("findings")),
      doubtful: listOf(get("doubtful")),
      width: sideOf(get("width")),
      height: sideOf(get("height")),
    },
  };
}

function listOf(text: string): string[] {
  return text
    .split("|")
    .map((name) => name.trim())
    .filter(Boolean);
}

function sideOf(text: string): number | null {
  const side = Number(text);
  return text !== "" && side > 0 ? side : null;
}

const cocoSchema = z.object({
  images: z.array(z.object({ id: z.number(), file_name: z.string() })),
  annotations: z.array(
    z.object({
      image_id: z.number(),
      bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
      source: z.string(),
    }),
  ),
});

/** Boxes that readers drew, by the film's name, of an export beside a table. */
async function exportedBoxes(
  folder: string,
): Promise<Map<string, Rectangle[]>> {
  let text: string;
  try {
    text = await readFile(join(folder, "coco.json"), "utf8");
  } catch {
    return new Map(); // Most manifests bring their boxes themselves.
  }
  const { images, annotations } = cocoSchema.parse(JSON.parse(text));
  const boxes = new Map(
    images.map(({ file_name }) => [file_name, new Array<Rectangle>()]),
  );
  const names = new Map(images.map(({ id, file_name }) => [id, file_name]));
  for (const { image_id, bbox, source } of annotations) {
    if (source !== "reader") continue; // The model must not teach itself.
    const [x, y, width, height] = bbox;
    boxes.get(names.get(image_id) ?? "")?.push({ x, y, width, height });
  }
  return boxes;
}

function labelOf(
  text: string,
  file: string,
  note: (line: string) => void,
): ManifestRow["label"] {
  const word = text.toLowerCase();
  if (POSITIVE.has(word)) return "pneumonia";
  if (NEGATIVE.has(word)) return "normal";
  if (word !== "other") {
    note(`${file}: label "${text}" is not known and is taken for "other".`);
  }
  return "other";
}

/** The folder below `images/`, else the first folder, else "all". */
function sourceOf(file: string): string {
  const parts = file.split(/[\\/]/u).slice(0, -1);
  const images = parts.indexOf("images");
  return parts[images + 1] ?? parts[0] ?? "all";
}

function ageOf(text: string): number | null {
  return ageYears(text) ?? decimalAge(text);
}

function decimalAge(text: string): number | null {
  const age = text === "" ? Number.NaN : Number(text);
  return age >= 0 && age <= 130 ? age : null;
}

function sexOf(text: string): ManifestRow["sex"] {
  const letter = text.charAt(0).toUpperCase();
  return letter === "F" || letter === "M" || letter === "O" ? letter : null;
}

function boxesOf(
  text: string,
  file: string,
  note: (line: string) => void,
): Rectangle[] {
  if (text === "") return [];
  try {
    return boxesSchema.parse(JSON.parse(text));
  } catch {
    note(`${file}: its boxes cannot be read and are left out.`);
    return [];
  }
}
