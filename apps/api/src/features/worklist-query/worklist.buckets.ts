import { assertNever } from "../../errors.ts";
import { URGENCY_LADDER } from "../policies/policy-document.ts";

/**
 * The worklist's filters with few values, folded into one number, as the
 * database's function worklist_bucket does for its indexes.
 */
export const STATES = ["WAITING", "READING", "SIGNED"] as const;
export const URGENCIES = URGENCY_LADDER;
/** Labels with a number of their own within the state. */
const LABELS = ["NORMAL", "PNEUMONIA", "OTHER"] as const;
/** Has the number of a further state instead: the label's are used up. */
const APART = "NOT_DIAGNOSTIC";
/** In the database's order: assessed films are told apart by their sign. */
const OPINIONS = ["PENDING", "NOT_ASSESSED", "NEGATIVE", "POSITIVE"] as const;

type State = (typeof STATES)[number];
type Label = (typeof LABELS)[number] | typeof APART;
type Opinion = (typeof OPINIONS)[number];
export type Assessment = "PENDING" | "ASSESSED" | "NOT_ASSESSED";
type UrgencyName = (typeof URGENCIES)[number];

export interface BucketFilter {
  /** A case without films is in no bucket. */
  states?: readonly (State | "EMPTY")[] | null;
  urgencies?: readonly UrgencyName[] | null;
  assessments?: readonly Assessment[] | null;
  labels?: readonly Label[] | null;
  aiPositive?: boolean | null;
  isAssigned?: boolean | null;
  /** The gate refused the film, or it was signed as not diagnostic. */
  isDoubtful?: boolean | null;
}

export interface Bucket {
  code: number;
  /** Index in URGENCIES: the first key of the order by urgency. */
  urgencyRank: number;
  /** Index in STATES. */
  stateRank: number;
  /** What was decided, in the order of the labels; nothing comes last. */
  labelRank: number;
  isAssigned: boolean;
}

/** Codes below this are of cases that nobody reads yet. */
export const WAITING_BELOW =
  OPINIONS.length * URGENCIES.length * (LABELS.length + 1) * 2;

/** Buckets of what nobody reads yet: such cases have no label. */
export const WAITING_BUCKETS = OPINIONS.length * URGENCIES.length * 2;

/** Codes below this are of cases that nobody has signed. */
export const OPEN_BELOW = 2 * WAITING_BELOW;

/** Buckets of what is signed: four labels, or none. */
export const SIGNED_BUCKETS =
  OPINIONS.length * URGENCIES.length * (LABELS.length + 2) * 2;

/** Buckets of a list without any filter. */
export const BUCKET_COUNT = 2 * WAITING_BUCKETS + SIGNED_BUCKETS;

/** Every bucket that the filter lets through; an empty list matches nothing. */
export function bucketsOf(filter: BucketFilter): Bucket[] {
  const buckets: Bucket[] = [];
  const wanted = filter.states ?? STATES;
  for (const state of wanted.filter((one) => one !== "EMPTY"))
    for (const opinion of opinionsOf(filter))
      for (const urgency of filter.urgencies ?? URGENCIES)
        for (const label of labelsOf(state, filter.labels))
          if (fitsQuality(filter.isDoubtful, opinion, label))
            for (const assigned of assignedOf(filter.isAssigned))
              buckets.push(bucket(state, opinion, urgency, label, assigned));
  // A filter may name a value twice; a bucket is still read once.
  return [...new Map(buckets.map((item) => [item.code, item])).values()];
}

function bucket(
  state: State,
  opinion: Opinion,
  urgency: UrgencyName,
  label: Label | null,
  assigned: 0 | 1,
): Bucket {
  const urgencyRank = URGENCIES.indexOf(urgency);
  const isApart = label === APART;
  const labelCode = label === null || isApart ? 0 : LABELS.indexOf(label) + 1;
  const stateCode = isApart ? STATES.length : STATES.indexOf(state);
  const upper = stateCode * 4 + OPINIONS.indexOf(opinion);
  const code = ((upper * 4 + urgencyRank) * 4 + labelCode) * 2 + assigned;
  const labelRank = isApart
    ? LABELS.length
    : label === null
      ? LABELS.length + 1
      : LABELS.indexOf(label);
  return {
    code,
    urgencyRank,
    stateRank: STATES.indexOf(state),
    labelRank,
    isAssigned: assigned === 1,
  };
}

function fitsQuality(
  wanted: boolean | null | undefined,
  opinion: Opinion,
  label: Label | null,
): boolean {
  if (wanted === null || wanted === undefined) return true;
  return (opinion === "NOT_ASSESSED" || label === APART) === wanted;
}

function opinionsOf({ assessments, aiPositive }: BucketFilter): Opinion[] {
  return OPINIONS.filter((opinion) => {
    const isAssessed = opinion === "NEGATIVE" || opinion === "POSITIVE";
    const assessment: Assessment = isAssessed ? "ASSESSED" : opinion;
    if (assessments && !assessments.includes(assessment)) return false;
    if (aiPositive === null || aiPositive === undefined) return true;
    return opinion === (aiPositive ? "POSITIVE" : "NEGATIVE");
  });
}

/** Only signed cases carry a label; a few signed ones may have none. */
function labelsOf(
  state: State,
  labels: readonly Label[] | null | undefined,
): (Label | null)[] {
  switch (state) {
    case "WAITING":
    case "READING":
      return labels ? [] : [null];
    case "SIGNED":
      return labels ? [...labels] : [null, ...LABELS, APART];
    default:
      return assertNever(state);
  }
}

function assignedOf(isAssigned: boolean | null | undefined): (0 | 1)[] {
  if (isAssigned === null || isAssigned === undefined) return [0, 1];
  return [isAssigned ? 1 : 0];
}
