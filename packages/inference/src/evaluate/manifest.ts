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
 * Rows of a manifest (CSV) in the wanted splits. Only `file` and `label` must
 * be there; `split`, `source`, `patient_id`, `age`, `sex`, `boxes` and `mask`
 * are used where they are.
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
  if (!("file" in first) || !("label" in first)) {
    const found = Object.keys(first).join(", ");
    throw new Error(
      `${path} is no manifest: it needs the columns file and label; it has: ${found}.`,
    );
  }
  const folder = dirname(path);
  return inSplits(records, splits, path, note).map((record) =>
    toRow(record, folder, note),
  );
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
  const get = (name: string): string => (record[name] ?? "").trim();
  const file = get("file");
  const resolve = (name: string): string =>
    isAbsolute(name) ? name : join(folder, name);
  return {
    file,
    path: resolve(file),
    split: get("split"),
    label: labelOf(get("label"), file, note),
    source: get("source") || sourceOf(file),
    ageYears: ageYears(get("age")) ?? decimalAge(get("age")),
    sex: sexOf(get("sex")),
    patient: get("patient_id") || file,
    boxes: boxesOf(get("boxes"), file, note),
    maskPath: get("mask") === "" ? null : resolve(get("mask")),
  };
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
