import { z } from "zod";
import { BadInputError } from "../../errors.ts";
import { STATES, URGENCIES } from "../worklist-query/worklist.buckets.ts";
import {
  sortTellsAi,
  WORKLIST_SORTS,
} from "../worklist-query/worklist.order.ts";
import {
  AGE_BANDS,
  FILM_VIEWS,
  FLAGS,
} from "../worklist-query/worklist.traits.ts";

/** Longest name, in characters. */
export const MAX_NAME = 60;

/** The list's tabs, which everything else narrows. */
export const VIEW_BASES = [
  "ALL",
  "MINE",
  "UNASSIGNED",
  "NOT_ASSESSED",
  "RETAKES",
  "SECOND_READS",
  "IDENTITY",
  "SIGNED",
  "EVERYTHING",
] as const;
export type ViewBase = (typeof VIEW_BASES)[number];

/** How long ago a film arrived. */
export const ARRIVAL_SPANS = [
  "HOUR",
  "DAY",
  "WEEK",
  "OVER_2H",
  "OVER_1D",
] as const;
export type ArrivalSpan = (typeof ARRIVAL_SPANS)[number];

export const VIEW_COLUMNS = [
  "URGENCY",
  "PATIENT",
  "SEX_AGE",
  "MRN",
  "EXAMINATION",
  "ACCESSION",
  "SITE",
  "WAITING",
  "AI",
  "FINDING",
  "ASSIGNEE",
  "STATE",
] as const;
export type ViewColumn = (typeof VIEW_COLUMNS)[number];

export const ROW_HEIGHTS = ["COMFORTABLE", "COMPACT"] as const;
export type RowHeight = (typeof ROW_HEIGHTS)[number];

const LABELS = ["NORMAL", "PNEUMONIA", "OTHER", "NOT_DIAGNOSTIC"] as const;

/** Some of a few names, each once, in the order of the list. */
function someOf<const Name extends string>(names: readonly Name[]) {
  return z
    .array(z.enum(names))
    .max(names.length)
    .transform((chosen) => names.filter((name) => chosen.includes(name)))
    .default([]);
}

const person = z.union([z.uuid(), z.literal("none")]).nullable();

/**
 * What a view sets. No words of a search and no cases: those name patients,
 * and a view is read by a whole site.
 */
const viewSettings = z.strictObject({
  base: z.enum(VIEW_BASES),
  states: someOf(STATES),
  urgencies: someOf(URGENCIES),
  labels: someOf(LABELS),
  aiPositive: z.boolean().nullable().default(null),
  assignee: person.default(null),
  /** The pool that cases wait for. */
  pool: z.uuid().nullable().default(null),
  arrived: z.enum(ARRIVAL_SPANS).nullable().default(null),
  reader: z.uuid().nullable().default(null),
  patientAges: someOf(AGE_BANDS),
  filmViews: someOf(FILM_VIEWS),
  clinicalFlags: someOf(FLAGS),
  isDoubtful: z.boolean().nullable().default(null),
  preliminary: z.boolean().default(false),
  openCritical: z.boolean().default(false),
  sort: z.enum(WORKLIST_SORTS).nullable().default(null),
  /** Those shown, from left to right; empty for the usual ones. */
  columns: z
    .array(z.enum(VIEW_COLUMNS))
    .refine((columns) => new Set(columns).size === columns.length)
    .default([]),
  rows: z.enum(ROW_HEIGHTS).default("COMFORTABLE"),
});
export type ViewSettings = z.output<typeof viewSettings>;

/** The JSON column read back with its type; what is new since is as usual. */
export function readSettings(value: unknown): ViewSettings {
  return viewSettings.parse(value);
}

/** @throws BAD_USER_INPUT */
export function checkSettings(value: unknown): ViewSettings {
  const parsed = viewSettings.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) =>
    ["input", "settings", ...path].join("."),
  );
  throw new BadInputError("The worklist cannot be set out like this.", fields);
}

/**
 * Some words, without what is no letter of any script or would not be seen.
 *
 * @throws BAD_USER_INPUT
 */
export function checkName(text: string): string {
  const name = text.trim().normalize("NFC").replace(/\s+/g, " ");
  const isReadable = name !== "" && !/\p{C}/u.test(name);
  if (isReadable && name.length <= MAX_NAME) return name;
  throw new BadInputError(
    `A name has 1 to ${String(MAX_NAME)} characters, all of which can be seen.`,
    ["input.name"],
  );
}

/** Whether the rows that come, or their order, say what the AI answered. */
export function tellsAi({ aiPositive, sort }: ViewSettings): boolean {
  return aiPositive !== null || sortTellsAi(sort);
}
