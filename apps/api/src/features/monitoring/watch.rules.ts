import {
  changeLevel,
  newChangeWatch,
  watchNext,
  watchedFilms,
  type ChangeWatch,
} from "@lung-iris/inference";
import { binOf, binsOf, type WatchedMetric } from "./watched-metrics.ts";

/** Films that say what was normal when the watch began. */
export const BASELINE_FILMS = 500;
/** Newest films that are held against them. */
export const RECENT_FILMS = 200;

/** One thing to count: a film's or a signature's figure. */
export interface Seen {
  metric: WatchedMetric;
  /** Id of the model that the figure hangs on; "" where on none. */
  scope: string;
  value: number;
  /** Of the row that it comes from; decides between ties. */
  id: string;
  at: Date;
}

export interface WatchState extends ChangeWatch {
  since: Date;
  seenAt: Date;
  baseline: number[];
  recent: number[];
  /** 1 and more: the alarm is due, and nothing is learnt any more. */
  level: number;
}

/** A watch that begins with this film. */
export function newWatch(metric: WatchedMetric, since: Date): WatchState {
  const { counts, statistics } = newChangeWatch(binsOf(metric));
  return {
    counts,
    statistics,
    since,
    seenAt: since,
    baseline: [...counts],
    recent: [],
    level: 0,
  };
}

/**
 * The watch after one more figure. Past its alarm it only keeps what is new:
 * what counts as normal must not grow into the change.
 */
export function seeNext(watch: WatchState, seen: Seen): WatchState {
  const bin = binOf(seen.metric, seen.value);
  const recent = [...watch.recent, bin].slice(-RECENT_FILMS);
  const next = { ...watch, recent, seenAt: seen.at };
  if (watch.level >= 1) return next;
  const isBaseline = watchedFilms(watch) < BASELINE_FILMS;
  const after = watchNext(watch, bin, tieOf(seen));
  return {
    ...next,
    ...after,
    baseline: isBaseline
      ? watch.baseline.map((count, at) => (at === bin ? count + 1 : count))
      : watch.baseline,
    level: changeLevel(after),
  };
}

const TWO_TO_32 = 4_294_967_296;
/** FNV-1a, 32 bits: Fowler, Noll, Vo; offset basis and prime. */
const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * A number in 0…1 out of the row's random id, so that the same films give the
 * same alarm; by the figure's name too, so that figures differ.
 */
export function tieOf({ id, metric }: Pick<Seen, "id" | "metric">): number {
  let hash = FNV_BASIS;
  for (const letter of `${id}/${metric}`)
    hash = Math.imul(hash ^ letter.charCodeAt(0), FNV_PRIME);
  // The last letters hardly reach the high bits: murmur3's finaliser.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / TWO_TO_32;
}

/** Bins counted, for the tests that take two samples. */
export function countsOf(metric: WatchedMetric, bins: readonly number[]) {
  const counts = Array.from({ length: binsOf(metric) }, () => 0);
  for (const bin of bins) counts[bin] = (counts[bin] ?? 0) + 1;
  return counts;
}
