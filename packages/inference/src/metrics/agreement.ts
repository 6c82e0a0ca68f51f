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
  const labels = [...new Set([...one, ...other])];
  const byOne = new Map(labels.map((label) => [label, 0]));
  const byOther = new Map(labels.map((label) => [label, 0]));
  let total = 0;
  let agreed = 0;
  one.forEach((label, at) => {
    const weight = weights?.[at] ?? 1;
    const answer = other[at] ?? "";
    total += weight;
    if (label === answer) agreed += weight;
    byOne.set(label, (byOne.get(label) ?? 0) + weight);
    byOther.set(answer, (byOther.get(answer) ?? 0) + weight);
  });
  if (total === 0) return null;
  const expected = labels.reduce(
    (sum, label) =>
      sum +
      ((byOne.get(label) ?? 0) / total) * ((byOther.get(label) ?? 0) / total),
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
  return bootstrap(groups, (weights) => cohenKappa(one, other, weights));
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
