import type { Case } from "@lung-iris/prisma";
import { ConflictError } from "../../errors.ts";
import type { Film, PredictionFacts } from "./reading.reads.ts";

/**
 * The prediction that a reading of the case answers: the one the case shows
 * (the film that exceeds its threshold most), or null where the AI has not
 * assessed the case. The reader may name another film's newest prediction.
 *
 * @throws PREDICTION_CHANGED when the one named is not among the newest.
 */
export function shownPrediction(
  row: Pick<Case, "assessment">,
  films: readonly Film[],
  seenId: string | null | undefined,
): PredictionFacts | null {
  const newest = films.flatMap(({ predictions }) => predictions);
  const isSeen = seenId !== null && seenId !== undefined;
  if (isSeen && !newest.some(({ id }) => id === seenId)) {
    throw new ConflictError(
      "PREDICTION_CHANGED",
      "The AI has looked again since. Read what it says now, then sign.",
    );
  }
  if (row.assessment !== "ASSESSED") return null;
  const assessed = newest.filter(({ probability }) => probability !== null);
  const [first, ...others] = assessed;
  if (first === undefined) return null;
  return others.reduce(
    (best, item) => (excess(item) > excess(best) ? item : best),
    first,
  );
}

function excess({ probability, threshold }: PredictionFacts): number {
  return (probability ?? 0) - (threshold ?? 0);
}
