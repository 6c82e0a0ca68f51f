import { randomStream } from "@lung-iris/phantom";
import type { UrgencyAssessment } from "../urgency/urgency.rules.ts";
import { labelOfLeading } from "../findings/finding-labels.ts";
import type { ReplayFacts } from "./replay-facts.ts";
import type { ReplayRow } from "./replay.store.ts";
import { readMinutes } from "./synthetic-month.ts";

const MINUTE_MS = 60_000;

/**
 * A site's own cases as they came in, with what is known of them now. How
 * long a reading takes is drawn, for a signature says when and not how long.
 */
export function ownWeeks(
  rows: readonly ReplayRow[],
  from: Date,
  seed: number,
  minutesPerCase: number,
): ReplayFacts[] {
  const readings = randomStream(seed, "readings");
  return rows.map((row) => ({
    arrivedAt: (row.arrivedAt.getTime() - from.getTime()) / MINUTE_MS,
    readMinutes: readMinutes(readings, minutesPerCase),
    probability: row.probability,
    isPositive:
      // A film that is not diagnostic says nothing either way.
      row.decidedLabel === null || row.decidedLabel === "NOT_DIAGNOSTIC"
        ? null
        : row.decidedLabel === labelOfLeading,
    placedBy: {
      assessment: assessmentOf(row),
      clinicalFlags: row.clinicalFlags,
      ageYears: row.patientAgeYears,
      priorPneumonia: row.urgencyReasons.includes("prior-positive"),
      hasFailedFilm:
        row.assessment === "ASSESSED" &&
        row.urgencyReasons.includes("not-assessed:error"),
      escalated: null,
      notes: [],
    },
  }));
}

function assessmentOf(row: ReplayRow): UrgencyAssessment {
  if (row.isControl) return { state: "control" };
  const { probability, threshold } = row;
  if (probability !== null && threshold !== null)
    return { state: "assessed", probability, threshold };
  return row.assessment === "PENDING"
    ? { state: "pending" }
    : { state: "not-assessed", reason: row.notAssessedReason ?? "error" };
}
