import type { Case, Tx } from "@lung-iris/prisma";
import { ConflictError } from "../../errors.ts";
import {
  predictionFacts,
  type PredictionFacts,
} from "../predictions/prediction-facts.ts";

/**
 * What a reading of the case answers: the prediction that the case shows, or
 * null where the AI has not assessed it. Chosen when the case was placed,
 * never here.
 *
 * @throws PREDICTION_CHANGED when the reader names another one.
 */
export async function answeredPrediction(
  tx: Tx,
  row: Pick<Case, "assessment" | "shownPredictionId">,
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
  return predictionFacts(tx, shownId, null);
}
