import { quantile } from "../../platform/quantile.ts";
import {
  ceilingOf,
  rankOf,
  URGENCY_LADDER,
  type PolicyDocument,
  type UrgencyName,
} from "../policies/policy-document.ts";
import { sicker } from "../urgency/urgency.rules.ts";

/** A case of the replay: when it came, what is known of it, how long it takes. */
export interface ReplayCase {
  /** Minutes since the beginning of the replay. */
  arrivedAt: number;
  /** Minutes of reading; the same in every way of working. */
  readMinutes: number;
  /** What the AI says, 0…1; null where it has not assessed the film. */
  probability: number | null;
  /** Whether pneumonia was there; null where nobody has decided. */
  isPositive: boolean | null;
}

/**
 * What stands at the head of the queue. Every reader takes the case that this
 * names; `wait` gives it back.
 */
export interface Queue {
  add(at: number): void;
  /** The next case's place in the list, taken off; null where none waits. */
  take(now: number): number | null;
}

/**
 * Plays cases through a queue with a number of readers who work all the time:
 * whoever is free takes the next, and nobody puts a case down. Answers how
 * many minutes each case waited for its reader, in the order of the cases,
 * which is that of their arrival.
 */
export function play(
  cases: readonly ReplayCase[],
  readers: number,
  queue: Queue,
): Float64Array {
  const waited = new Float64Array(cases.length);
  const freeAt = new Float64Array(readers);
  let next = 0;
  for (let left = cases.length; left > 0;) {
    const reader = earliest(freeAt);
    let now = freeAt[reader] ?? 0;
    const arriveUntil = (time: number) => {
      for (; (cases[next]?.arrivedAt ?? Infinity) <= time; next++)
        queue.add(next);
    };
    arriveUntil(now);
    let at = queue.take(now);
    if (at === null) {
      // The reader waits for the next case to come in.
      now = cases[next]?.arrivedAt ?? now;
      arriveUntil(now);
      at = queue.take(now);
    }
    const taken = at === null ? undefined : cases[at];
    if (at === null || taken === undefined)
      throw new Error("a case that never came to its reader");
    waited[at] = now - taken.arrivedAt;
    freeAt[reader] = now + taken.readMinutes;
    left -= 1;
  }
  return waited;
}

function earliest(freeAt: Float64Array): number {
  let first = 0;
  for (let reader = 1; reader < freeAt.length; reader++)
    if ((freeAt[reader] ?? 0) < (freeAt[first] ?? 0)) first = reader;
  return first;
}

/** Who came first is read first. */
export function firstCome(): Queue {
  const line: number[] = [];
  let head = 0;
  return {
    add: (at) => void line.push(at),
    take: () => line[head++] ?? (head--, null),
  };
}

/**
 * The likeliest pneumonia first, whatever the wait; what the AI has not
 * assessed stands in the middle, as nothing is known of it.
 */
export function likeliestFirst(cases: readonly ReplayCase[]): Queue {
  const likely = (at: number): number => cases[at]?.probability ?? 0.5;
  // A binary heap of places; equals in the order of arrival.
  const heap: number[] = [];
  const isBefore = (one: number, other: number): boolean => {
    const more = likely(one) - likely(other);
    return more === 0 ? one < other : more > 0;
  };
  const swap = (a: number, b: number): void => {
    [heap[a], heap[b]] = [heap[b] ?? 0, heap[a] ?? 0];
  };
  return {
    add: (at) => {
      let place = heap.push(at) - 1;
      while (place > 0) {
        const parent = (place - 1) >> 1;
        if (!isBefore(heap[place] ?? 0, heap[parent] ?? 0)) break;
        swap(place, parent);
        place = parent;
      }
    },
    take: () => {
      const [first] = heap;
      if (first === undefined) return null;
      const last = heap.pop() ?? first;
      if (heap.length > 0) heap[0] = last;
      for (let place = 0; ;) {
        const left = 2 * place + 1;
        if (left >= heap.length) break;
        const right = left + 1;
        const child =
          right < heap.length && isBefore(heap[right] ?? 0, heap[left] ?? 0)
            ? right
            : left;
        if (!isBefore(heap[child] ?? 0, heap[place] ?? 0)) break;
        swap(place, child);
        place = child;
      }
      return first;
    },
  };
}

/**
 * The worklist's order by a policy: what waits past the ceiling of its class
 * stands above all else, by the class to which that lifts it; then class by
 * class, in each who waits longest.
 *
 * @param classOf the class that the policy gives each case as it comes in
 */
export function byPolicy(
  cases: readonly ReplayCase[],
  classOf: readonly UrgencyName[],
  policy: PolicyDocument,
): Queue {
  const lines = URGENCY_LADDER.map((urgency) => ({
    waiting: [] as number[],
    head: 0,
    ceiling: ceilingOf(policy, urgency),
    overdueRank: rankOf(sicker(urgency, policy.urgency.waited)),
  }));
  const arrival = (at: number): number => cases[at]?.arrivedAt ?? 0;
  return {
    add: (at) => {
      lines[rankOf(classOf[at] ?? "ROUTINE")]?.waiting.push(at);
    },
    take: (now) => {
      let best: { line: (typeof lines)[number]; at: number } | null = null;
      let key: readonly [number, number] = [Infinity, Infinity];
      lines.forEach((line, rank) => {
        const at = line.waiting[line.head];
        if (at === undefined) return;
        const isOverdue = now - arrival(at) >= line.ceiling;
        const place = isOverdue
          ? line.overdueRank
          : URGENCY_LADDER.length + rank;
        if (place > key[0] || (place === key[0] && arrival(at) >= key[1]))
          return;
        key = [place, arrival(at)];
        best = { line, at };
      });
      // Narrowed again, for an assignment inside a callback is not seen.
      const found = best as { line: (typeof lines)[number]; at: number } | null;
      if (found === null) return null;
      found.line.head += 1;
      return found.at;
    },
  };
}

/** Waits in minutes. */
export interface Waits {
  cases: number;
  median: number;
  p90: number;
  longest: number;
}

/** Median, 90th percentile and longest of some waits; null of none. */
export function waitsOf(waited: readonly number[]): Waits | null {
  if (waited.length === 0) return null;
  const sorted = [...waited].sort((a, b) => a - b);
  return {
    cases: sorted.length,
    median: quantile(sorted, 0.5) ?? 0,
    p90: quantile(sorted, 0.9) ?? 0,
    longest: sorted.at(-1) ?? 0,
  };
}

/** Steps of the curve: the waits that 0, 2, 4 … 100 % of cases do not pass. */
const CURVE_STEPS = 50;

export function curveOf(waited: readonly number[]): number[] {
  const sorted = [...waited].sort((a, b) => a - b);
  return Array.from(
    { length: CURVE_STEPS + 1 },
    (_, step) => quantile(sorted, step / CURVE_STEPS) ?? 0,
  );
}
