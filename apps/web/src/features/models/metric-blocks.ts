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

/**
 * Puts sets that were measured alike into one table, in the order in which
 * they came. A set with measures of its own gets a table of its own.
 */
export function metricBlocks(rows: readonly MetricRow[]): MetricBlock[] {
  const bySplit = new Map<string, MetricRow[]>();
  for (const row of rows) {
    bySplit.set(row.split, [...(bySplit.get(row.split) ?? []), row]);
  }
  const blocks = new Map<string, MetricBlock>();
  for (const [split, own] of bySplit) {
    const names = own.map((row) => row.name);
    const key = names.join("\n");
    const entry = { split, figures: own.map((row) => row.metric) };
    const splits = [...(blocks.get(key)?.splits ?? []), entry];
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

const numberOptions = {
  percent: { style: "percent", maximumFractionDigits: 0 },
  score: { minimumFractionDigits: 3, maximumFractionDigits: 3 },
  error: { minimumFractionDigits: 3, maximumFractionDigits: 3 },
} as const satisfies Record<MetricKind, Intl.NumberFormatOptions>;

export function formatFigure(
  value: number,
  name: string,
  locale: string,
): string {
  const format = new Intl.NumberFormat(locale, numberOptions[kindOf(name)]);
  return format.format(value);
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
      ? new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(
          value * 100,
        )
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
