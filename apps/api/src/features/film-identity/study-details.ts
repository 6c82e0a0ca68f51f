import { z } from "zod";
import { BadInputError } from "../../errors.ts";
import { assertPlain } from "../../platform/plain-input.ts";
import {
  CLINICAL_FLAGS,
  type ClinicalFlag,
} from "../policies/clinical-flags.ts";

/** Nobody has been proven older than 122 years; a little room above. */
const OLDEST_YEARS = 130;
/** The heaviest person on record weighed 635 kg. */
const HEAVIEST_KG = 700;
const LIGHTEST_KG = 0.2;

/** How the X-rays passed, as exports, screens and forms name it. */
export const VIEW_POSITIONS = [
  "PA",
  "AP",
  "LATERAL",
  "DECUBITUS",
  "OBLIQUE",
  "OTHER",
] as const;
export type ViewPosition = (typeof VIEW_POSITIONS)[number];

const text = (max: number) => z.string().trim().min(1).max(max);
const empty = z.literal("").transform(() => undefined);
/** A form sends empty text for what was not filled in. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.union([empty, z.null().transform(() => undefined), schema]).optional();

const flagNames = Object.keys(CLINICAL_FLAGS) as ClinicalFlag[]; // own keys
export const clinicalFlags = z.array(z.enum(flagNames)).max(20);
const isoDate = z.iso.date("must be a date such as 1956-03-09");
/** Röntgen's first plate, as for the dates of headers. */
const FIRST_FILM = "1895";
const isOfFilms = (day: string) => day >= FIRST_FILM;
const NO_FILMS = `must not lie before ${FIRST_FILM}: there were no films`;
const filmDay = isoDate.refine(isOfFilms, NO_FILMS);

/** The short form that goes with films whose header does not say. */
export const studyDetailsSchema = z
  .object({
    mrn: optional(text(64)),
    patientName: optional(text(200)),
    birthDate: optional(isoDate),
    sex: optional(z.enum(["FEMALE", "MALE", "OTHER", "UNKNOWN"])),
    ageYears: optional(z.coerce.number().min(0).max(OLDEST_YEARS)),
    weightKg: optional(z.coerce.number().min(LIGHTEST_KG).max(HEAVIEST_KG)),
    viewPosition: optional(
      z.string().trim().toUpperCase().pipe(z.enum(VIEW_POSITIONS)),
    ),
    accessionNumber: optional(text(64)),
    description: optional(text(200)),
    clinicalFlags: optional(clinicalFlags),
    clinicalNote: optional(text(4_000)),
    ward: optional(text(200)),
    studiedAt: optional(
      z
        .union([isoDate, z.iso.datetime({ offset: true, local: true })])
        .refine(isOfFilms, NO_FILMS),
    ),
  })
  .strict();

/** A correction's day and time by the wall where the film was taken. */
const correctedTimeSchema = z.object({
  studyDate: z.union([z.literal(""), filmDay]).nullish(),
  studyTime: z
    .union([z.literal(""), z.iso.time("must be a time such as 14:30")])
    .nullish(),
  reason: z.string().trim().max(500).nullish(),
});

export type StudyDetails = z.output<typeof studyDetailsSchema>;

const byFileSchema = z
  .object({
    byFile: z.record(z.string(), studyDetailsSchema).default({}),
    shared: studyDetailsSchema.default({}),
  })
  .strict();

/** Gives each file of a request its details: its own over the shared ones. */
export type DetailsOf = (fileName: string) => StudyDetails;

/**
 * Reads the `details` field of an upload: one form for all films, or
 * `{ byFile, shared }`. Throws `BadInputError` naming the first wrong field.
 */
export function parseUploadDetails(
  json: string | undefined,
  now: Date,
): DetailsOf {
  if (json === undefined || json.trim() === "") return () => ({});
  const value = parseJson(json);
  assertPlain(value, "details");
  const isByFile =
    typeof value === "object" &&
    value !== null &&
    ("byFile" in value || "shared" in value);
  if (!isByFile) {
    const details = parseStudyDetails(value, now);
    return () => details;
  }
  const { byFile, shared } = parseWith(byFileSchema, value);
  for (const details of [shared, ...Object.values(byFile)]) {
    assertBornBefore(details.birthDate, now);
  }
  return (fileName) => ({
    ...shared,
    ...(Object.hasOwn(byFile, fileName) ? withoutGaps(byFile[fileName]) : {}),
  });
}

/** Checks what a correction says of day, time and reason. */
export function assertCorrectedTime(value: {
  studyDate?: string | null;
  studyTime?: string | null;
  reason?: string | null;
}): void {
  const { studyDate, studyTime, reason } = value;
  parseWith(correctedTimeSchema, { studyDate, studyTime, reason });
}

/** One film's details; throws `BadInputError` naming the wrong field. */
export function parseStudyDetails(value: unknown, now: Date): StudyDetails {
  const details = parseWith(studyDetailsSchema, value);
  assertBornBefore(details.birthDate, now);
  return details;
}

/** A day's grace: the sender's clock may stand in another zone. */
function assertBornBefore(birthDate: string | undefined, now: Date): void {
  if (birthDate === undefined) return;
  if (new Date(birthDate).getTime() <= now.getTime() + 86_400_000) return;
  throw new BadInputError(
    "The birth date lies in the future.",
    ["details.birthDate"],
    { problem: "birth-date-in-future" },
  );
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new BadInputError("The details are not JSON.", ["details"]);
  }
}

function parseWith<T extends z.ZodType>(
  schema: T,
  value: unknown,
): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = ["details", ...(issue?.path ?? [])].join(".");
  const last = issue?.path.at(-1);
  throw new BadInputError(
    `${field}: ${issue?.message ?? "is wrong"}.`,
    [field],
    typeof last === "string" ? PROBLEMS[last] : undefined,
  );
}

/** What pages say of the fields that people fill in by hand. */
const PROBLEMS: Readonly<
  Record<string, ConstructorParameters<typeof BadInputError>[2]>
> = {
  ageYears: { problem: "age-out-of-range", most: OLDEST_YEARS },
  weightKg: {
    problem: "weight-out-of-range",
    least: LIGHTEST_KG,
    most: HEAVIEST_KG,
  },
  birthDate: { problem: "no-day" },
  studyDate: { problem: "no-day" },
};

/** An empty field of one film does not hide the shared one. */
function withoutGaps(details: StudyDetails | undefined): StudyDetails {
  return Object.fromEntries(
    Object.entries(details ?? {}).filter(([, value]) => value !== undefined),
  );
}
