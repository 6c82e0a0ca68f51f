import type { ModelVersion, PredictionFinding } from "@lung-iris/prisma";
import { FINDINGS, findFinding } from "../findings/finding-catalogue.ts";
import type { CatalogueFinding } from "../findings/finding-catalogue.ts";
import type { FindingBox } from "./prediction-record.ts";
import { readBoxes } from "./prediction-record.ts";
import {
  isPositive,
  thresholdFor,
  type ThresholdPolicy,
} from "./threshold.rules.ts";

/** A finding of a prediction with the site's threshold applied. */
export interface JudgedFinding extends Omit<PredictionFinding, "boxes"> {
  threshold: number;
  positive: boolean;
  /** Of a positive finding; none otherwise. */
  boxes: FindingBox[];
}

const ORDER = new Map<string, number>(
  FINDINGS.map(({ code }, at) => [code, at]),
);

/** Applies the site's thresholds; in the catalogue's order. */
export function judgeFindings(
  rows: readonly PredictionFinding[],
  { fingerprint }: Pick<ModelVersion, "fingerprint">,
  policy: ThresholdPolicy,
): JudgedFinding[] {
  return rows
    .map((row) => {
      const { code, ageGroup, ownThreshold, probability } = row;
      const threshold = thresholdFor(
        { fingerprint, ownThreshold },
        { finding: code, ageGroup },
        policy,
      );
      const positive = isPositive(probability, threshold);
      const boxes = positive ? readBoxes(row) : [];
      return { ...row, threshold, positive, boxes };
    })
    .sort((a, b) => placeOf(a.code) - placeOf(b.code));
}

function placeOf(code: string): number {
  return ORDER.get(code) ?? ORDER.size;
}

/**
 * The catalogue's entry of a finding that is in the database.
 *
 * @throws Error for a code that the catalogue no longer has.
 */
export function entryOf(code: string): CatalogueFinding {
  const finding = findFinding(code);
  if (finding === null) {
    throw new Error(`the catalogue of findings has no "${code}"`);
  }
  return finding;
}
