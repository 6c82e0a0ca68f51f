import { ImageFormat, LabelGrade, Sex } from "@lung-iris/prisma";
import { z } from "zod";
import {
  DRAWN_CODES,
  FINDING_CODES,
  LEARNT,
  PICTURE,
  SPLITS,
  stands,
  VIEWS,
  type ExportModels,
} from "./cell-rules.ts";
import { DICOM_SENTENCES, SENTENCES } from "./known-sentences.ts";
import type { KnownValues } from "./known-values.ts";
import type { Leaks } from "./leak.ts";
import { noteBytes } from "./raw-text.ts";

const pixels = z.number().min(-65_535).max(65_535);
const count = z.number().int().min(0);
const label = z.enum(LEARNT);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const finding = z.enum(FINDING_CODES as [string, ...string[]]); // the catalogue has entries
const sentence = z.enum(SENTENCES);
const year = z.number().int().min(1895).max(2200).nullable();
const some = <T extends z.ZodType>(of: T) => z.array(of).nullable();

/** `coco.json`, field by field; models are those that looked at its films. */
export const cocoRules = (models: ExportModels) =>
  z.strictObject({
    info: z.strictObject({
      description: z.literal("Lung Iris labelled chest films"),
      version: z.literal("1.0"),
    }),
    licenses: z.tuple([]),
    images: z.array(
      z.strictObject({
        id: count,
        file_name: z.string().regex(PICTURE),
        width: count.max(65_535),
        height: count.max(65_535),
        case: z.string().regex(stands("c")),
        label,
        grade: z.enum(LabelGrade),
      }),
    ),
    annotations: z.array(
      z.strictObject({
        id: count,
        image_id: count,
        category_id: count.min(1).max(999),
        bbox: z.tuple([pixels, pixels, pixels, pixels]),
        area: z.number().min(0),
        segmentation: z.tuple([z.array(pixels)]).optional(),
        iscrowd: z.literal(0),
        source: z.enum(["reader", "ai"]),
        reader: z.string().regex(stands("r")).optional(),
        model_sha256: sha256
          .refine((hash) => models.some((model) => model.sha256 === hash))
          .optional(),
        grade: z.enum(LabelGrade),
        dataset: z.string().regex(stands("d")),
        score: z.number().min(0).max(1).optional(),
      }),
    ),
    categories: z.array(
      z.strictObject({
        id: count,
        name: z.enum(DRAWN_CODES as [string, ...string[]]), // the catalogue has entries
        supercategory: z.literal("finding"),
      }),
    ),
  });

/** `contents.json`, field by field; `files` are compared with the archive. */
export function contentsRules(
  models: ExportModels,
  files: ReadonlyMap<string, { bytes: number; sha256: string }>,
) {
  return z.strictObject({
    format: z.literal("lung-iris-dataset"),
    version: z.literal(4),
    chosen: z.strictObject({
      signedAfterYear: year,
      signedBeforeYear: year,
      labels: some(label),
      grades: some(z.enum(LabelGrade)),
      finding: finding.nullable(),
      agreement: z.boolean().nullable(),
      ageFrom: count.max(150).nullable(),
      ageTo: count.max(150).nullable(),
      sexes: some(z.enum(Sex)),
      views: some(z.enum(VIEWS)),
      readers: some(z.string().regex(stands("r"))),
      withoutNotes: z.boolean(),
    }),
    counts: z.strictObject({
      films: count,
      cases: count,
      patients: count,
      byLabel: z.record(label, count),
      byGrade: z.partialRecord(z.enum(LabelGrade), count),
      bySplit: z.partialRecord(z.enum(SPLITS), count),
    }),
    pictureText: z.enum(["LEAVE_OUT", "BLANK"]),
    leftOut: z.strictObject({ burnedInAnnotation: count }),
    blanked: count,
    models: z.array(
      z
        .strictObject({ name: z.string(), sha256 })
        .refine(({ name, sha256 }) =>
          models.some((one) => one.name === name && one.sha256 === sha256),
        ),
    ),
    deIdentification: z.strictObject({
      identifiers: sentence,
      dates: sentence,
      ages: sentence,
      text: sentence,
      pixels: sentence,
      dicom: z.enum(DICOM_SENTENCES).nullable(),
    }),
    manifest: sentence,
    boxes: sentence,
    files: z.array(
      z
        .strictObject({ path: z.string(), bytes: count, sha256 })
        .refine((file) => {
          const found = files.get(file.path);
          return found?.bytes === file.bytes && found.sha256 === file.sha256;
        }),
    ),
  });
}

/** Names of formats that are no rule's literal; for the vocabulary. */
export const FORMAT_WORDS = [
  ...SENTENCES,
  ...DICOM_SENTENCES,
  ...DRAWN_CODES,
  ...Object.keys(LabelGrade),
  ...Object.keys(ImageFormat),
  "Lung Iris labelled chest films lung-iris-dataset",
  "radiologist reader finding supercategory annotations categories",
  "NOT_DIAGNOSTIC PNEUMONIA NORMAL OTHER LATERAL INDEPENDENT CONFIRM OVERRIDE",
  "FALSE_POSITIVE FALSE_NEGATIVE OTHER_FINDING OTHER_CAUSE TOO_EARLY ARTEFACT",
  "TECHNIQUE WRONG_REGION POOR_QUALITY CLINICAL_CONTEXT SECOND_LOOK",
  "REGION_SHOWN PRIOR_FILM description licenses image images category",
];

/** A list in JSON holds its fields and in each what belongs there. */
export function checkJson(
  entry: string,
  bytes: Buffer,
  rules: z.ZodType,
  { known, leaks }: { known: KnownValues; leaks: Leaks },
): void {
  const note = (place: string, text: string) =>
    noteBytes(leaks, known, entry, place, Buffer.from(text), "UNEXPECTED");
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    noteBytes(leaks, known, entry, "form", bytes, "UNEXPECTED");
    return;
  }
  const { error } = rules.safeParse(value);
  for (const issue of error?.issues ?? []) {
    // An unknown key is a value of the file like any other.
    const path = issue.path.filter((step) => typeof step !== "symbol");
    const place = path.map(placeName).join(".") || "top";
    note(place, JSON.stringify(valueAt(value, path) ?? null));
  }
  const text = bytes.toString("utf8");
  // A key that stands twice is shown once: only the plain form hides nothing.
  if (![1, 2].some((step) => text === `${JSON.stringify(value, null, step)}\n`))
    noteBytes(leaks, known, entry, "form", bytes, "UNEXPECTED");
  for (const kind of known.findInFile(text))
    if (!leaks.found.some((leak) => leak.entry === entry && leak.kind === kind))
      leaks.add(entry, "text", kind);
}

/** Steps of a path are names of the rules; of records, perhaps the file's. */
function placeName(step: string | number): string {
  return typeof step === "number" || /^[A-Za-z_]{1,24}$/.test(step)
    ? String(step)
    : "key";
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === "object" && at !== null
        ? (at as Record<string | number, unknown>)[step] // any key may be asked for
        : undefined,
    value,
  );
}
