import type { DatabaseClient, Tx } from "@lung-iris/prisma";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";
import {
  thresholdFor,
  type ThresholdPolicy,
} from "../policies/threshold.rules.ts";

/** What a prediction says of the leading finding. */
export interface PredictionFacts {
  id: string;
  /** Null where the film was not assessed. */
  probability: number | null;
  threshold: number | null;
}

/** A prediction by its id, whatever was said since; null without one. */
export async function predictionFacts(
  client: DatabaseClient | Tx,
  id: string,
  policy: ThresholdPolicy,
): Promise<PredictionFacts | null> {
  const row = await client.prediction.findUnique({
    where: { id },
    select: {
      findings: { where: { code: LEADING_FINDING } },
      modelVersion: { select: { fingerprint: true } },
    },
  });
  if (row === null) return null;
  const [finding] = row.findings;
  if (finding === undefined) return { id, probability: null, threshold: null };
  const { ageGroup, ownThreshold, probability } = finding;
  const threshold = thresholdFor(
    { fingerprint: row.modelVersion.fingerprint, ownThreshold },
    { finding: LEADING_FINDING, ageGroup },
    policy,
  );
  return { id, probability, threshold };
}
