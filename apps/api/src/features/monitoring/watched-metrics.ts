/** What the watch looks at, film by film or signature by signature. */

export const WATCHED_METRICS = [
  "grey-mean",
  "grey-span",
  "gate-distance",
  "probability",
  "refused",
  "age",
  "sex",
  "overridden",
] as const;
export type WatchedMetric = (typeof WATCHED_METRICS)[number];

interface Scale {
  bins: number;
  from: number;
  to: number;
  /** On which scale values are put into bins of one width. */
  of: (value: number) => number;
}

const same = (value: number): number => value;
const CLOSE_TO_CERTAIN = 1e-6;

const logit = (value: number): number => {
  const p = Math.min(1 - CLOSE_TO_CERTAIN, Math.max(CLOSE_TO_CERTAIN, value));
  return Math.log(p / (1 - p));
};

const YES_OR_NO: Scale = { bins: 2, from: -0.5, to: 1.5, of: same };

const SCALES: Readonly<Record<WatchedMetric, Scale>> = {
  "grey-mean": { bins: 100, from: 0, to: 1, of: same },
  "grey-span": { bins: 100, from: 0, to: 1, of: same },
  // Squared distances are around 1 and have a long tail.
  "gate-distance": {
    bins: 80,
    from: -4,
    to: 4,
    of: (value) => Math.log(Math.max(value, 1e-6)),
  },
  probability: { bins: 80, from: -8, to: 8, of: logit },
  refused: YES_OR_NO,
  age: { bins: 50, from: 0, to: 100, of: same },
  // Female 0, male 1; others and unknown are not counted.
  sex: YES_OR_NO,
  overridden: YES_OR_NO,
};

/** How many bins a figure has. */
export function binsOf(metric: WatchedMetric): number {
  return SCALES[metric].bins;
}

/** The bin of a value; what lies beyond the scale is in the last. */
export function binOf(metric: WatchedMetric, value: number): number {
  const { bins, from, to, of } = SCALES[metric];
  const at = Math.floor(((of(value) - from) / (to - from)) * bins);
  return Math.min(bins - 1, Math.max(0, at));
}

/** Whether the figure says something of one model and not of the films. */
export function isOfModel(metric: WatchedMetric): boolean {
  return metric === "gate-distance" || metric === "probability";
}

export function isWatchedMetric(name: string): name is WatchedMetric {
  return WATCHED_METRICS.some((metric) => metric === name);
}
