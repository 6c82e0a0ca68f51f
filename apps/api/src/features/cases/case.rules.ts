import type { Case } from "@lung-iris/prisma";
import { can } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import { ConflictError } from "../../errors.ts";

/** A claim counts until its lease runs out. */
export function holdsLease(
  row: Pick<Case, "state" | "claimExpiresAt">,
  now: Date,
): boolean {
  return (
    row.state === "READING" &&
    row.claimExpiresAt !== null &&
    row.claimExpiresAt > now
  );
}

/** Whether the viewer is the one who reads the case, lease or no lease. */
export function isReadBy(
  row: Pick<Case, "state" | "claimedById">,
  viewer: Viewer,
): boolean {
  return (
    row.state === "READING" &&
    viewer.kind === "user" &&
    row.claimedById === viewer.userId
  );
}

export interface CaseActions {
  canClaim: boolean;
  canRelease: boolean;
  canSign: boolean;
  canAssign: boolean;
  canReassess: boolean;
  canEditStudy: boolean;
}

/** What the viewer may do with the case as it stands: the web asks this. */
export function caseActions(row: Case, viewer: Viewer, now: Date): CaseActions {
  const may = (permission: Parameters<typeof can>[1]): boolean =>
    can(viewer, permission, row.siteId);
  const isOpen = row.state !== "SIGNED";
  const isMine = isReadBy(row, viewer);
  const isFree = !holdsLease(row, now) || isMine;
  return {
    canClaim: may("case:claim") && isOpen && isFree && !isMine,
    canRelease: may("case:claim") && isMine,
    canSign: may("review:sign") && isMine,
    canAssign: may("case:assign") && isOpen,
    canReassess: may("case:reassess") && isOpen && row.assessment !== "PENDING",
    canEditStudy: may("study:edit"),
  };
}

/** Refuses work on a case that is done. */
export function assertOpen(row: Pick<Case, "state">): void {
  if (row.state !== "SIGNED") return;
  throw new ConflictError(
    "CASE_ALREADY_SIGNED",
    "This case is signed. Amend the review to change it.",
  );
}

/** Refuses while somebody else holds the case under a running lease. */
export function assertFree(
  row: Pick<Case, "state" | "claimedById" | "claimExpiresAt">,
  viewer: Viewer,
  now: Date,
): void {
  if (!holdsLease(row, now) || isReadBy(row, viewer)) return;
  const until = row.claimExpiresAt?.toISOString() ?? "";
  throw new ConflictError(
    "CASE_CLAIMED_BY_ANOTHER",
    "Somebody else is reading this case.",
    { details: { claimExpiresAt: until } },
  );
}

/** Refuses unless the viewer is the one who reads the case. */
export function assertReadBy(
  row: Pick<Case, "state" | "claimedById">,
  viewer: Viewer,
): void {
  if (isReadBy(row, viewer)) return;
  throw new ConflictError(
    "CASE_NOT_CLAIMED",
    "Claim this case first: you are not reading it.",
  );
}
