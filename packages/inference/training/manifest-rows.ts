/** Rows of the data manifest, parsed and checked. */
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

import { z } from "zod";

const boxSchema = z.object({
  label: z.string(),
  x: z.number(),
  y: z.number(),
  w: z.number(),
  h: z.number(),
  by: z.string(),
});

/** One film of the manifest. */
export interface FilmRow {
  split: string;
  mayTrain: boolean;
  /** Absolute path. */
  file: string;
  /** Folder of the collection: kermany, rsna, nih, … */
  source: string;
  label: "normal" | "pneumonia" | "other";
  sublabel: string;
  labelSource: string;
  view: string;
  ageYears: number | null;
  licence: string;
  flags: string;
  findings: string[];
  /** Fractions of the film's width and height. */
  boxes: { x: number; y: number; width: number; height: number; by: string }[];
  maskFile: string | null;
  patientId: string;
}

/** Splits one CSV text into records; quoted fields may hold commas. */
export function parseCsv(text: string): Record<string, string>[] {
  const lines: string[][] = [];
  let field = "";
  let record: string[] = [];
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const c = text[at] ?? "";
    if (isQuoted) {
      if (c !== '"') field += c;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else isQuoted = false;
    } else if (c === '"') isQuoted = true;
    else if (c === ",") {
      record.push(field);
      field = "";
    } else if (c === "\n") {
      record.push(field.replace(/\r$/, ""));
      lines.push(record);
      record = [];
      field = "";
    } else field += c;
  }
  if (field !== "" || record.length > 0) lines.push([...record, field]);
  const [header = [], ...rows] = lines;
  return rows
    .filter((row) => row.length === header.length)
    .map((row) =>
      Object.fromEntries(header.map((name, at) => [name, row[at] ?? ""])),
    );
}

/** The collection is the folder under `images/`. */
function sourceOf(file: string): string {
  return file.split("/")[1] ?? "";
}

const labelSchema = z.enum(["normal", "pneumonia", "other"]);

function toRow(record: Record<string, string>, folder: string): FilmRow {
  const get = (name: string): string => record[name] ?? "";
  const width = Number(get("width"));
  const height = Number(get("height"));
  const boxes =
    get("boxes") === ""
      ? []
      : z.array(boxSchema).parse(JSON.parse(get("boxes")));
  return {
    split: get("split"),
    mayTrain: get("may_train") === "yes",
    file: join(folder, get("file")),
    source: get("split") === "phantom" ? "phantom" : sourceOf(get("file")),
    label: labelSchema.parse(get("label")),
    sublabel: get("sublabel"),
    labelSource: get("label_source"),
    view: get("view").startsWith("AP") ? "AP" : get("view"),
    ageYears: get("age") === "" ? null : Number(get("age")),
    licence: get("licence"),
    flags: get("flags"),
    findings: get("findings").split("|").filter(Boolean),
    boxes: boxes.map((box) => ({
      x: box.x / width,
      y: box.y / height,
      width: box.w / width,
      height: box.h / height,
      by: box.by,
    })),
    maskFile: get("mask") === "" ? null : join(folder, get("mask")),
    patientId: get("patient_id"),
  };
}

/** Reads a manifest; paths in it are relative to its folder. */
export async function readManifest(path: string): Promise<FilmRow[]> {
  const records = parseCsv(await readFile(path, "utf8"));
  return records.map((record) => toRow(record, dirname(resolve(path))));
}
