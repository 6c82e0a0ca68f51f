import type { Case, Reading } from "@lung-iris/prisma";
import { can } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import { holdsLease } from "./case.machine.ts";

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

/** Whether the reader has said, seen or typed anything that is worth keeping. */
export function isBegun({
  opinion,
  revealedAt,
  draft,
}: Pick<Reading, "opinion" | "revealedAt" | "draft">): boolean {
  return opinion !== null || revealedAt !== null || draft !== null;
}

export interface CaseActions {
  canClaim: boolean;
  canTakeOver: boolean;
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
  const isHeld = holdsLease(row, now);
  return {
    canClaim: may("case:claim") && isOpen && !isHeld && !isMine,
    canTakeOver: may("case:take-over") && isHeld && !isMine,
    canRelease: may("case:claim") && isMine,
    canSign: may("reading:sign") && isMine,
    canAssign: may("case:assign") && isOpen,
    canReassess: may("case:reassess") && isOpen && row.assessment !== "PENDING",
    canEditStudy: may("study:edit"),
  };
}
