import type { Case, Reading } from "@lung-iris/prisma";
import { sawDraft } from "../given-drafts/given-draft.rules.ts";

/**
 * Whether a reader saw more of the case than its film: the AI's answer, ever,
 * or a colleague's draft. From then on his opinion stands.
 */
export function wasShownMore(
  row: Pick<Case, "assessment" | "isControl">,
  readings: readonly Reading[],
  readerId: string,
): boolean {
  const isRevealed = readings.some(
    (reading) => reading.readerId === readerId && reading.revealedAt !== null,
  );
  return isRevealed || sawDraft(row, readings, readerId);
}
