import type { Reading, Tx } from "@lung-iris/prisma";
import { isDraftLeft } from "./given-draft.rules.ts";
import type { KeptDraft } from "../case-machine/case.transition.ts";

/** The draft of a reader's unsigned first reading; null where he typed none. */
export async function keptDraft(
  tx: Tx,
  caseId: string,
  readerId: string,
): Promise<KeptDraft | null> {
  const reading = await tx.reading.findFirst({
    where: { caseId, readerId, stage: "PRIMARY", state: { not: "SIGNED" } },
    select: { draft: true, draftGivenToId: true, draftAnsweredById: true },
  });
  return reading?.draft
    ? { givenToId: reading.draftGivenToId, isLeft: isDraftLeft(reading) }
    : null;
}

/** Everybody's readings of a case, as what was shown to whom is told by them. */
export function readingsOf(tx: Tx, caseId: string): Promise<Reading[]> {
  return tx.reading.findMany({ where: { caseId } });
}
