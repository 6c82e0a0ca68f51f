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
  /** The order puts equal names together, so matches lie in few places. */
  isClumped: boolean;
  /** The order's index holds the searched text as well. */
  isCovered: boolean;
  /** False when the rows are only counted. */
  isOrdered: boolean;
  limit: number;
}

/**
 * Cost of a row by the trigram index, in rows read in order: it is fetched
 * from anywhere in the table and compared again (measured: two to three).
 */
const MATCH_COST = 2.5;
/** Cost of finding the head of a bucket, in rows read in order. */
const HEAD_COST = 5;

/** Cost of a row that is read from an index alone, table untouched. */
const INDEX_ONLY_COST = 0.25;

/** The cheapest way to `limit` rows, by expected rows to look at. */
export function planWorklist(input: PlanInput): WorklistPlan {
  const { isEveryBucket, isNarrow, sample } = input;
  if (isNarrow) return "heads";
  if (sample === null) return isEveryBucket ? "walk" : "heads";
  const { heads, walk } = costsInOrder(input, sample);
  const matches = sample.rows * sample.mostWords * MATCH_COST;
  if (matches <= heads && matches <= walk) return "matches";
  return heads <= walk ? "heads" : "walk";
}

function costsInOrder(
  { buckets, isClumped, isCovered, isOrdered, limit }: PlanInput,
  { rows, leastWords, inBuckets }: WorklistSample,
): { heads: number; walk: number } {
  const perRow = isCovered ? INDEX_ONLY_COST : 1;
  const all = rows * inBuckets;
  // Each bucket is asked for a whole page, unless they are only counted.
  const first = ((isOrdered ? buckets : 1) * limit) / leastWords;
  const past = limit / (leastWords * inBuckets);
  return {
    heads: buckets * HEAD_COST + (isClumped ? all : Math.min(all, first)),
    walk: perRow * (isClumped ? rows : Math.min(rows, past)),
  };
}
