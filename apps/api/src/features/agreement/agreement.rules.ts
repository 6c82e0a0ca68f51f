import {
  cohenKappaFigure,
  fleissKappaFigure,
  proportion,
  type Figure,
} from "@lung-iris/inference";
import { READING_FINDINGS } from "../findings/finding-catalogue.ts";
import { labelOfLeading } from "../findings/finding-labels.ts";
import { readFindings } from "../readings/reading-finding.ts";
import { LABELS } from "../readings/reading.rules.ts";
import type { BlindOpinion, ReadTwice } from "./agreement.store.ts";

/** Below this many cases no kappa is given: its interval would say nothing. */
export const FEWEST_CASES = 20;
/** A finding that fewer called present has no kappa worth its name. */
export const FEWEST_CALLS = 5;
/** Pairs of readers shown, those with the most cases. */
const MOST_PAIRS = 50;

/** How often two answers were the same, and what of it chance does not explain. */
export interface Agreed {
  cases: number;
  share: Figure | null;
  /** Null with too few cases, or where chance alone would have all agree. */
  kappa: Figure | null;
  isTooFew: boolean;
}

export interface PairAgreement extends Agreed {
  one: string;
  other: string;
}

export interface FindingAgreed extends Agreed {
  code: string;
  /** Cases of which at least one of the two says that it is there. */
  calls: number;
}

export interface AgainstAi extends Agreed {
  reader: string;
}

/** All pairs of readings together: Fleiss' kappa over any readers. */
export function groupAgreement(cases: readonly ReadTwice[]): Agreed {
  const isTooFew = cases.length < FEWEST_CASES;
  const counts = cases.map(({ firstLabel, secondLabel }) =>
    LABELS.map(
      (label) => Number(firstLabel === label) + Number(secondLabel === label),
    ),
  );
  return {
    cases: cases.length,
    share: sharedLabels(cases),
    kappa: isTooFew
      ? null
      : fleissKappaFigure(
          counts,
          cases.map(({ patientId }) => patientId),
        ),
    isTooFew,
  };
}

/**
 * Pair by pair, whoever of the two was first; those with most cases first.
 * One at a time, as those below: each figure is resampled a thousand times.
 */
export function* pairAgreements(
  cases: readonly ReadTwice[],
): Generator<PairAgreement> {
  const pairs = new Map<string, ReadTwice[]>();
  for (const one of cases) {
    const key = [one.firstReaderId, one.secondReaderId].sort().join(" ");
    pairs.set(key, [...(pairs.get(key) ?? []), one]);
  }
  const byCases = [...pairs.values()].sort((a, b) => b.length - a.length);
  for (const ofPair of byCases.slice(0, MOST_PAIRS)) {
    const [sample] = ofPair;
    if (sample === undefined) continue;
    const isSample = (one: ReadTwice): boolean =>
      one.firstReaderId === sample.firstReaderId;
    yield {
      one: sample.firstReader,
      other: sample.secondReader,
      ...agreed(
        ofPair.map((one) => ({
          patientId: one.patientId,
          one: isSample(one) ? one.firstLabel : one.secondLabel,
          other: isSample(one) ? one.secondLabel : one.firstLabel,
        })),
      ),
    };
  }
}

/** Finding by finding: called present or not, in the catalogue's order. */
export function* findingAgreements(
  cases: readonly ReadTwice[],
): Generator<FindingAgreed> {
  const said = cases.map((one) => ({
    patientId: one.patientId,
    one: presentOf(one.firstFindings),
    other: presentOf(one.secondFindings),
  }));
  for (const { code } of READING_FINDINGS) {
    const answers = said.map(({ patientId, one, other }) => ({
      patientId,
      one: String(one.has(code)),
      other: String(other.has(code)),
    }));
    const calls = said.filter(
      ({ one, other }) => one.has(code) || other.has(code),
    ).length;
    if (calls === 0) continue;
    yield { code, calls, ...agreed(answers, calls < FEWEST_CALLS) };
  }
}

/** Reader by reader: the opinion before the AI was shown, against the AI. */
export function* againstAi(
  opinions: readonly BlindOpinion[],
): Generator<AgainstAi> {
  const byReader = new Map<string, BlindOpinion[]>();
  for (const one of opinions)
    byReader.set(one.readerId, [...(byReader.get(one.readerId) ?? []), one]);
  const byCases = [...byReader.values()].sort((a, b) => b.length - a.length);
  for (const own of byCases) {
    yield {
      reader: own[0]?.reader ?? "",
      ...agreed(
        own.map(({ patientId, opinion, probability, threshold }) => ({
          patientId,
          one: String(opinion === labelOfLeading),
          other: String(probability >= threshold),
        })),
      ),
    };
  }
}

interface Answers {
  patientId: string;
  one: string;
  other: string;
}

function agreed(answers: readonly Answers[], isRare = false): Agreed {
  const same = answers.filter(({ one, other }) => one === other).length;
  const isTooFew = isRare || answers.length < FEWEST_CASES;
  return {
    cases: answers.length,
    share: proportion(same, answers.length),
    kappa: isTooFew
      ? null
      : cohenKappaFigure(
          answers.map(({ one }) => one),
          answers.map(({ other }) => other),
          answers.map(({ patientId }) => patientId),
        ),
    isTooFew,
  };
}

function sharedLabels(cases: readonly ReadTwice[]): Figure | null {
  const same = cases.filter(
    ({ firstLabel, secondLabel }) => firstLabel === secondLabel,
  );
  return proportion(same.length, cases.length);
}

function presentOf(findings: unknown): ReadonlySet<string> {
  return new Set(
    readFindings(findings).flatMap(({ code, presence }) =>
      presence === "PRESENT" ? [code] : [],
    ),
  );
}
