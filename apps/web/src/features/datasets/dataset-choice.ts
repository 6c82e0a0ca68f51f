import type {
  DatasetFilter,
  DatasetsQuery,
  Label,
  LabelGrade,
  Sex,
} from "../../gql/graphql.ts";
import { readDay } from "../../lib/typed-day.ts";

export type Agreement = "any" | "agreed" | "overridden";

/** The export form, as its fields hold it. */
export interface DatasetChoice {
  siteId: string | null;
  /** Days as "2026-11-23", both included; empty for no limit. While a day is
   * being typed, what stands there so far. */
  signedFrom: string;
  signedTo: string;
  /** None means all. */
  labels: readonly Label[];
  modelVersionId: string | null;
  agreement: Agreement;
  /** None means all, as of the lists below. */
  grades: readonly LabelGrade[];
  /** A code of the catalogue; null for any. */
  finding: string | null;
  /** Whole years, both included; null for no limit. */
  ageFrom: number | null;
  ageTo: number | null;
  sexes: readonly Sex[];
  views: readonly string[];
  /** Users who signed. */
  readers: readonly string[];
  /** Only films without a note on their quality. */
  withoutNotes: boolean;
}

/** How the films are written. */
export interface FormatChoice {
  pictureText: "LEAVE_OUT" | "BLANK";
  dicom: "NONE" | "REMOVED" | "SHIFTED";
}

export const PLAIN_FORMAT: FormatChoice = {
  pictureText: "LEAVE_OUT",
  dicom: "NONE",
};

/** What every field of the form is given. */
export interface ChoiceFieldsProps {
  choice: DatasetChoice;
  change: (part: Partial<DatasetChoice>) => void;
}

export const EMPTY_CHOICE: DatasetChoice = {
  siteId: null,
  signedFrom: "",
  signedTo: "",
  labels: [],
  modelVersionId: null,
  agreement: "any",
  grades: [],
  finding: null,
  ageFrom: null,
  ageTo: null,
  sexes: [],
  views: [],
  readers: [],
  withoutNotes: false,
};

export type ChoiceProblem = "no-site" | "no-day" | "wrong-order" | "wrong-ages";

/** Why a choice cannot be asked for, or null. */
export function problemOf(choice: DatasetChoice): ChoiceProblem | null {
  if (choice.siteId === null) return "no-site";
  const { signedFrom, signedTo } = choice;
  // A field holds what was typed until it is a day.
  if ([signedFrom, signedTo].some((day) => day !== "" && !readDay(day))) {
    return "no-day";
  }
  // Days in this form sort as text.
  if (signedFrom !== "" && signedTo !== "" && signedTo < signedFrom) {
    return "wrong-order";
  }
  const { ageFrom, ageTo } = choice;
  if (ageFrom !== null && ageTo !== null && ageTo < ageFrom) {
    return "wrong-ages";
  }
  return null;
}

/**
 * The API's filter; null while the choice has a problem. Days begin and end
 * at the reader's midnight, and the last one is included whole.
 */
export function toDatasetFilter(choice: DatasetChoice): DatasetFilter | null {
  const { siteId, signedFrom, signedTo, labels, modelVersionId } = choice;
  if (siteId === null || problemOf(choice) !== null) return null;
  return {
    siteId,
    ...(signedFrom ? { signedAfter: midnight(signedFrom, 0) } : {}),
    ...(signedTo ? { signedBefore: midnight(signedTo, 1) } : {}),
    ...(labels.length > 0 ? { labels: [...labels].sort() } : {}),
    ...(modelVersionId ? { modelVersionId } : {}),
    ...(choice.agreement === "any"
      ? {}
      : { agreement: choice.agreement === "agreed" }),
    ...ofLabelsAndPeople(choice),
  };
}

function ofLabelsAndPeople(choice: DatasetChoice): Partial<DatasetFilter> {
  const { grades, finding, ageFrom, ageTo, sexes, views, readers } = choice;
  return {
    ...(grades.length > 0 ? { grades: [...grades].sort() } : {}),
    ...(finding ? { finding } : {}),
    ...(ageFrom === null ? {} : { ageFrom }),
    ...(ageTo === null ? {} : { ageTo }),
    ...(sexes.length > 0 ? { sexes: [...sexes].sort() } : {}),
    ...(views.length > 0 ? { views: [...views].sort() } : {}),
    ...(readers.length > 0 ? { readers: [...readers].sort() } : {}),
    ...(choice.withoutNotes ? { withoutNotes: true } : {}),
  };
}

/** Local midnight at the start of a day, some days later. */
function midnight(day: string, daysLater: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  // The Date constructor carries days over into the next month by itself.
  return new Date(year, month - 1, date + daysLater).toISOString();
}

/** "HCM-01 2026-11-23": a name until somebody types a better one. */
export function proposedName(siteCode: string | null, now: Date): string {
  const day = [
    now.getFullYear(),
    String(now.getMonth() + 1).padStart(2, "0"),
    String(now.getDate()).padStart(2, "0"),
  ].join("-");
  return siteCode === null ? day : `${siteCode} ${day}`;
}

type UsedFilter = Omit<
  DatasetsQuery["datasets"]["edges"][number]["node"]["filter"],
  "__typename"
>;

/** A stored filter as it is sent again; its nulls are left out. */
export function againOf({ siteId, ...used }: UsedFilter): DatasetFilter {
  const given = Object.entries(used).filter(
    ([name, value]) => name !== "__typename" && value !== null,
  );
  return { siteId, ...Object.fromEntries(given) };
}

/** How far a running export is, 0 to 100; null while that is not known. */
export function progressOf(dataset: {
  done: number;
  total: number;
}): number | null {
  if (dataset.total <= 0) return null;
  return Math.min(100, (100 * dataset.done) / dataset.total);
}
