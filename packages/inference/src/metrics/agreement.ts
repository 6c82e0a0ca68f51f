import { bootstrap } from "./bootstrap.ts";
import type { Figure } from "./figure.ts";

/**
 * Cohen's kappa of two readers over the same cases (Cohen 1960): how much of
 * the agreement that chance would not bring is there, 1 for all of it, 0 for
 * none, below 0 where they agree less than chance would.
 *
 * @param weights how often each case counts
 * @returns null where chance alone would have them agree always: both gave
 *   one and the same label to every case.
 */
export function cohenKappa(
  one: readonly string[],
  other: readonly string[],
  weights?: ArrayLike<number>,
): number | null {
  return kappaOf(coded(one, other), weights);
}

/** Two lists of labels as numbers, so that a thousand resamples are quick. */
interface Coded {
  one: Uint16Array;
  other: Uint16Array;
  /** How many labels there are. */
  labels: number;
}

function coded(one: readonly string[], other: readonly string[]): Coded {
  const codes = new Map(
    [...new Set([...one, ...other])].map((label, code) => [label, code]),
  );
  const codesOf = (list: readonly string[]): Uint16Array =>
    Uint16Array.from(list, (label) => codes.get(label) ?? 0);
  return { one: codesOf(one), other: codesOf(other), labels: codes.size };
}

function kappaOf(
  { one, other, labels }: Coded,
  weights?: ArrayLike<number>,
): number | null {
  const byOne = new Float64Array(labels);
  const byOther = new Float64Array(labels);
  let total = 0;
  let agreed = 0;
  for (let at = 0; at < one.length; at++) {
    const weight = weights?.[at] ?? 1;
    const label = one[at] ?? 0;
    const answer = other[at] ?? 0;
    total += weight;
    if (label === answer) agreed += weight;
    byOne[label] = (byOne[label] ?? 0) + weight;
    byOther[answer] = (byOther[answer] ?? 0) + weight;
  }
  if (total === 0) return null;
  const expected = byOne.reduce(
    (sum, count, label) =>
      sum + (count / total) * ((byOther[label] ?? 0) / total),
    0,
  );
  return expected >= 1 ? null : (agreed / total - expected) / (1 - expected);
}

/** Cohen's kappa with its 95 % interval, resampled by group (a patient). */
export function cohenKappaFigure(
  one: readonly string[],
  other: readonly string[],
  groups: readonly string[],
): Figure | null {
  const codes = coded(one, other);
  return bootstrap(groups, (weights) => kappaOf(codes, weights));
}

/**
 * Fleiss' kappa of any number of readers, the same number for each case
 * (Fleiss 1971).
 *
 * @param counts of each case, how many readers gave each label
 * @returns null without cases, with fewer than two readers, or where chance
 *   alone would have all agree.
 */
export function fleissKappa(
  counts: readonly (readonly number[])[],
  weights?: ArrayLike<number>,
): number | null {
  const readers = counts[0]?.reduce((sum, count) => sum + count, 0) ?? 0;
  if (readers < 2) return null;
  let cases = 0;
  let agreed = 0;
  const labels = (counts[0] ?? []).map(() => 0);
  counts.forEach((row, at) => {
    const weight = weights?.[at] ?? 1;
    cases += weight;
    const pairs = row.reduce((sum, count) => sum + count * (count - 1), 0);
    agreed += (weight * pairs) / (readers * (readers - 1));
    row.forEach((count, label) => {
      labels[label] = (labels[label] ?? 0) + weight * count;
    });
  });
  if (cases === 0) return null;
  const expected = labels.reduce(
    (sum, count) => sum + (count / (cases * readers)) ** 2,
    0,
  );
  return expected >= 1 ? null : (agreed / cases - expected) / (1 - expected);
}

/** Fleiss' kappa with its 95 % interval, resampled by group (a patient). */
export function fleissKappaFigure(
  counts: readonly (readonly number[])[],
  groups: readonly string[],
): Figure | null {
  return bootstrap(groups, (weights) => fleissKappa(counts, weights));
}
