import type {
  AssessmentState,
  CaseState,
  Label,
  Urgency,
  WorklistFilter,
  WorklistSort,
} from "../../gql/graphql.ts";

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
  "PATIENT",
];

/** Everything a person chose; all of it but the search stands in the URL. */
export interface WorklistChoice {
  view: WorklistView;
  search: string;
  states: readonly CaseState[];
  urgencies: readonly Urgency[];
  findings: readonly FindingChoice[];
  /** A user's id, "none", or null for anybody. */
  assignee: string | null;
  age: AgeChoice | null;
  sort: WorklistSort | null;
}

const AI_FINDINGS: readonly FindingChoice[] = ["ai-positive", "ai-negative"];

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
    sort: choice.sort === "PROBABILITY" ? null : choice.sort,
  };
}

export const NO_CHOICE: WorklistChoice = {
  view: "all",
  search: "",
  states: [],
  urgencies: [],
  findings: [],
  assignee: null,
  age: null,
  sort: null,
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
    age: oneOf(query.get("age"), AGES),
    sort: oneOf(query.get("sort"), SORTS),
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
  put("age", choice.age);
  put("sort", choice.sort);
  return query.toString();
}

/** Whether anything narrows the view that was chosen. */
export function isNarrowed(choice: WorklistChoice): boolean {
  const asUsual = { view: choice.view, sort: choice.sort };
  const isUsual =
    writeChoice(choice) === writeChoice({ ...NO_CHOICE, ...asUsual });
  return !isUsual || choice.search.trim() !== "";
}

export interface ChoiceContext {
  viewerId: string;
  siteId: string | null;
  /** Rounded to the minute by the caller, so that a query keeps its name. */
  nowMs: number;
}

export interface WorklistVariables {
  filter: WorklistFilter;
  sort: WorklistSort;
}

/** The API's arguments for what was chosen. */
export function variablesFor(
  choice: WorklistChoice,
  context: ChoiceContext,
): WorklistVariables {
  const filter: WorklistFilter = {
    ...viewFilter(choice.view, context.viewerId),
    ...findingFilter(choice.findings),
    ...ageFilter(choice.age, context.nowMs),
  };
  if (context.siteId) filter.siteId = context.siteId;
  const search = choice.search.trim();
  if (search) filter.search = search;
  if (choice.states.length > 0) filter.states = [...choice.states];
  if (choice.urgencies.length > 0) filter.urgencies = [...choice.urgencies];
  if (choice.assignee === "none") filter.unassigned = true;
  else if (choice.assignee) filter.assigneeId = choice.assignee;
  const usual = choice.view === "signed" ? "ARRIVED_NEWEST" : "URGENCY";
  return { filter, sort: choice.sort ?? usual };
}

const OPEN: CaseState[] = ["WAITING", "READING"];

function viewFilter(view: WorklistView, viewerId: string): WorklistFilter {
  switch (view) {
    case "all":
      return { states: OPEN };
    case "mine":
      return { states: OPEN, assigneeId: viewerId };
    case "unassigned":
      return { states: ["WAITING"], unassigned: true };
    case "not-assessed": {
      const assessments: AssessmentState[] = ["NOT_ASSESSED"];
      return { states: OPEN, assessments };
    }
    case "retakes":
      return { states: ["SIGNED"], awaitsRetake: true };
    case "second-reads":
      return { states: ["SIGNED"], secondReads: true };
    // Signed ones as well: a report of nobody knows whom is no report.
    case "identity":
      return { identityUnresolved: true };
    case "signed":
      return { states: ["SIGNED"] };
    case "everything":
      return {};
  }
}

/** Both answers of the AI together mean any answer, and narrow nothing. */
function findingFilter(findings: readonly FindingChoice[]): WorklistFilter {
  const filter: WorklistFilter = {};
  const wantsPositive = findings.includes("ai-positive");
  if (wantsPositive !== findings.includes("ai-negative")) {
    filter.aiPositive = wantsPositive;
  }
  const labels = new Map<FindingChoice, Label>([
    ["signed-normal", "NORMAL"],
    ["signed-pneumonia", "PNEUMONIA"],
    ["signed-other", "OTHER"],
    ["signed-not-diagnostic", "NOT_DIAGNOSTIC"],
  ]);
  const wanted = findings.flatMap((finding) => labels.get(finding) ?? []);
  if (wanted.length > 0) filter.labels = wanted;
  return filter;
}

const HOUR_MS = 3_600_000;

function ageFilter(age: AgeChoice | null, nowMs: number): WorklistFilter {
  const ago = (hours: number) =>
    new Date(nowMs - hours * HOUR_MS).toISOString();
  switch (age) {
    case null:
      return {};
    case "hour":
      return { arrivedAfter: ago(1) };
    case "day":
      return { arrivedAfter: ago(24) };
    case "week":
      return { arrivedAfter: ago(7 * 24) };
    case "over-2h":
      return { arrivedBefore: ago(2) };
    case "over-1d":
      return { arrivedBefore: ago(24) };
  }
}

function oneOf<T extends string>(
  value: string | null,
  allowed: readonly T[],
): T | null {
  const wanted = value?.toLowerCase();
  return allowed.find((item) => item.toLowerCase() === wanted) ?? null;
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
