import { inReadingOrder } from "./manifest-order.ts";

/** A figure with its 95 % interval. */
export interface Figure {
  value: number;
  low: number;
  high: number;
}

export interface MetricRow {
  split: string;
  name: string;
  metric: Figure;
}

/** Sets of films on which the same things were measured: one table. */
export interface MetricBlock {
  names: readonly string[];
  splits: readonly { split: string; figures: readonly Figure[] }[];
}

// Curves, heads that nothing shows, and figures under other fits than its own: the card, on the same page, has them
// with the words they need.
const CARD_ONLY = /-(reliability|held-out|left-out)$|^(hintViral|nihFindings)$/;

/**
 * Puts sets that were measured alike into one table, sets and measures in
 * reading order. A set with measures of its own gets a table of its own.
 */
export function metricBlocks(all: readonly MetricRow[]): MetricBlock[] {
  const rows = all.filter(({ split }) => !CARD_ONLY.test(split));
  const blocks = new Map<string, MetricBlock>();
  for (const split of inReadingOrder(rows.map((row) => row.split))) {
    const own = new Map(
      rows
        .filter((row) => row.split === split)
        .map((row) => [row.name, row.metric]),
    );
    const names = inReadingOrder(own.keys());
    const figures = names.flatMap((name) => own.get(name) ?? []);
    const key = names.join("\n");
    const splits = [...(blocks.get(key)?.splits ?? []), { split, figures }];
    blocks.set(key, { names, splits });
  }
  return [...blocks.values()];
}

export type MetricKind = "percent" | "score" | "error";

const SCORES = new Set(["auroc", "auprc"]);
const ERRORS = new Set(["ece", "brier"]);

/**
 * How a measure is written: shares as whole percents, areas under curves with
 * three digits, errors (where less is better) with three digits as well.
 */
export function kindOf(name: string): MetricKind {
  if (SCORES.has(name)) return "score";
  return ERRORS.has(name) ? "error" : "percent";
}

const THREE_DIGITS = {
  minimumFractionDigits: 3,
  maximumFractionDigits: 3,
} as const;

/** Between a number and its unit; keeps both on one line. */
const NARROW_SPACE = "\u202f";

export function formatFigure(
  value: number,
  name: string,
  locale: string,
): string {
  // A measured share may be all or nothing; only a model's opinion may not.
  if (kindOf(name) === "percent") {
    return `${Math.round(value * 100)}${NARROW_SPACE}%`;
  }
  return new Intl.NumberFormat(locale, THREE_DIGITS).format(value);
}

/** "(88–93)" or "(0.992–0.998)": an interval beside its figure. */
export function formatInterval(
  { low, high }: Figure,
  name: string,
  locale: string,
): string {
  const kind = kindOf(name);
  // The percent sign stands with the figure already.
  const write = (value: number) =>
    kind === "percent"
      ? String(Math.round(value * 100))
      : formatFigure(value, name, locale);
  return `(${write(low)}–${write(high)})`;
}

/**
 * The ends of an axis that shows every interval whole: to 1 for shares and
 * scores, from 0 for errors, in round steps.
 */
export function axisDomain(
  figures: readonly Figure[],
  kind: MetricKind,
): [number, number] {
  if (kind === "error") {
    const high = Math.max(0.05, ...figures.map((figure) => figure.high));
    return [0, Math.ceil(high * 20) / 20];
  }
  const low = Math.min(0.9, ...figures.map((figure) => figure.low));
  return [Math.max(0, Math.floor(low * 10) / 10), 1];
}

/** Round marks along an axis, its ends among them. */
export function axisTicks([low, high]: [number, number]): number[] {
  const span = high - low;
  const step =
    span <= 0.1 ? 0.02 : span <= 0.3 ? 0.05 : span <= 0.6 ? 0.1 : 0.2;
  const count = Math.round(span / step);
  // Multiplied and rounded, because adding up steps drifts.
  return Array.from(
    { length: count + 1 },
    (_, index) => Math.round((low + index * step) * 100) / 100,
  ).filter((tick) => tick <= high);
}
