import type {
  AgeBand,
  CaseChangeKind,
  CaseRowFragment,
  FilmView,
  WorklistFilter,
} from "../../gql/graphql.ts";
import { yearsOfAge } from "../triage/triage-format.ts";
import { plainText } from "../../lib/plain-text.ts";

/** What has happened since the list was loaded; nothing of it moves a row. */
export interface LiveState {
  /** Cases that would be in this list and are not shown yet. */
  newIds: readonly string[];
}

export const QUIET: LiveState = { newIds: [] };

export interface CaseChange {
  kind: CaseChangeKind;
  caseId: string;
  case: CaseRowFragment | null;
}

/**
 * Notes one change. Rows on screen bring themselves up to date where they
 * stand; a case that is not on screen and belongs to the list counts as new;
 * one that has meanwhile left the list no longer does.
 */
export function noteChange(
  state: LiveState,
  change: CaseChange,
  shownIds: ReadonlySet<string>,
  filter: WorklistFilter,
): LiveState {
  if (shownIds.has(change.caseId)) return state;
  const isKnown = state.newIds.includes(change.caseId);
  const belongs = change.case !== null && mayMatch(change.case, filter);
  if (belongs && !isKnown) return { newIds: [...state.newIds, change.caseId] };
  if (!belongs && isKnown) {
    return { newIds: state.newIds.filter((id) => id !== change.caseId) };
  }
  return state;
}

/** Takes in the names at the head of a list asked for anew. */
export function noteHead(
  state: LiveState,
  headIds: readonly string[],
  shownIds: ReadonlySet<string>,
): LiveState {
  const unseen = headIds.filter(
    (id) => !shownIds.has(id) && !state.newIds.includes(id),
  );
  return unseen.length > 0 ? { newIds: [...state.newIds, ...unseen] } : state;
}

/** Leaves out what has come onto the screen in the meantime. */
export function withoutShown(
  state: LiveState,
  shownIds: ReadonlySet<string>,
): LiveState {
  const left = state.newIds.filter((id) => !shownIds.has(id));
  return left.length === state.newIds.length ? state : { newIds: left };
}

/**
 * Whether a case fits a filter, as far as the row tells: the words of a search
 * are looked for in the name, the record and the accession number. Who signed
 * it and whether a critical result is open stand in no row: these let all by.
 */
export function mayMatch(
  row: CaseRowFragment,
  filter: WorklistFilter,
): boolean {
  return (
    fits(filter.siteId, row.site.id) &&
    fitsOne(filter.states, row.state) &&
    fitsOne(filter.urgencies, row.urgency) &&
    fitsOne(filter.assessments, row.assessment) &&
    fitsOne(filter.labels, row.decidedLabel ?? null) &&
    fitsAi(filter.aiPositive, row) &&
    fits(filter.assigneeId, row.assignee?.id) &&
    (filter.unassigned !== true || !row.assignee) &&
    (!filter.poolId || (row.pool?.id === filter.poolId && !row.assignee)) &&
    fitsRetake(filter.awaitsRetake, row) &&
    (filter.secondReads !== true || row.awaitsFurtherReader) &&
    (filter.preliminary !== true || row.preliminaryAt != null) &&
    fitsQuality(filter.isDoubtful, row) &&
    fitsOne(filter.filmViews, viewOf(row)) &&
    fitsOne(filter.patientAges, ageBandOf(row)) &&
    fitsFlags(filter.clinicalFlags, row) &&
    fits(filter.claimedById, row.claimedBy?.id ?? row.secondReader?.id) &&
    (filter.identityUnresolved !== true ||
      row.patient.identityState !== "KNOWN") &&
    (!filter.caseIds || filter.caseIds.includes(row.id)) &&
    (!filter.arrivedAfter || row.arrivedAt >= filter.arrivedAfter) &&
    (!filter.arrivedBefore || row.arrivedAt < filter.arrivedBefore) &&
    fitsSearch(filter.search, row)
  );
}

function fits(
  wanted: string | null | undefined,
  value: string | undefined,
): boolean {
  return !wanted || wanted === value;
}

function fitsOne<T>(
  wanted: T | readonly T[] | null | undefined,
  value: NonNullable<T> | null,
): boolean {
  if (wanted == null) return true;
  // The schema lets a list of one be written without its brackets.
  const list: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  return list.length === 0 || list.includes(value);
}

function fitsAi(
  wanted: boolean | null | undefined,
  { probability, threshold }: CaseRowFragment,
): boolean {
  if (wanted == null) return true;
  if (probability == null || threshold == null) return false;
  return probability >= threshold === wanted;
}

function fitsQuality(
  wanted: boolean | null | undefined,
  { assessment, decidedLabel }: CaseRowFragment,
): boolean {
  if (wanted == null) return true;
  const isDoubtful =
    assessment === "NOT_ASSESSED" || decidedLabel === "NOT_DIAGNOSTIC";
  return isDoubtful === wanted;
}

/** As the database folds views: two names of lateral films are the same. */
function viewOf({ study: { viewPosition } }: CaseRowFragment): FilmView {
  switch (viewPosition) {
    case "PA":
    case "AP":
      return viewPosition;
    case "LATERAL":
    case "LL":
    case "RL":
      return "LATERAL";
    default:
      return "OTHER";
  }
}

function ageBandOf({ patient, study }: CaseRowFragment): AgeBand {
  const years = yearsOfAge(
    study.patientAgeYears,
    patient.birthDate,
    Date.parse(study.studyDate ?? ""),
  );
  if (years === null) return "UNKNOWN";
  if (years < 1) return "INFANT";
  if (years < 18) return "CHILD";
  return years < 65 ? "ADULT" : "OLD";
}

function fitsRetake(
  wanted: boolean | null | undefined,
  { retakeAskedAt, retakeDoneAt }: CaseRowFragment,
): boolean {
  if (wanted == null) return true;
  return (retakeAskedAt != null && retakeDoneAt == null) === wanted;
}

function fitsFlags(
  wanted: string | readonly string[] | null | undefined,
  { study }: CaseRowFragment,
): boolean {
  if (wanted == null) return true;
  // The schema lets a list of one be written without its brackets.
  const list = typeof wanted === "string" ? [wanted] : wanted;
  return list.some((flag) => study.clinicalFlags.includes(flag));
}

function fitsSearch(
  search: string | null | undefined,
  { patient, study }: CaseRowFragment,
): boolean {
  const text = `${patient.name} ${patient.mrn} ${study.accessionNumber ?? ""}`;
  const words = plainText(search ?? "").split(/\s+/);
  return words.every((word) => plainText(text).includes(word));
}
