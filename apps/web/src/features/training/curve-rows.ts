import type { Run } from "./use-training.ts";

type Point = Run["points"][number];

/** What can be drawn of a run's points. */
export const CURVES = ["auroc", "heldOutLoss", "loss", "drift"] as const;
export type Curve = (typeof CURVES)[number];

export const PHASES = ["fold-1", "fold-2", "all"] as const;
export type Phase = (typeof PHASES)[number];

/** A step with the value of each phase there; null where it has none. */
export type CurveRow = { step: number } & Partial<Record<Phase, number | null>>;

/** One curve of all phases by step, as a chart and its table want it. */
export function curveRows(points: readonly Point[], curve: Curve): CurveRow[] {
  const rows = new Map<number, CurveRow>();
  for (const point of points) {
    const phase = PHASES.find((name) => name === point.phase);
    const value = point[curve];
    if (phase === undefined || value === null) continue;
    const row = rows.get(point.step) ?? { step: point.step };
    rows.set(point.step, { ...row, [phase]: value });
  }
  return [...rows.values()].sort((a, b) => a.step - b.step);
}

/** The curves of which a run has at least one value. */
export function curvesOf(points: readonly Point[]): Curve[] {
  return CURVES.filter((curve) =>
    points.some((point) => point[curve] !== null),
  );
}

/** The phases that have a value in some row. */
export function phasesOf(rows: readonly CurveRow[]): Phase[] {
  return PHASES.filter((phase) =>
    rows.some((row) => row[phase] !== undefined && row[phase] !== null),
  );
}
