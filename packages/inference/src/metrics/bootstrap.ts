import type { Figure } from "./figure.ts";
import { seededRandom } from "./seeded-random.ts";

const RESAMPLES = 1000;
const SEED = 20_261_123;

/**
 * A value with the 2.5th and 97.5th percentile of 1,000 resamples drawn with
 * replacement (Efron 1979). Entries of one group (a patient's films) are drawn
 * together, since they say less than as many patients would.
 *
 * @param groups group of each entry.
 * @param statistic of how often each entry was drawn; null where the draw has
 *   no value (such a draw is left out).
 * @returns null where the whole set has no value.
 */
export function bootstrap(
  groups: readonly string[],
  statistic: (weights: Uint32Array) => number | null,
): Figure | null {
  const value = statistic(new Uint32Array(groups.length).fill(1));
  if (value === null) return null;
  const members = membersOf(groups);
  const random = seededRandom(SEED);
  const values: number[] = [];
  for (let i = 0; i < RESAMPLES; i++) {
    const drawn = statistic(draw(members, groups.length, random));
    if (drawn !== null) values.push(drawn);
  }
  values.sort((a, b) => a - b);
  return {
    value,
    low: Math.min(value, quantile(values, 0.025) ?? value),
    high: Math.max(value, quantile(values, 0.975) ?? value),
  };
}

function membersOf(groups: readonly string[]): number[][] {
  const members = new Map<string, number[]>();
  for (const [index, group] of groups.entries()) {
    const known = members.get(group);
    if (known === undefined) members.set(group, [index]);
    else known.push(index);
  }
  return [...members.values()];
}

function draw(
  members: readonly number[][],
  size: number,
  random: () => number,
): Uint32Array {
  const weights = new Uint32Array(size);
  for (const chosen of members.map(() => random() * members.length)) {
    const group = members[Math.trunc(chosen)] ?? [];
    for (const index of group) weights[index] = (weights[index] ?? 0) + 1;
  }
  return weights;
}

function quantile(
  sorted: readonly number[],
  share: number,
): number | undefined {
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  if (low === undefined || high === undefined) return undefined;
  return low + (high - low) * (at - Math.floor(at));
}
