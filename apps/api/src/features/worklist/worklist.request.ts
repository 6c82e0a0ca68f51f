import { can } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import { BadInputError } from "../../errors.ts";
import { isUuid } from "../../platform/ids.ts";
import { isClinicalFlag } from "../policies/clinical-flags.ts";
import type { BucketFilter } from "../worklist-query/worklist.buckets.ts";
import { sortTellsAi } from "../worklist-query/worklist.order.ts";
import type { WorklistSort } from "../worklist-query/worklist.order.ts";
import { flagBits } from "../worklist-query/worklist.traits.ts";
import type { AgeBand, FilmView } from "../worklist-query/worklist.traits.ts";

/** Cases that a filter may name: those of an upload that is looked at. */
const MAX_CASE_IDS = 200;

/** What somebody asks the list for; what is absent narrows nothing. */
export interface WorklistRequest extends Omit<BucketFilter, "isAssigned"> {
  siteId?: string | null;
  search?: string | null;
  assigneeId?: string | null;
  poolId?: string | null;
  unassigned?: boolean | null;
  claimedById?: string | null;
  readById?: string | null;
  filmViews?: readonly FilmView[] | null;
  patientAges?: readonly AgeBand[] | null;
  clinicalFlags?: readonly string[] | null;
  preliminary?: boolean | null;
  openCritical?: boolean | null;
  awaitsRetake?: boolean | null;
  identityUnresolved?: boolean | null;
  secondReads?: boolean | null;
  caseIds?: readonly string[] | null;
  arrivedAfter?: Date | null;
  arrivedBefore?: Date | null;
}

/** Whether the rows that come, or their order, say what the AI answered. */
export function tellsAi(request: WorklistRequest, sort: WorklistSort): boolean {
  return sortTellsAi(sort) || typeof request.aiPositive === "boolean";
}

/** Whether the rows that come, or their order, say what was signed and by whom. */
export function tellsFirst(
  request: WorklistRequest,
  sort: WorklistSort,
): boolean {
  return (
    sort === "FINDING" ||
    sort === "FINDING_REVERSED" ||
    Boolean(request.labels) ||
    Boolean(request.readById) ||
    typeof request.isDoubtful === "boolean" ||
    typeof request.awaitsRetake === "boolean" ||
    request.openCritical === true
  );
}

/** Whose further readings the viewer's list shows. */
export function secondReadsOf(viewer: Viewer): string {
  return readerOf(viewer) ?? "any";
}

/** The viewer where he reads, and could so be a second reader; else null. */
export function readerOf(viewer: Viewer): string | null {
  return viewer.kind === "user" && can(viewer, "case:claim")
    ? viewer.userId
    : null;
}

/** @throws BAD_USER_INPUT for what is no identifier */
export function assertId(
  id: string | null | undefined,
  field: string,
): string | null {
  if (id === null || id === undefined) return null;
  if (isUuid(id)) return id;
  throw new BadInputError("This is not an identifier of ours.", [field]);
}

/** The bits of some flags; null where none are asked for. */
export function checkedFlags(
  flags: readonly string[] | null | undefined,
): number | null {
  if (!flags) return null;
  if (flags.every(isClinicalFlag)) return flagBits(flags);
  throw new BadInputError("This is no flag of the catalogue.", [
    "filter.clinicalFlags",
  ]);
}

/** @throws BAD_USER_INPUT for too many, or one that is none */
export function assertIds(
  ids: readonly string[] | null | undefined,
): readonly string[] | null {
  if (ids === null || ids === undefined) return null;
  if (ids.length <= MAX_CASE_IDS && ids.every(isUuid)) return ids;
  throw new BadInputError(
    `At most ${String(MAX_CASE_IDS)} identifiers of cases can be asked for.`,
    ["filter.caseIds"],
  );
}

/** The filter as the trail keeps it. */
export function jsonFilter(request: WorklistRequest) {
  const entries = Object.entries(request).flatMap(([key, value]) => {
    if (value === null || value === undefined) return [];
    return [[key, value instanceof Date ? value.toISOString() : value]];
  });
  return Object.fromEntries(entries) as Record<
    string,
    string | boolean | string[]
  >;
}
