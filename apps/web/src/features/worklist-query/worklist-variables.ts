import type {
  AssessmentState,
  CaseState,
  Label,
  WorklistFilter,
  WorklistSort,
} from "../../gql/graphql.ts";
import type {
  AgeChoice,
  FindingChoice,
  WorklistChoice,
  WorklistView,
} from "./worklist-url.ts";

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
  if (choice.reader) filter.readById = choice.reader;
  if (choice.patientAges.length > 0)
    filter.patientAges = [...choice.patientAges];
  if (choice.filmViews.length > 0) filter.filmViews = [...choice.filmViews];
  if (choice.flags.length > 0) filter.clinicalFlags = [...choice.flags];
  if (choice.quality) filter.isDoubtful = choice.quality === "doubtful";
  if (choice.extras.includes("preliminary")) filter.preliminary = true;
  if (choice.extras.includes("critical")) filter.openCritical = true;
  if (choice.states.length > 0) filter.states = [...choice.states];
  if (choice.urgencies.length > 0) filter.urgencies = [...choice.urgencies];
  if (choice.assignee === "none") filter.unassigned = true;
  else if (choice.assignee) filter.assigneeId = choice.assignee;
  if (choice.pool) filter.poolId = choice.pool;
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
