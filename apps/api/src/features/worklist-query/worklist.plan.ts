/**
 * The ways to find a page. Each is quick for some lists and slow for others,
 * and only together do they keep every filter within the budget:
 *
 * - `heads`: the first rows of every bucket that the filter names, merged.
 * - `walk`: along the whole list in its order, skipping what does not match.
 * - `matches`: all rows with the words, by the trigram index, then sorted.
 * - `names`: in the order of names, the names that start with the first word,
 *   and all rows that have it elsewhere, by a trigram index of its own.
 */
export type WorklistPlan = "heads" | "walk" | "matches" | "names";

/** What a sample of the newest and the oldest rows says of a search. */
export interface WorklistSample {
  /** Rows of the table, as PostgreSQL estimates them. */
  rows: number;
  /** Share of rows that match, least of the two ends. */
  leastWords: number;
  /** Share of rows that an index finds: most of the two ends. */
  mostWords: number;
  /** Shares of the rows with each single word, added up. */
  singleWords: number;
  /** Share of rows in the buckets, over both ends. */
  inBuckets: number;
  /** Shares of rows whose name starts with the first word… */
  starts: number;
  /** …and that have the other words as well: least of the two ends… */
  leastStarts: number;
  /** …and of those with the words, the first not there: most of the ends. */
  mostElsewhere: number;
}

export interface PlanInput {
  /** Buckets that the filter names, at every site. */
  buckets: number;
  /** Lists that a walk goes along: the sites', by urgency four of each. */
  lists: number;
  isEveryBucket: boolean;
  /** Narrowed to one assignee's or one reader's cases by an index. */
  isNarrow: boolean;
  /** Null where there are no words to search for. */
  sample: WorklistSample | null;
  /** The order puts equal names together, so matches lie in few places. */
  isClumped: boolean;
  isByName: boolean;
  /** An index holds the whole list in this order. */
  hasWholeList: boolean;
  /** False when the rows are only counted. */
  isOrdered: boolean;
  limit: number;
}

/**
 * Microseconds of a row found by the trigram index, fetched and compared
 * again; of a row that is read past in a covering index; and of the descent
 * to the head of a bucket (measured by bench/worklist.ts on two cores).
 */
const MATCH_COST = 3;
/** The same of a row in the trigram index that only one of the words has. */
const POSTING_COST = 0.25;
const WALK_COST = 0.35;
const HEAD_COST = 10;

/** The cheapest way to `limit` rows, by the rows it should have to look at. */
export function planWorklist(input: PlanInput): WorklistPlan {
  const { isEveryBucket, isNarrow, isByName, hasWholeList, sample } = input;
  if (isNarrow) return "heads";
  if (sample === null) return isEveryBucket && hasWholeList ? "walk" : "heads";
  const { rows, mostWords, singleWords } = sample;
  const costs: [WorklistPlan, number][] = [
    ["matches", rows * (mostWords * MATCH_COST + singleWords * POSTING_COST)],
    ...costsInOrder(input, sample),
  ];
  if (isByName) costs.push(["names", costOfNames(input, sample)]);
  return costs.reduce((least, next) => (next[1] < least[1] ? next : least))[0];
}

function costOfNames(
  { buckets, lists, isEveryBucket, limit }: PlanInput,
  sample: WorklistSample,
): number {
  const { rows, starts, leastStarts, mostElsewhere, singleWords } = sample;
  const others = starts === 0 ? 1 : Math.min(1, leastStarts / starts);
  const heads = isEveryBucket ? lists : buckets;
  const range = Math.min(rows * starts, (heads * limit) / others);
  const found = mostElsewhere * MATCH_COST;
  const passed = Math.max(singleWords - starts, 0) * POSTING_COST;
  return heads * HEAD_COST + range * WALK_COST + rows * (found + passed);
}

function costsInOrder(
  { buckets, lists, isClumped, isOrdered, hasWholeList, limit }: PlanInput,
  { rows, leastWords, inBuckets }: WorklistSample,
): [WorklistPlan, number][] {
  const all = rows * inBuckets;
  // Each is asked for a whole page, unless they are only counted.
  const first = ((isOrdered ? buckets : 1) * limit) / leastWords;
  const past = ((isOrdered ? lists : 1) * limit) / (leastWords * inBuckets);
  const heads =
    buckets * HEAD_COST + WALK_COST * (isClumped ? all : Math.min(all, first));
  if (!hasWholeList) return [["heads", heads]];
  const walk = WALK_COST * (isClumped ? rows : Math.min(rows, past));
  return [
    ["heads", heads],
    ["walk", walk],
  ];
}
