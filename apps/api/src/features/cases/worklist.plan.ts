/**
 * The ways to find a page. Each is quick for some lists and slow for others,
 * and only together do they keep every filter within the budget:
 *
 * - `heads`: the first rows of every bucket that the filter names, merged.
 * - `walk`: along the whole list in its order, skipping what does not match.
 * - `matches`: all rows with the words, by the trigram index, then sorted.
 */
export type WorklistPlan = "heads" | "walk" | "matches";

/** What a sample of the newest and the oldest rows says of a search. */
export interface WorklistSample {
  /** Rows of the table, as PostgreSQL estimates them. */
  rows: number;
  /** Share of rows with the words: least and most of the two ends. */
  leastWords: number;
  mostWords: number;
  /** Share of rows in the buckets, over both ends. */
  inBuckets: number;
}

export interface PlanInput {
  buckets: number;
  isEveryBucket: boolean;
  /** Narrowed to one assignee's or one reader's cases by an index. */
  isNarrow: boolean;
  /** Null where there are no words to search for. */
  sample: WorklistSample | null;
  limit: number;
}

/**
 * Cost of a row by the trigram index, in rows read in order: it is fetched
 * from anywhere in the table and compared again (measured: two to three).
 */
const MATCH_COST = 2.5;
/** Cost of finding the head of a bucket, in rows read in order. */
const HEAD_COST = 5;

/** The cheapest way to `limit` rows, by expected rows to look at. */
export function planWorklist(input: PlanInput): WorklistPlan {
  const { buckets, isEveryBucket, isNarrow, sample, limit } = input;
  if (isNarrow) return "heads";
  if (sample === null) return isEveryBucket ? "walk" : "heads";
  const { rows, leastWords, mostWords, inBuckets } = sample;
  const heads =
    Math.min(rows * inBuckets, (buckets * limit) / leastWords) +
    buckets * HEAD_COST;
  const walk = Math.min(rows, limit / (leastWords * inBuckets));
  const matches = rows * mostWords * MATCH_COST;
  if (matches <= heads && matches <= walk) return "matches";
  return heads <= walk ? "heads" : "walk";
}
