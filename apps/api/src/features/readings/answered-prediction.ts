import type { Case, Tx } from "@lung-iris/prisma";
import { ConflictError } from "../../errors.ts";
import { isPositive } from "../policies/threshold.rules.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import {
  predictionFacts,
  type PredictionFacts,
} from "../predictions/prediction-facts.ts";
import type { AiOpinion } from "./reading.rules.ts";

/**
 * What a reading of the case answers: the prediction that the case shows, or
 * null where the AI has not assessed it. Chosen when the case was placed,
 * never here.
 *
 * @throws PREDICTION_CHANGED when the reader names another one.
 */
export async function answeredPrediction(
  tx: Tx,
  policies: SitePolicies,
  row: Pick<
    Case,
    "siteId" | "assessment" | "shownPredictionId" | "policyVersion"
  >,
  seenId: string | null | undefined,
): Promise<PredictionFacts | null> {
  const shownId = row.shownPredictionId;
  const isSeen = seenId !== null && seenId !== undefined;
  if (isSeen && seenId !== shownId) {
    throw new ConflictError(
      "PREDICTION_CHANGED",
      "The AI has looked again since. Read what it says now, then sign.",
    );
  }
  if (row.assessment !== "ASSESSED" || shownId === null) return null;
  // Against the thresholds that the case was placed by, which are on screen.
  const policy = await policies.at(row.siteId, row.policyVersion, tx);
  return predictionFacts(tx, shownId, policy);
}

/** What the AI says, as a label can agree with it. */
export function opinionOf(
  prediction: { probability: number | null; threshold: number | null } | null,
): AiOpinion {
  if (prediction === null) return null;
  const { probability, threshold } = prediction;
  if (probability === null || threshold === null) return null;
  return { positive: isPositive(probability, threshold) };
}
