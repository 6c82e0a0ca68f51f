import { z } from "zod";
import type { ModelManifestSummary } from "../models/model-manifest.ts";

/** Why a candidate may not be judged at all. */
export interface CandidateRefusal {
  code:
    | "card-without-intervals"
    | "evergreen-film-in-training"
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

/** What a run writes of whom it learnt from and who made it. */
const runSchema = z.looseObject({
  patients: z.array(z.string()).optional(),
  by: z.array(z.string()).optional(),
});

function runsOf(manifest: unknown): z.infer<typeof runSchema>[] {
  const parsed = z
    .looseObject({ training: z.record(z.string(), z.unknown()).optional() })
    .safeParse(manifest);
  const training = parsed.success ? (parsed.data.training ?? {}) : {};
  return [training, ...Object.values(training)].flatMap((part) => {
    const run = runSchema.safeParse(part);
    return run.success ? [run.data] : [];
  });
}

/** Patients that the candidate learnt from, as it says: `trainingPatient`. */
export function learntFrom(manifest: unknown): string[] {
  return runsOf(manifest).flatMap(({ patients = [] }) => patients);
}

/** Email addresses of those who made the candidate, as it says. */
export function makersOf(manifest: unknown): string[] {
  return [...new Set(runsOf(manifest).flatMap(({ by = [] }) => by))];
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
