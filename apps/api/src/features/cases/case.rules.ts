import type { Case, Reading } from "@lung-iris/prisma";
import { can } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import {
  holdsSecond,
  isSecondLeased,
  stageOfSecond,
} from "../case-machine/second-read.machine.ts";
import { holdsLease } from "../case-machine/case.transition.ts";

/**
 * Whether the viewer is the one who reads the case, lease or no lease: for
 * the first time, or further beside what is signed.
 */
export function isReadBy(
  row: Pick<Case, "state" | "claimedById" | "secondReaderId">,
  viewer: Viewer,
): boolean {
  if (viewer.kind !== "user") return false;
  const { userId } = viewer;
  return row.state === "READING"
    ? row.claimedById === userId
    : holdsSecond(row, userId);
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

/**
 * What the viewer may do with the case as it stands: the web asks this.
 * `isBarred`: from reading a signed case further.
 */
export function caseActions(
  row: Case,
  viewer: Viewer,
  now: Date,
  isBarred: boolean,
): CaseActions {
  const may = (permission: Parameters<typeof can>[1]): boolean =>
    can(viewer, permission, row.siteId);
  const isOpen = row.state === "WAITING" || row.state === "READING";
  const isMine = isReadBy(row, viewer);
  const isHeld = holdsLease(row, now);
  const isSecondHeld = isSecondLeased(row, now);
  const mayReadFurther = stageOfSecond(row) !== null && !isBarred;
  const isFurther = mayReadFurther && !isSecondHeld;
  return {
    canClaim: may("case:claim") && (isOpen || isFurther) && !isHeld && !isMine,
    canTakeOver:
      may("case:take-over") &&
      (isHeld || (mayReadFurther && isSecondHeld)) &&
      !isMine,
    canRelease: may("case:claim") && isMine,
    canSign: may("reading:sign") && isMine,
    canAssign: may("case:assign") && isOpen,
    canReassess: may("case:reassess") && isOpen && row.assessment !== "PENDING",
    canEditStudy: may("study:edit"),
  };
}
