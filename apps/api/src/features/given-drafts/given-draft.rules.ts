import type { Case, Reading } from "@lung-iris/prisma";
import type { Viewer } from "../../access/viewer.ts";
import type { Loaders } from "../../loaders.ts";
import { loadRequired } from "../../platform/loader.ts";

/**
 * Whether another's draft is open to the viewer: it was given to him, he holds
 * the case, and his own opinion was asked for first: the AI's answer may be
 * shown to him, or there is none and he has said what he sees. A further reader
 * is given none.
 */
export async function isDraftOpen(
  reading: Reading,
  viewer: Viewer,
  loaders: Loaders,
): Promise<boolean> {
  const { caseId, draftGivenToId } = reading;
  if (viewer.kind !== "user" || viewer.userId !== draftGivenToId) return false;
  if (isDraftLeft(reading)) return false;
  const row = await loadRequired(loaders.cases, caseId, "case");
  const isHeld = row.state === "READING" && row.claimedById === viewer.userId;
  if (!isHeld || (await loaders.seesAi.load(row))) return isHeld;
  const readings = await loaders.readingsOfCase.load(caseId);
  return isBehindOpinion(row, readings, viewer.userId);
}

/** Whether who was given the draft does without it. */
export function isDraftLeft({
  draftGivenToId,
  draftAnsweredById,
}: Pick<Reading, "draftGivenToId" | "draftAnsweredById">): boolean {
  return draftGivenToId !== null && draftAnsweredById === draftGivenToId;
}

/**
 * Whether the case has no answer of the AI that could be revealed, and its
 * holder's own opinion is on record. It is not asked of a control case, which
 * is read without what others say to the end.
 */
export function isBehindOpinion(
  { assessment, isControl }: Pick<Case, "assessment" | "isControl">,
  readings: readonly Pick<Reading, "readerId" | "state" | "opinion">[],
  holderId: string,
): boolean {
  if (assessment !== "NOT_ASSESSED" || isControl) return false;
  return readings.some(
    ({ readerId, state, opinion }) =>
      readerId === holderId && state === "OPEN" && opinion !== null,
  );
}

/** Whether a colleague's draft came to somebody's eyes behind his opinion. */
export function sawDraft(
  row: Pick<Case, "assessment" | "isControl">,
  readings: readonly Pick<
    Reading,
    "readerId" | "state" | "opinion" | "draftGivenToId" | "draftAnsweredById"
  >[],
  holderId: string,
): boolean {
  // Whoever took or left one saw it, whatever became of the case since.
  if (readings.some((of) => of.draftAnsweredById === holderId)) return true;
  const isGiven = readings.some((of) => of.draftGivenToId === holderId);
  return isGiven && isBehindOpinion(row, readings, holderId);
}

/** Given anew it is offered anew, whatever was answered before. */
export function offeredTo(toId: string, at: Date) {
  return { draftGivenToId: toId, draftGivenAt: at, draftAnsweredById: null };
}
