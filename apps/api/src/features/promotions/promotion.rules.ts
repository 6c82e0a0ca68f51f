import type { JudgementVerdict } from "@lung-iris/prisma";

/** What a proposal rests on, as it is now. */
export interface ProposalGround {
  verdict: JudgementVerdict | null;
  /** Version of the bars that it was judged by, and the one in force. */
  judgedBy: number;
  barsInForce: number;
  /** Model that it was judged against, and the one that is live. */
  judgedAgainst: string;
  live: string;
}

/** Why a candidate may not be promoted on this judgement; null: it may. */
export type GroundLacking =
  "not-finished" | "not-passed" | "other-bars" | "other-live-model";

/**
 * A judgement counts as long as what it was held against holds: other bars or
 * another live model need another one.
 */
export function lackingGround(ground: ProposalGround): GroundLacking | null {
  if (ground.verdict === null) return "not-finished";
  if (ground.verdict !== "PASSED") return "not-passed";
  if (ground.judgedBy !== ground.barsInForce) return "other-bars";
  if (ground.judgedAgainst !== ground.live) return "other-live-model";
  return null;
}

/**
 * Whether somebody may approve: neither who proposed, nor who made the
 * candidate, by their address in the card or in the proposal.
 */
export function mayApprove(
  { userId, email }: { userId: string; email: string },
  of: { proposedById: string; trainedBy: readonly string[] },
): boolean {
  if (userId === of.proposedById) return false;
  const own = email.trim().toLowerCase();
  return !of.trainedBy.some((maker) => maker.trim().toLowerCase() === own);
}
