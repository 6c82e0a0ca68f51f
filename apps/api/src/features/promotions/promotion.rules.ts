import type { JudgementVerdict } from "@lung-iris/prisma";
import { notSecond, type NotSecond } from "../users/second-person.ts";

/** What a proposal rests on, as it is now. */
export interface ProposalGround {
  verdict: JudgementVerdict | null;
  /** Whether its bars ask at least what those in force ask. */
  barsHold: boolean;
  /** Model that it was judged against, and the one that is live. */
  judgedAgainst: string;
  live: string;
}

/** Why a candidate may not be promoted on this judgement; null: it may. */
export type GroundLacking =
  "not-finished" | "not-passed" | "other-bars" | "other-live-model";

/**
 * A judgement counts as long as what it was held against holds: bars that ask
 * more or another live model need another one.
 */
export function lackingGround(ground: ProposalGround): GroundLacking | null {
  if (ground.verdict === null) return "not-finished";
  if (ground.verdict !== "PASSED") return "not-passed";
  if (!ground.barsHold) return "other-bars";
  if (ground.judgedAgainst !== ground.live) return "other-live-model";
  return null;
}

/** Why somebody is not the second person that an approval needs. */
export type Dependence = NotSecond | "maker";

/**
 * Who may approve neither proposed nor made the candidate, by the addresses in
 * its card and in the proposal, and has an account that is older than the
 * candidate's first day here: nobody makes himself a second person for it.
 *
 * @returns null: he may
 */
export function dependenceOf(
  approver: { userId: string; email: string; since: Date },
  of: {
    proposedById: string;
    trainedBy: readonly string[];
    candidate: { createdAt: Date };
  },
): Dependence | null {
  const lacking = notSecond(approver, {
    proposedById: of.proposedById,
    before: of.candidate.createdAt,
  });
  if (lacking === "proposer") return lacking;
  const own = approver.email.trim().toLowerCase();
  if (of.trainedBy.some((maker) => maker.trim().toLowerCase() === own))
    return "maker";
  return lacking;
}
