/**
 * Watches a stream of measurements for a change, one at a time and as often
 * as they come, with a false-alarm rate that does not depend on how they are
 * distributed.
 *
 * Vovk et al., "Retrain or not retrain: conformal test martingales for
 * change-point detection", COPA 2021, PMLR 152. Each measurement gets its rank
 * among all so far, ties broken at random: while nothing changes, these ranks
 * are independent and uniform in 0…1. A bet on each rank that pays 1 on
 * average makes a Shiryaev–Roberts statistic R(n) = (R(n−1) + 1) · bet, of
 * which R(n) − n is a martingale. By Doob's inequality it passes the limit c
 * within n films of no change with a probability of at most n / c, however
 * often somebody looks.
 */

/** Stated false-alarm rate: at most one in a hundred within 10,000 films. */
export const CHANGE_LIMIT = 1_000_000;
/** Films that are only learnt from; a change during them cannot be seen. */
export const FILMS_BEFORE_WATCH = 200;

/** What has been seen so far; JSON-safe. */
export interface ChangeWatch {
  /** Measurements by bin. */
  counts: number[];
  /** Natural logarithm of each bet's statistic, null before the first. */
  statistics: (number | null)[];
}

/**
 * Bets on a rank in 0…1 as densities (each integrates to 1): low ranks, high
 * ranks, both ends, the middle. Mild and strong ones, since nobody knows the
 * size of the change beforehand.
 */
const BETS: readonly ((rank: number) => number)[] = [
  ...[0.15, 0.4].flatMap((power) => [
    (rank: number) => power * rank ** (power - 1),
    (rank: number) => power * (1 - rank) ** (power - 1),
  ]),
  // Mixture of the mild two: a wider spread.
  (rank) => 0.2 * (rank ** -0.6 + (1 - rank) ** -0.6),
  // Beta(3, 3): a narrower spread.
  (rank) => 30 * rank ** 2 * (1 - rank) ** 2,
];

/** Nothing seen yet. */
export function newChangeWatch(bins: number): ChangeWatch {
  return {
    counts: Array.from({ length: bins }, () => 0),
    statistics: BETS.map(() => null),
  };
}

/**
 * The watch after one more measurement.
 *
 * @param bin of the measurement, 0 to the number of bins less 1.
 * @param tie a number in 0…1 that has nothing to do with the measurement:
 *   where it stands among those of its bin.
 * @throws RangeError for a bin that the watch does not have.
 */
export function watchNext(
  { counts, statistics }: ChangeWatch,
  bin: number,
  tie: number,
): ChangeWatch {
  const own = counts[bin];
  if (own === undefined) {
    throw new RangeError(
      `bin ${String(bin)} of ${String(counts.length)} does not exist`,
    );
  }
  const next = counts.map((count, at) => (at === bin ? count + 1 : count));
  const total = sum(next);
  if (total <= FILMS_BEFORE_WATCH) return { counts: next, statistics };
  const below = sum(counts.slice(0, bin));
  const rank = (below + tie * (own + 1)) / total;
  return {
    counts: next,
    statistics: statistics.map((value, at) => grown(value, at, rank)),
  };
}

/** log((R + 1) · bet), where R itself would not fit into a number. */
function grown(value: number | null, at: number, rank: number): number {
  const bet = BETS[at]?.(Math.min(1 - 1e-9, Math.max(1e-9, rank))) ?? 1;
  const before =
    value === null
      ? 0
      : value > 0
        ? value + Math.log1p(Math.exp(-value))
        : Math.log1p(Math.exp(value));
  return before + Math.log(bet);
}

/** Measurements seen so far. */
export function watchedFilms({ counts }: ChangeWatch): number {
  return sum(counts);
}

/**
 * How far the watch is on its way to an alarm: 0 at rest, 1 at the limit, on
 * the scale of logarithms. An average of martingales is one, so the bound
 * holds for the mean of all bets.
 */
export function changeLevel({ statistics }: ChangeWatch): number {
  const values = statistics.filter((value) => value !== null);
  if (values.length === 0) return 0;
  const highest = Math.max(...values);
  const mean =
    highest +
    Math.log(
      values.reduce((total, value) => total + Math.exp(value - highest), 0) /
        values.length,
    );
  return Math.max(0, mean / Math.log(CHANGE_LIMIT));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
