import {
  cohenKappaFigure,
  fleissKappaFigure,
  proportion,
  type Figure,
} from "@lung-iris/inference";
import { READING_FINDINGS } from "../findings/finding-catalogue.ts";
import { labelOfLeading } from "../findings/finding-labels.ts";
import { readFindings } from "../reading-findings/reading-finding.ts";
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

/** Cases whose two readers belong to one group, by what groups them. */
export interface CaseSet {
  /** Id of a pool, or code of a pair of grades. */
  key: string;
  /** Of a pool; null where the key says it all. */
  name: string | null;
  holds: (one: ReadTwice) => boolean;
}

/** How far readers of a set agree with each other. */
export interface SetAgreement extends Agreed {
  key: string;
  name: string | null;
  /** How many read these cases. */
  readers: number;
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
 * Set by set; one who belongs to several counts in each. Sets without such a
 * case are there, with none.
 */
export function* setAgreements(
  cases: readonly ReadTwice[],
  sets: readonly CaseSet[],
): Generator<SetAgreement> {
  for (const { key, name, holds } of sets) {
    const within = cases.filter(holds);
    const readers = new Set(
      within.flatMap(({ firstReaderId, secondReaderId }) => [
        firstReaderId,
        secondReaderId,
      ]),
    );
    yield { key, name, readers: readers.size, ...groupAgreement(within) };
  }
}

/** Of each pool the cases that two of it read. */
export function poolSets(
  pools: readonly { id: string; name: string; memberIds: readonly string[] }[],
): CaseSet[] {
  return pools.map(({ id, name, memberIds }) => {
    const members = new Set(memberIds);
    const holds = ({ firstReaderId, secondReaderId }: ReadTwice): boolean =>
      members.has(firstReaderId) && members.has(secondReaderId);
    return { key: id, name, holds };
  });
}

/** Two juniors, one of each, two seniors: by the grades they signed with. */
export const GRADE_SETS: readonly CaseSet[] = [
  ["JUNIORS", 2] as const,
  ["JUNIOR_AND_SENIOR", 1] as const,
  ["SENIORS", 0] as const,
].map(([key, juniors]) => ({
  key,
  name: null,
  holds: ({ firstGrade, secondGrade }) =>
    Number(firstGrade === "JUNIOR") + Number(secondGrade === "JUNIOR") ===
    juniors,
}));

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
