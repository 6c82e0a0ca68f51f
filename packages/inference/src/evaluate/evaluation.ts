import { measure, isAnswered, type Measures } from "./measure.ts";
import type { Outcome } from "./outcome.ts";

/** What `npm run evaluate` writes; the shape is that of `design.md`. */
export interface Evaluation {
  model: { id: string; sha256: string };
  manifest: string;
  split: string;
  /** Balanced operating point that most films were judged at. */
  threshold: number | null;
  overall: Measures;
  bySource: Record<string, Measures>;
  byAgeGroup: Record<string, Measures>;
  bySex: Record<string, Measures>;
}

const ADULT_FROM_YEARS = 18;

/** Measures outcomes as a whole and by group. */
export function evaluate(
  outcomes: readonly Outcome[],
  about: Pick<Evaluation, "model" | "manifest" | "split">,
): Evaluation {
  return {
    ...about,
    threshold: commonThreshold(outcomes),
    overall: measure(outcomes),
    bySource: by(outcomes, ({ row }) => row.source),
    byAgeGroup: by(outcomes, ({ row }) => ageGroup(row.ageYears)),
    bySex: by(outcomes, ({ row }) => row.sex ?? "unknown"),
  };
}

function ageGroup(years: number | null): string {
  if (years === null) return "unknown";
  return years < ADULT_FROM_YEARS ? "child" : "adult";
}

function by(
  outcomes: readonly Outcome[],
  groupOf: (outcome: Outcome) => string,
): Record<string, Measures> {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const name = groupOf(outcome);
    const members = groups.get(name) ?? [];
    members.push(outcome);
    groups.set(name, members);
  }
  return Object.fromEntries(
    [...groups]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, members]) => [name, measure(members)]),
  );
}

/** Films counted by the threshold they were judged at, most common first. */
export function thresholdsUsed(
  outcomes: readonly Outcome[],
): { threshold: number; films: number }[] {
  const counts = new Map<number, number>();
  for (const { threshold } of outcomes.filter(isAnswered)) {
    counts.set(threshold, (counts.get(threshold) ?? 0) + 1);
  }
  return [...counts]
    .map(([threshold, films]) => ({ threshold, films }))
    .sort((a, b) => b.films - a.films);
}

function commonThreshold(outcomes: readonly Outcome[]): number | null {
  return thresholdsUsed(outcomes)[0]?.threshold ?? null;
}
