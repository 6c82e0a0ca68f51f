import { z } from "zod";
import type { DeskPoint, ThresholdDesk } from "./threshold-desk.service.ts";

const figure = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
});

const point = z.object({
  threshold: z.number(),
  sensitivity: figure.nullable(),
  specificity: figure.nullable(),
  positivesADay: z.number().nullable(),
});

/**
 * What was known of a threshold and of the one that it would replace when it
 * was proposed; null where the model says nothing of itself for the group.
 */
export const thresholdEvidence = z.object({
  cases: z.number(),
  patients: z.number(),
  before: point.nullable(),
  after: point.nullable(),
});
export type ThresholdEvidence = z.infer<typeof thresholdEvidence>;

/** @param threshold the proposed one; null: the model's own. */
export function evidenceOf(
  { cases, patients, today, own, points }: ThresholdDesk,
  threshold: number | null,
): ThresholdEvidence {
  return {
    cases,
    patients,
    before: pointAt(points, today),
    after: pointAt(points, threshold ?? own),
  };
}

function pointAt(
  points: readonly DeskPoint[],
  at: number | null,
): z.infer<typeof point> | null {
  const found = points.find(({ threshold }) => threshold === at);
  return found === undefined ? null : point.parse(found);
}
