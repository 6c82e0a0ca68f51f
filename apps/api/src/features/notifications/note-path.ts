import type { InboxItem, Prisma } from "@lung-iris/prisma";

/** What of a note says where its page is. */
export type NoteWithModel = InboxItem & {
  promotion: { candidateId: string } | null;
  judgement: { candidateId: string } | null;
};

/** Reads notes with the candidates that they are about. */
export const withModel = {
  promotion: { select: { candidateId: true } },
  judgement: { select: { candidateId: true } },
} as const satisfies Prisma.InboxItemInclude;

/** The candidate that a note is about, or null. */
export function modelOf({ promotion, judgement }: NoteWithModel) {
  return (promotion ?? judgement)?.candidateId ?? null;
}

/** Where the page of a note is, below the desk's address. */
export function notePath(note: NoteWithModel): string {
  const { caseId, trainingRunId, thresholdProposalId } = note;
  const modelId = modelOf(note);
  if (caseId !== null) return `/cases/${caseId}`;
  if (trainingRunId !== null) return `/training?run=${trainingRunId}`;
  if (thresholdProposalId !== null) return "/thresholds";
  return modelId === null ? "/monitoring" : `/models?model=${modelId}`;
}
