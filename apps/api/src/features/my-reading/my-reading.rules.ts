import {
  cohenKappaFigure,
  proportion,
  type Figure,
} from "@lung-iris/inference";
import type { Label, LabelGrade } from "@lung-iris/prisma";
import { quantile } from "../../platform/quantile.ts";
import { labelOfLeading } from "../findings/finding-labels.ts";
import { labelAgrees } from "../readings/reading.rules.ts";
import type { OwnReading } from "./my-reading.store.ts";
import { outcomesOf, type ReadingOutcome } from "./outcome.rules.ts";

const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;

/** Two answers of the same films, over a number of cases. */
export interface Agreement {
  cases: number;
  /** Share of cases with the same answer. */
  share: Figure | null;
  /** Cohen's kappa; null where chance alone would have both agree. */
  kappa: Figure | null;
}

export interface ReadingWeek {
  from: Date;
  cases: number;
  medianMinutes: number | null;
}

/** How somebody reads, for that person alone. */
export interface ReadingSummary {
  cases: number;
  /** From the beginning of the reading to the first signature. */
  medianMinutes: number | null;
  p90Minutes: number | null;
  /** The opinion before the AI was shown, against the AI. */
  blindAgainstAi: Agreement;
  /** What was signed, against the AI. */
  finalAgainstAi: Agreement;
  /**
   * The label as signed first, against that of the other who read the same
   * film on his own; all others together.
   */
  againstOthers: Agreement;
  /** The AI's answer was agreed with in part. */
  partly: number;
  /** The AI was overridden. */
  overrides: number;
  /** Of these, amended to what the AI had said. */
  overridesGivenUp: number;
  /** Of the overrides, those of cases that were read further… */
  overridesSettled: number;
  /** …and those of which two readers or a third one said the same. */
  overridesUpheld: number;
  /** Of followed answers, those of cases that were read further… */
  followedAiSettled: number;
  /** …and those where the AI was right by that: it helped. Else it misled. */
  followedAiHelped: number;
  /** Opinion, AI, signature and what others came to, of settled cases. */
  outcomes: ReadingOutcome[];
  /** Blind opinions that the AI contradicted. */
  contradicted: number;
  /** Of these, the reader kept the own opinion. */
  keptOwn: number;
  /** Of these, the reader took the AI's answer… */
  followedAi: number;
  /** …and amended it back later. */
  followedAiTakenBack: number;
  amended: number;
  weeks: ReadingWeek[];
}

/** Sums up what a reader signed between two times. */
export function summarise(
  readings: readonly OwnReading[],
  since: Date,
  until: Date,
): ReadingSummary {
  const minutes = sortedMinutes(readings);
  const assessed = readings.flatMap((reading) => {
    const ai = positiveByAi(reading);
    return ai === null ? [] : [{ ...reading, ai }];
  });
  const blind = assessed.filter(
    ({ blindOpinion }) =>
      blindOpinion !== null && blindOpinion !== "NOT_DIAGNOSTIC",
  );
  // A film that cannot be answered has no answer to compare.
  const answered = assessed.filter(({ label }) => label !== "NOT_DIAGNOSTIC");
  const contradicted = blind.filter(
    ({ blindOpinion, ai }) =>
      blindOpinion !== null && !labelAgrees(blindOpinion, { positive: ai }),
  );
  const followed = contradicted.filter(
    ({ label, ai }) =>
      label !== "NOT_DIAGNOSTIC" && labelAgrees(label, { positive: ai }),
  );
  const overrides = assessed.filter(({ decision }) => decision === "OVERRIDE");
  const settledOverrides = overrides.filter(isSettled);
  const settledFollowed = followed
    .filter(isSettled)
    // What others found to show nothing says of nobody that he was wrong.
    .filter(({ settledLabel }) => settledLabel !== "NOT_DIAGNOSTIC");
  return {
    cases: readings.length,
    medianMinutes: quantile(minutes, 0.5),
    p90Minutes: quantile(minutes, 0.9),
    blindAgainstAi: agreement(
      blind.map(({ patientId, blindOpinion, ai }) => ({
        patientId,
        own: String(blindOpinion === labelOfLeading),
        other: String(ai),
      })),
    ),
    finalAgainstAi: agreement(
      answered.map(({ patientId, label, ai }) => ({
        patientId,
        own: String(label === labelOfLeading),
        other: String(ai),
      })),
    ),
    againstOthers: agreement(
      readings.flatMap(({ patientId, label, otherLabel }) =>
        otherLabel === null
          ? []
          : [{ patientId, own: label, other: otherLabel }],
      ),
    ),
    partly: assessed.filter(({ decision }) => decision === "PARTLY").length,
    overrides: overrides.length,
    overridesGivenUp: overrides.filter(
      ({ label, newestLabel, ai }) =>
        !labelAgrees(label, { positive: ai }) &&
        labelAgrees(newestLabel, { positive: ai }),
    ).length,
    overridesSettled: settledOverrides.length,
    overridesUpheld: settledOverrides.filter(
      ({ label, settledLabel }) => label === settledLabel,
    ).length,
    followedAiSettled: settledFollowed.length,
    followedAiHelped: settledFollowed.filter(({ settledLabel, ai }) =>
      labelAgrees(settledLabel, { positive: ai }),
    ).length,
    outcomes: outcomesOf(
      blind
        .filter(isSettled)
        .flatMap(({ blindOpinion, ai, ...reading }) =>
          blindOpinion === null
            ? []
            : [{ ...reading, blindOpinion, aiPositive: ai }],
        ),
    ),
    contradicted: contradicted.length,
    keptOwn: contradicted.length - followed.length,
    followedAi: followed.length,
    followedAiTakenBack: followed.filter(
      ({ newestLabel, ai }) => !labelAgrees(newestLabel, { positive: ai }),
    ).length,
    amended: readings.filter(({ versions }) => versions > 1).length,
    weeks: weeksOf(readings, since, until),
  };
}

/** Whether others came to an answer of the same film. */
function isSettled<Of extends Pick<OwnReading, "settledLabel" | "settledBy">>(
  reading: Of,
): reading is Of & { settledLabel: Label; settledBy: LabelGrade } {
  return reading.settledLabel !== null && reading.settledBy !== null;
}

function positiveByAi({ probability, threshold }: OwnReading): boolean | null {
  if (probability === null || threshold === null) return null;
  return probability >= threshold;
}

function agreement(
  pairs: readonly { patientId: string; own: string; other: string }[],
): Agreement {
  const same = pairs.filter(({ own, other }) => own === other).length;
  return {
    cases: pairs.length,
    share: proportion(same, pairs.length),
    kappa: cohenKappaFigure(
      pairs.map(({ own }) => own),
      pairs.map(({ other }) => other),
      pairs.map(({ patientId }) => patientId),
    ),
  };
}

function minutesOf({ startedAt, signedAt }: OwnReading): number {
  return (signedAt.getTime() - startedAt.getTime()) / MINUTE_MS;
}

function sortedMinutes(readings: readonly OwnReading[]): number[] {
  return readings.map(minutesOf).sort((a, b) => a - b);
}

/** Whole weeks up to now, the oldest first. */
function weeksOf(
  readings: readonly OwnReading[],
  since: Date,
  until: Date,
): ReadingWeek[] {
  const weeks: ReadingWeek[] = [];
  for (let to = until.getTime(); to > since.getTime(); to -= WEEK_MS) {
    const from = to - WEEK_MS;
    const own = readings.filter(
      ({ signedAt }) => signedAt.getTime() > from && signedAt.getTime() <= to,
    );
    weeks.unshift({
      from: new Date(from),
      cases: own.length,
      medianMinutes: quantile(sortedMinutes(own), 0.5),
    });
  }
  return weeks;
}
