import type { ModelManifestSummary } from "../models/model-manifest.ts";
import { learntFrom } from "../models/training-record.ts";

/** Why a candidate may not be judged at all. */
export interface CandidateRefusal {
  code:
    | "card-without-intervals"
    | "evergreen-film-in-training"
    | "withdrawn-patient-in-training"
    | "model-corrupt"
    | "model-changed";
  detail: string;
}

/**
 * A card whose figures have no interval says nothing that can be checked: at
 * least one set has AUROC and ECE, each figure lies in its interval, and not
 * every interval is a point.
 */
export function cardRefusal({
  id,
  metrics,
}: ModelManifestSummary): CandidateRefusal | null {
  const sets = Object.values(metrics);
  const figures = sets.flatMap((set) => Object.values(set));
  const isOdd = figures.some(
    ({ value, low, high }) => value < low || value > high,
  );
  const isKnown = sets.some(({ auroc, ece }) => auroc && ece);
  const hasWidth = figures.some(({ low, high }) => low < high);
  if (isKnown && hasWidth && !isOdd) return null;
  return {
    code: "card-without-intervals",
    detail: `The card of ${id} has no AUROC and ECE with an interval each.`,
  };
}

/** A candidate that learnt from a patient of the site's evergreen films. */
export function evergreenRefusal(
  manifest: unknown,
  evergreenPatients: ReadonlySet<string>,
): CandidateRefusal | null {
  const both = new Set(
    learntFrom(manifest).filter((name) => evergreenPatients.has(name)),
  );
  if (both.size === 0) return null;
  return {
    code: "evergreen-film-in-training",
    detail: `It learnt from ${String(both.size)} patients of the evergreen test: it would be judged on what it knows.`,
  };
}
