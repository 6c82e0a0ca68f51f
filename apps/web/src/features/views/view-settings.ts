import type {
  ArrivalSpan,
  Label,
  ViewFieldsFragment,
  WorklistBase,
  WorklistColumn,
  WorklistViewSettingsInput,
} from "../../gql/graphql.ts";
import { CLINICAL_FLAGS } from "../film-details/film-details.ts";
import type { ColumnId } from "../worklist-query/worklist-columns.ts";
import {
  type AgeChoice,
  EXTRAS,
  type FindingChoice,
  NO_CHOICE,
  type Quality,
  type WorklistChoice,
  type WorklistView,
} from "../worklist-query/worklist-url.ts";

const BASES: Record<WorklistView, WorklistBase> = {
  all: "ALL",
  mine: "MINE",
  unassigned: "UNASSIGNED",
  "not-assessed": "NOT_ASSESSED",
  retakes: "RETAKES",
  "second-reads": "SECOND_READS",
  identity: "IDENTITY",
  signed: "SIGNED",
  everything: "EVERYTHING",
};

const SPANS: Record<AgeChoice, ArrivalSpan> = {
  hour: "HOUR",
  day: "DAY",
  week: "WEEK",
  "over-2h": "OVER_2H",
  "over-1d": "OVER_1D",
};

const COLUMNS: Record<ColumnId, WorklistColumn> = {
  urgency: "URGENCY",
  patient: "PATIENT",
  sexAge: "SEX_AGE",
  mrn: "MRN",
  examination: "EXAMINATION",
  accession: "ACCESSION",
  site: "SITE",
  waiting: "WAITING",
  ai: "AI",
  finding: "FINDING",
  assignee: "ASSIGNEE",
  state: "STATE",
};

const SIGNED: Partial<Record<FindingChoice, Label>> = {
  "signed-normal": "NORMAL",
  "signed-pneumonia": "PNEUMONIA",
  "signed-other": "OTHER",
  "signed-not-diagnostic": "NOT_DIAGNOSTIC",
};

/** What a view keeps of a choice: all but what was searched for. */
export function settingsOf(choice: WorklistChoice): WorklistViewSettingsInput {
  const { findings, age } = choice;
  const wantsPositive = findings.includes("ai-positive");
  const isAiEither = wantsPositive === findings.includes("ai-negative");
  return {
    base: BASES[choice.view],
    states: [...choice.states],
    urgencies: [...choice.urgencies],
    labels: findings.flatMap((finding) => SIGNED[finding] ?? []),
    aiPositive: isAiEither ? null : wantsPositive,
    assignee: choice.assignee,
    pool: choice.pool,
    arrived: age && SPANS[age],
    reader: choice.reader,
    patientAges: [...choice.patientAges],
    filmViews: [...choice.filmViews],
    clinicalFlags: [...choice.flags],
    isDoubtful: choice.quality && choice.quality === "doubtful",
    preliminary: choice.extras.includes("preliminary"),
    openCritical: choice.extras.includes("critical"),
    sort: choice.sort,
    columns: choice.columns.map((column) => COLUMNS[column]),
    rows: choice.isCompact ? "COMPACT" : "COMFORTABLE",
  };
}

/** The worklist as a view sets it out. */
export function choiceOf({
  id,
  settings,
}: Pick<ViewFieldsFragment, "id" | "settings">): WorklistChoice {
  const { aiPositive, labels, arrived } = settings;
  const ai: FindingChoice[] =
    aiPositive == null ? [] : [aiPositive ? "ai-positive" : "ai-negative"];
  return {
    ...NO_CHOICE,
    saved: id,
    view: keyOf(BASES, settings.base) ?? NO_CHOICE.view,
    states: settings.states,
    urgencies: settings.urgencies,
    findings: [...ai, ...labels.flatMap((label) => keyOf(SIGNED, label) ?? [])],
    assignee: settings.assignee ?? null,
    pool: settings.pool ?? null,
    age: arrived ? keyOf(SPANS, arrived) : null,
    reader: settings.reader ?? null,
    patientAges: settings.patientAges,
    filmViews: settings.filmViews,
    flags: CLINICAL_FLAGS.filter((flag) =>
      settings.clinicalFlags.includes(flag),
    ),
    quality: qualityOf(settings.isDoubtful),
    extras: EXTRAS.filter((extra) =>
      extra === "critical" ? settings.openCritical : settings.preliminary,
    ),
    sort: settings.sort ?? null,
    columns: settings.columns.flatMap((column) => keyOf(COLUMNS, column) ?? []),
    isCompact: settings.rows === "COMPACT",
  };
}

function qualityOf(isDoubtful: boolean | null | undefined): Quality | null {
  if (isDoubtful == null) return null;
  return isDoubtful ? "doubtful" : "good";
}

/** Whether the worklist is set out as the view has it. */
export function isAsSaved(
  choice: WorklistChoice,
  view: Pick<ViewFieldsFragment, "id" | "settings">,
): boolean {
  // Through the same door, so that both leave out and order alike.
  const saved = settingsOf(choiceOf(view));
  return JSON.stringify(settingsOf(choice)) === JSON.stringify(saved);
}

function keyOf<Key extends string, Value>(
  names: Partial<Record<Key, Value>>,
  value: Value,
): Key | null {
  // Object.keys forgets that these are all the keys there are.
  const keys = Object.keys(names) as Key[];
  return keys.find((key) => names[key] === value) ?? null;
}
