import type {
  AgeBand,
  CaseState,
  FilmView,
  Urgency,
  WorklistSort,
} from "../../gql/graphql.ts";
import {
  CLINICAL_FLAGS,
  type ClinicalFlag,
} from "../film-details/film-details.ts";
import { COLUMN_IDS, type ColumnId } from "./worklist-columns.ts";

export const WORKLIST_VIEWS = [
  "all",
  "mine",
  "unassigned",
  "not-assessed",
  "retakes",
  "second-reads",
  "identity",
  "signed",
  "everything",
] as const;
export type WorklistView = (typeof WORKLIST_VIEWS)[number];

export const CASE_STATES: readonly CaseState[] = [
  "WAITING",
  "READING",
  "SIGNED",
];
export const URGENCIES: readonly Urgency[] = [
  "CRITICAL",
  "URGENT",
  "SOON",
  "ROUTINE",
];
export const FINDINGS = [
  "ai-positive",
  "ai-negative",
  "signed-normal",
  "signed-pneumonia",
  "signed-other",
  "signed-not-diagnostic",
] as const;
export type FindingChoice = (typeof FINDINGS)[number];

/** How long ago a film arrived. */
export const AGES = ["hour", "day", "week", "over-2h", "over-1d"] as const;
export type AgeChoice = (typeof AGES)[number];

export const SORTS: readonly WorklistSort[] = [
  "URGENCY",
  "ARRIVED_NEWEST",
  "ARRIVED_OLDEST",
  "PROBABILITY",
  "PROBABILITY_REVERSED",
  "PATIENT",
  "PATIENT_REVERSED",
  "AGE_YOUNGEST",
  "AGE_OLDEST",
  "MRN",
  "MRN_REVERSED",
  "EXAMINATION",
  "EXAMINATION_REVERSED",
  "ACCESSION",
  "ACCESSION_REVERSED",
  "SITE",
  "SITE_REVERSED",
  "FINDING",
  "FINDING_REVERSED",
  "ASSIGNEE",
  "ASSIGNEE_REVERSED",
  "STATE",
  "STATE_REVERSED",
];

/** The patient's age at the examination. */
export const PATIENT_AGES: readonly AgeBand[] = [
  "INFANT",
  "CHILD",
  "ADULT",
  "OLD",
  "UNKNOWN",
];
export const FILM_VIEWS: readonly FilmView[] = ["PA", "AP", "LATERAL", "OTHER"];
export const QUALITIES = ["doubtful", "good"] as const;
export type Quality = (typeof QUALITIES)[number];
/** What else a case can be asked to have. */
export const EXTRAS = ["preliminary", "critical"] as const;
export type Extra = (typeof EXTRAS)[number];

/** Everything a person chose; all of it but the search stands in the URL. */
export interface WorklistChoice {
  view: WorklistView;
  search: string;
  states: readonly CaseState[];
  urgencies: readonly Urgency[];
  findings: readonly FindingChoice[];
  /** A user's id, "none", or null for anybody. */
  assignee: string | null;
  /** The pool that it waits for, by id. */
  pool: string | null;
  age: AgeChoice | null;
  /** Who reads it or has signed it: a user's id, or null for anybody. */
  reader: string | null;
  patientAges: readonly AgeBand[];
  filmViews: readonly FilmView[];
  /** What the sender said of the patient's state: one of these. */
  flags: readonly ClinicalFlag[];
  quality: Quality | null;
  extras: readonly Extra[];
  sort: WorklistSort | null;
  /** Columns shown, in their order; none for those remembered here. */
  columns: readonly ColumnId[];
  /** One line a row instead of two. */
  isCompact: boolean;
  /** The saved view that this began as, by id. */
  saved: string | null;
}

const AI_FINDINGS: readonly FindingChoice[] = ["ai-positive", "ai-negative"];

const AI_SORTS: readonly WorklistSort[] = [
  "PROBABILITY",
  "PROBABILITY_REVERSED",
];

/** Findings that may be asked for; a blind reader not by what the AI says. */
export function findingsFor(isBlind: boolean): readonly FindingChoice[] {
  return FINDINGS.filter(
    (finding) => !isBlind || !AI_FINDINGS.includes(finding),
  );
}

/**
 * The choice as far as the viewer may make it: an address that sorts or
 * filters by the AI does not for a blind reader.
 */
export function allowedChoice(
  choice: WorklistChoice,
  isBlind: boolean,
): WorklistChoice {
  if (!isBlind) return choice;
  return {
    ...choice,
    findings: choice.findings.filter(
      (finding) => !AI_FINDINGS.includes(finding),
    ),
    sort:
      choice.sort !== null && AI_SORTS.includes(choice.sort)
        ? null
        : choice.sort,
  };
}

export const NO_CHOICE: WorklistChoice = {
  view: "all",
  search: "",
  states: [],
  urgencies: [],
  findings: [],
  assignee: null,
  pool: null,
  age: null,
  reader: null,
  patientAges: [],
  filmViews: [],
  flags: [],
  quality: null,
  extras: [],
  sort: null,
  columns: [],
  isCompact: false,
  saved: null,
};

/**
 * Reads the URL; what it does not know is left out, never an error.
 * @param search what is looked for; it names patients and is in no URL
 */
export function readChoice(
  query: URLSearchParams,
  search: string,
): WorklistChoice {
  return {
    view: oneOf(query.get("view"), WORKLIST_VIEWS) ?? "all",
    search,
    states: listOf(query.get("state"), CASE_STATES),
    urgencies: listOf(query.get("urgency"), URGENCIES),
    findings: listOf(query.get("finding"), FINDINGS),
    assignee: query.get("assignee"),
    pool: query.get("pool"),
    age: oneOf(query.get("age"), AGES),
    reader: query.get("reader"),
    patientAges: listOf(query.get("patient-age"), PATIENT_AGES),
    filmViews: listOf(query.get("film-view"), FILM_VIEWS),
    flags: listOf(query.get("flag"), CLINICAL_FLAGS),
    quality: oneOf(query.get("quality"), QUALITIES),
    extras: listOf(query.get("with"), EXTRAS),
    sort: oneOf(query.get("sort"), SORTS),
    columns: inOrder(query.get("columns")),
    isCompact: query.get("rows") === "compact",
    saved: query.get("saved"),
  };
}

/** Writes the URL; what is as usual is left out, and what is searched. */
export function writeChoice(choice: WorklistChoice): string {
  const query = new URLSearchParams();
  const put = (name: string, value: string | null) => {
    if (value) query.set(name, value.toLowerCase());
  };
  put("view", choice.view === "all" ? null : choice.view);
  put("state", choice.states.join(","));
  put("urgency", choice.urgencies.join(","));
  put("finding", choice.findings.join(","));
  if (choice.assignee) query.set("assignee", choice.assignee);
  if (choice.pool) query.set("pool", choice.pool);
  put("age", choice.age);
  if (choice.reader) query.set("reader", choice.reader);
  put("patient-age", choice.patientAges.join(","));
  put("film-view", choice.filmViews.join(","));
  put("flag", choice.flags.join(","));
  put("quality", choice.quality);
  put("with", choice.extras.join(","));
  put("sort", choice.sort);
  if (choice.columns.length > 0) query.set("columns", choice.columns.join(","));
  put("rows", choice.isCompact ? "compact" : null);
  put("saved", choice.saved);
  return query.toString();
}

/** The same list, set out the same way, with nothing left out of it. */
export function withoutFilters(choice: WorklistChoice): WorklistChoice {
  const { view, sort, columns, isCompact, saved } = choice;
  return { ...NO_CHOICE, view, sort, columns, isCompact, saved };
}

/** Whether anything narrows the view that was chosen. */
export function isNarrowed(choice: WorklistChoice): boolean {
  const isUsual = writeChoice(choice) === writeChoice(withoutFilters(choice));
  return !isUsual || choice.search.trim() !== "";
}

function oneOf<T extends string>(
  value: string | null,
  allowed: readonly T[],
): T | null {
  const wanted = value?.toLowerCase();
  return allowed.find((item) => item.toLowerCase() === wanted) ?? null;
}

/** Columns in the order of the address, each once. */
function inOrder(value: string | null): ColumnId[] {
  const named = (value ?? "")
    .split(",")
    .flatMap((part) => oneOf(part, COLUMN_IDS) ?? []);
  return [...new Set(named)];
}

function listOf<T extends string>(
  value: string | null,
  allowed: readonly T[],
): T[] {
  const wanted = (value ?? "").split(",");
  return allowed.filter((item) =>
    wanted.some((part) => part.toLowerCase() === item.toLowerCase()),
  );
}
