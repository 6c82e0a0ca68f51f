import type { WorklistSort } from "../../gql/graphql.ts";

export const COLUMN_IDS = [
  "urgency",
  "patient",
  "sexAge",
  "mrn",
  "examination",
  "accession",
  "site",
  "waiting",
  "ai",
  "finding",
  "assignee",
  "state",
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

interface ColumnShape {
  /** Share of the width, beside those of the other columns shown. */
  weight: number;
  /** Orders that a click on the heading goes through. */
  sorts: readonly WorklistSort[];
}

export const COLUMNS: Record<ColumnId, ColumnShape> = {
  urgency: { weight: 8.5, sorts: ["URGENCY"] },
  patient: { weight: 17, sorts: ["PATIENT", "PATIENT_REVERSED"] },
  sexAge: { weight: 7.5, sorts: ["AGE_OLDEST", "AGE_YOUNGEST"] },
  mrn: { weight: 10, sorts: ["MRN", "MRN_REVERSED"] },
  examination: { weight: 12, sorts: ["EXAMINATION", "EXAMINATION_REVERSED"] },
  accession: { weight: 10, sorts: ["ACCESSION", "ACCESSION_REVERSED"] },
  site: { weight: 10, sorts: ["SITE", "SITE_REVERSED"] },
  waiting: { weight: 9, sorts: ["ARRIVED_OLDEST", "ARRIVED_NEWEST"] },
  ai: { weight: 15, sorts: ["PROBABILITY", "PROBABILITY_REVERSED"] },
  finding: { weight: 10.5, sorts: ["FINDING", "FINDING_REVERSED"] },
  assignee: { weight: 11, sorts: ["ASSIGNEE", "ASSIGNEE_REVERSED"] },
  state: { weight: 15, sorts: ["STATE", "STATE_REVERSED"] },
};

export interface ColumnChoice {
  order: readonly ColumnId[];
  hidden: readonly ColumnId[];
}

export const USUAL_COLUMNS: ColumnChoice = {
  order: COLUMN_IDS,
  hidden: ["mrn", "accession", "site", "finding"],
};

/** A choice without a column, neither shown nor to be chosen. */
export function withoutColumn(
  { order, hidden }: ColumnChoice,
  column: ColumnId,
): ColumnChoice {
  return {
    order: order.filter((id) => id !== column),
    hidden: hidden.filter((id) => id !== column),
  };
}

/** The patient is what a row is about, and carries its link. */
export const FIXED_COLUMN: ColumnId = "patient";

/**
 * A choice as it was remembered, made safe: columns that are new since are
 * added at their usual place's end, unknown ones dropped, the patient shown.
 */
export function repairChoice(stored: unknown): ColumnChoice {
  const { order, hidden } = asRecord(stored);
  const kept = knownIds(order);
  if (kept.length === 0) return USUAL_COLUMNS;
  const missing = COLUMN_IDS.filter((id) => !kept.includes(id));
  return {
    order: [...kept, ...missing],
    hidden: [...knownIds(hidden), ...missing].filter(
      (id) => id !== FIXED_COLUMN,
    ),
  };
}

function asRecord(value: unknown): { order?: unknown; hidden?: unknown } {
  return typeof value === "object" && value !== null ? value : {};
}

function knownIds(value: unknown): ColumnId[] {
  if (!Array.isArray(value)) return [];
  const wanted: unknown[] = value;
  const known = wanted.flatMap(
    (item) => COLUMN_IDS.find((id) => id === item) ?? [],
  );
  return [...new Set(known)];
}

/** A choice of these columns, in this order, with the patient among them. */
export function choiceOfColumns(shown: readonly ColumnId[]): ColumnChoice {
  const named = shown.includes(FIXED_COLUMN) ? shown : [FIXED_COLUMN, ...shown];
  const hidden = COLUMN_IDS.filter((id) => !named.includes(id));
  return { order: [...named, ...hidden], hidden };
}

export function visibleColumns(choice: ColumnChoice): ColumnId[] {
  return choice.order.filter((id) => !choice.hidden.includes(id));
}

/** Each shown column's share of the table, in per cent. */
export function columnWidths(
  columns: readonly ColumnId[],
): ReadonlyMap<ColumnId, number> {
  const total = columns.reduce((sum, id) => sum + COLUMNS[id].weight, 0);
  return new Map(columns.map((id) => [id, (COLUMNS[id].weight / total) * 100]));
}

/** Moves a column one place; at the ends nothing happens. */
export function moveColumn(
  choice: ColumnChoice,
  id: ColumnId,
  by: -1 | 1,
): ColumnChoice {
  const from = choice.order.indexOf(id);
  const to = from + by;
  const other = choice.order[to];
  if (from < 0 || other === undefined) return choice;
  const order = [...choice.order];
  order[from] = other;
  order[to] = id;
  return { ...choice, order };
}

export function toggleColumn(choice: ColumnChoice, id: ColumnId): ColumnChoice {
  if (id === FIXED_COLUMN) return choice;
  return {
    ...choice,
    hidden: choice.hidden.includes(id)
      ? choice.hidden.filter((item) => item !== id)
      : [...choice.hidden, id],
  };
}
