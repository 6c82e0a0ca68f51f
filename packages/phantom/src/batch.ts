import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodePhantomDicom } from "./encode/dicom.ts";
import { encodePhantomPng } from "./encode/png.ts";
import { makePhantom } from "./make-phantom.ts";
import { randomStream } from "./random.ts";
import type { Pathology, Phantom } from "./types.ts";

/** A folder full of films to make. */
export interface BatchOptions {
  readonly folder: string;
  readonly count: number;
  /** Film i is made from seed + i. */
  readonly seed: number;
  readonly format: "png" | "dicom";
  readonly size: number;
  /** Share of films without disease. */
  readonly healthyShare: number;
  readonly split: string;
  readonly onFilm?: (done: number, count: number) => void;
}

const COLUMNS = [
  "split",
  "may_train",
  "file",
  "patient_id",
  "label",
  "sublabel",
  "view",
  "age",
  "sex",
  "boxes",
  "licence",
  "label_source",
  "width",
  "height",
  "sha1",
] as const;

type Row = Record<(typeof COLUMNS)[number], string>;

const SICK: readonly Pathology[] = [
  "consolidation",
  "bilateral-consolidation",
  "interstitial",
];

function choosePathology(seed: number, healthyShare: number): Pathology {
  const random = randomStream(seed, "batch");
  if (random.chance(healthyShare)) return "none";
  return SICK[random.below(SICK.length)] ?? "consolidation";
}

/** A field as RFC 4180 wants it. */
function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function manifestRow(
  phantom: Phantom,
  file: string,
  bytes: Uint8Array,
  split: string,
): Row {
  const { truth } = phantom;
  const healthy = truth.pathology === "none";
  return {
    split,
    may_train: "yes",
    file,
    patient_id: `phantom-${truth.seed}`,
    label: healthy ? "normal" : "pneumonia",
    sublabel: healthy ? "" : truth.pathology,
    view: truth.view,
    age: String(Math.floor(truth.ageYears)),
    sex: truth.sex,
    boxes: healthy
      ? ""
      : JSON.stringify(
          phantom.boxes.map((b) => ({
            label: "Lung Opacity",
            x: b.x,
            y: b.y,
            w: b.width,
            h: b.height,
            by: "phantom",
          })),
        ),
    licence: "Apache-2.0",
    label_source: "phantom",
    width: String(phantom.width),
    height: String(phantom.height),
    sha1: createHash("sha1").update(bytes).digest("hex"),
  };
}

async function encode(
  phantom: Phantom,
  format: BatchOptions["format"],
): Promise<Uint8Array> {
  switch (format) {
    case "png":
      return encodePhantomPng(phantom, { bits: 8 });
    case "dicom":
      return encodePhantomDicom(
        phantom,
        {
          familyName: "Phantom",
          givenName: `Number ${phantom.truth.seed}`,
          id: `PHANTOM-${phantom.truth.seed}`,
          sex: phantom.truth.sex,
          ageYears: phantom.truth.ageYears,
        },
        { view: phantom.truth.view, pixelSpacing: phantom.truth.pixelSpacing },
      );
  }
}

/**
 * Writes films and `manifest.csv` (the columns of the training manifests that
 * apply, paths relative to the folder). Returns how many films were written.
 */
export async function writeBatch(options: BatchOptions): Promise<number> {
  await mkdir(options.folder, { recursive: true });
  const lines = [COLUMNS.join(",")];
  for (let i = 0; i < options.count; i++) {
    const seed = options.seed + i;
    const phantom = makePhantom({
      seed,
      size: options.size,
      pathology: choosePathology(seed, options.healthyShare),
    });
    const file = `phantom-${seed}.${options.format === "png" ? "png" : "dcm"}`;
    const bytes = await encode(phantom, options.format);
    await writeFile(join(options.folder, file), bytes);
    const row = manifestRow(phantom, file, bytes, options.split);
    lines.push(COLUMNS.map((name) => csvField(row[name])).join(","));
    options.onFilm?.(i + 1, options.count);
  }
  await writeFile(
    join(options.folder, "manifest.csv"),
    `${lines.join("\n")}\n`,
  );
  return options.count;
}
