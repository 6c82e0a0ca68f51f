import type { ModelVersion, PredictionFinding } from "@lung-iris/prisma";
import { FINDINGS, findFinding } from "../findings/finding-catalogue.ts";
import type { CatalogueFinding } from "../findings/finding-catalogue.ts";
import type { FindingBox } from "./prediction-record.ts";
import { readBoxes } from "./prediction-record.ts";
import {
  isPositive,
  isUnsure,
  thresholdFor,
  type ThresholdPolicy,
} from "../policies/threshold.rules.ts";

/** A finding of a prediction with the site's threshold applied. */
export interface JudgedFinding extends Omit<PredictionFinding, "boxes"> {
  threshold: number;
  positive: boolean;
  /** The model says that it is not sure. */
  unsure: boolean;
  /** Of a positive finding; none otherwise. */
  boxes: FindingBox[];
}

const ORDER = new Map<string, number>(
  FINDINGS.map(({ code }, at) => [code, at]),
);

/**
 * Applies the site's thresholds to the findings that readers see; in the
 * catalogue's order. What runs silently is kept and told nobody.
 */
export function judgeFindings(
  rows: readonly PredictionFinding[],
  { fingerprint }: Pick<ModelVersion, "fingerprint">,
  policy: ThresholdPolicy,
): JudgedFinding[] {
  return rows
    .filter(({ shown }) => shown)
    .map((row) => {
      const { code, ageGroup, ownThreshold, probability } = row;
      const threshold = thresholdFor(
        { fingerprint, ownThreshold },
        { finding: code, ageGroup },
        policy,
      );
      const positive = isPositive(probability, threshold);
      const boxes = positive ? readBoxes(row) : [];
      const unsure = isUnsure(probability, row);
      return { ...row, threshold, positive, unsure, boxes };
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
