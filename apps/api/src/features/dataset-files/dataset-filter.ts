import { z } from "zod";
import { BadInputError } from "../../errors.ts";
import { findFinding } from "../findings/finding-catalogue.ts";
import { VIEW_POSITIONS } from "../film-identity/study-details.ts";

const years = z.number().int().min(0).max(150).nullable().default(null);

/** Which signed cases a dataset takes; as stored in its row. */
export const datasetFilterSchema = z.object({
  siteId: z.uuid(),
  signedAfter: z.iso.datetime().nullable().default(null),
  signedBefore: z.iso.datetime().nullable().default(null),
  labels: z
    .array(z.enum(["NORMAL", "PNEUMONIA", "OTHER"]))
    .nullable()
    .default(null),
  modelVersionId: z.uuid().nullable().default(null),
  agreement: z.boolean().nullable().default(null),
  grades: z
    .array(z.enum(["ADJUDICATED", "TWO_AGREE", "ONE_BLIND", "ONE_AFTER_AI"]))
    .nullable()
    .default(null),
  /** A code of the catalogue that the readers said is there. */
  finding: z
    .string()
    .refine((code) => findFinding(code) !== null)
    .nullable()
    .default(null),
  /** Whole years at the examination, both included. */
  ageFrom: years,
  ageTo: years,
  sexes: z
    .array(z.enum(["FEMALE", "MALE", "OTHER", "UNKNOWN"]))
    .nullable()
    .default(null),
  views: z.array(z.enum(VIEW_POSITIONS)).nullable().default(null),
  /** Users whose signature the label rests on. */
  readers: z.array(z.uuid()).max(100).nullable().default(null),
  /** Without films of which a note says that their quality is doubtful. */
  withoutNotes: z.boolean().nullable().default(null),
});

/**
 * Notes on the quality of a film, of those in `Image.warnings`; the function
 * `dataset_choices` of the database counts by the same.
 */
export const QUALITY_NOTES = [
  "photometric-tag-contradicts-pixels",
  "colour-converted-to-grey",
  "several-frames-first-used",
  "header-repaired",
  "damaged-picture",
  "overlay-planes",
  "overlay-left-out",
  "pixels-made-square",
];

export type StoredDatasetFilter = z.output<typeof datasetFilterSchema>;

/** A filter as the resolver hands it in: dates already parsed. */
export interface DatasetFilterValues {
  siteId: string;
  signedAfter?: Date | null;
  signedBefore?: Date | null;
  labels?: string[] | null;
  modelVersionId?: string | null;
  agreement?: boolean | null;
  grades?: string[] | null;
  finding?: string | null;
  ageFrom?: number | null;
  ageTo?: number | null;
  sexes?: string[] | null;
  views?: string[] | null;
  readers?: string[] | null;
  withoutNotes?: boolean | null;
}

/** Checks a filter and writes its dates as text. Throws `BadInputError`. */
export function storedFilter(values: DatasetFilterValues): StoredDatasetFilter {
  const { signedAfter, signedBefore } = values;
  if (signedAfter && signedBefore && signedAfter >= signedBefore) {
    throw new BadInputError("The first date must come before the last.", [
      "filter.signedAfter",
      "filter.signedBefore",
    ]);
  }
  const { ageFrom, ageTo } = values;
  if (isNumber(ageFrom) && isNumber(ageTo) && ageFrom > ageTo) {
    throw new BadInputError("The first age must not be above the last.", [
      "filter.ageFrom",
      "filter.ageTo",
    ]);
  }
  const parsed = datasetFilterSchema.safeParse({
    ...values,
    signedAfter: signedAfter?.toISOString(),
    signedBefore: signedBefore?.toISOString(),
  });
  if (parsed.success) return parsed.data;
  const path = ["filter", ...(parsed.error.issues[0]?.path ?? [])].join(".");
  throw new BadInputError(`${path} cannot be used.`, [path]);
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === "number";
}

/** What a filter takes, before anything is exported. */
export interface DatasetCounts {
  cases: number;
  films: number;
  normal: number;
  pneumonia: number;
  other: number;
  agreed: number;
  overridden: number;
  /** Labels that are not what their reader said before the AI. */
  changedMind: number;
  adjudicated: number;
  twoAgree: number;
  oneBlind: number;
  oneAfterAi: number;
  /** Films of these cases that are left out: letters are burnt in. */
  burntIn: number;
  /** Films in which letters were found: left out or blanked, as is chosen. */
  withText: number;
}
