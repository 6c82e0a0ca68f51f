import { can } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";

/** How a site reads: policy `reading.mode`. */
export type ReadingMode = "blind" | "open";

/** What decides whether somebody may see the AI's answer of a case. */
export interface AiExposure {
  siteId: string;
  state: "WAITING" | "READING" | "SIGNED" | "EMPTY";
  isControl: boolean;
  mode: ReadingMode;
  /** The viewer was shown the answer on record, in any of his readings. */
  isRevealed: boolean;
  /** A second reading waits or runs, which the site wants done without it. */
  isSecondWithoutAi: boolean;
}

/**
 * Whether the AI's answer of a case may reach the viewer. A control case is
 * closed to everybody until it is signed; staff, admins and the product
 * itself see everything else; a reader of a blind site sees what was
 * revealed to him.
 */
export function maySeeAi(viewer: Viewer, of: AiExposure): boolean {
  if (viewer.kind === "system") return true;
  if (isClosed(of)) return false;
  const mode = of.isSecondWithoutAi ? "blind" : of.mode;
  return !readsBlind(viewer, of.siteId, mode) || of.isRevealed;
}

/** Whether the AI of the case is closed to everybody still. */
export function isClosed({
  isControl,
  state,
}: Pick<AiExposure, "isControl" | "state">): boolean {
  return isControl && state !== "SIGNED";
}

/** Whether the viewer is one who reads, at a site where that is blind. */
export function readsBlind(
  viewer: Viewer,
  siteId: string,
  mode: ReadingMode,
): boolean {
  return mode === "blind" && can(viewer, "case:claim", siteId);
}

/** Reasons for a place that tell what the AI said, or how sure it was. */
const TELLS_AI = /^(ai|age)(:|$)/;

/**
 * The reasons that a blind reader may know: clinical ones and those about
 * waiting. An age counts only beside a positive answer, so it tells it.
 */
export function reasonsWithoutAi(reasons: readonly string[]): string[] {
  return reasons.filter((reason) => !TELLS_AI.test(reason));
}
