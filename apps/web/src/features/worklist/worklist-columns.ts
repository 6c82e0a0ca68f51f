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
  /** Width in rem; null takes what is left. */
  width: number | null;
  /** Orders that a click on the heading goes through. */
  sorts: readonly WorklistSort[];
}

export const COLUMNS: Record<ColumnId, ColumnShape> = {
  urgency: { width: 6.5, sorts: ["URGENCY"] },
  patient: { width: null, sorts: ["PATIENT"] },
  sexAge: { width: 5, sorts: [] },
  mrn: { width: 8, sorts: [] },
  examination: { width: 9, sorts: [] },
  accession: { width: 8, sorts: [] },
  site: { width: 8, sorts: [] },
  waiting: { width: 6, sorts: ["ARRIVED_OLDEST", "ARRIVED_NEWEST"] },
  ai: { width: 13, sorts: ["PROBABILITY"] },
  finding: { width: 9, sorts: [] },
  assignee: { width: 9, sorts: [] },
  state: { width: 10.5, sorts: [] },
};

export interface ColumnChoice {
  order: readonly ColumnId[];
  hidden: readonly ColumnId[];
}

export const USUAL_COLUMNS: ColumnChoice = {
  order: COLUMN_IDS,
  hidden: ["mrn", "accession", "site"],
};

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

export function visibleColumns(choice: ColumnChoice): ColumnId[] {
  return choice.order.filter((id) => !choice.hidden.includes(id));
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
