import type { Figure } from "../metrics/figure.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Measures } from "./measure.ts";

const FIGURES = [
  "auroc",
  "auprc",
  "accuracy",
  "sensitivity",
  "specificity",
  "ece",
  "brier",
  "pointing",
  "pointingChance",
  "iou",
] as const;

const LOCALISATION_FIGURES = [
  "pointing",
  "pointingChance",
  "iou",
  "iobb10",
  "iobb25",
  "iobb50",
  "saliencyAuprc",
] as const;

/** An evaluation as a table to read: one line a group, intervals below the whole. */
export function evaluationTable(evaluation: Evaluation): string {
  const groups: [string, Measures][] = [
    ["all", evaluation.overall],
    ...prefixed("source", evaluation.bySource),
    ...prefixed("age", evaluation.byAgeGroup),
    ...prefixed("sex", evaluation.bySex),
  ];
  const header = ["", "n", "positive", "refused", ...FIGURES];
  const lines = groups.map(([name, measures]) => [
    name,
    String(measures.n),
    String(measures.positives),
    String(measures.refused),
    ...FIGURES.map((figure) => shortFigure(measures[figure])),
  ]);
  const intervals = FIGURES.map(
    (figure) => `  ${figure}: ${longFigure(evaluation.overall[figure])}`,
  );
  return [
    alignColumns([header, ...lines]),
    "",
    "all, with 95 % intervals:",
    ...intervals,
    ...localisationLines(evaluation.overall),
    "",
  ].join("\n");
}

function localisationLines({ localisation }: Measures): string[] {
  return (["boxes", "masks"] as const).flatMap((drawn) => {
    const measures = localisation[drawn];
    if (measures === null) return [];
    const title = `all with ${drawn} (${String(measures.films)} films):`;
    const figures = LOCALISATION_FIGURES.map(
      (figure) => `  ${figure}: ${longFigure(measures[figure])}`,
    );
    return ["", title, ...figures];
  });
}

function prefixed(
  prefix: string,
  groups: Record<string, Measures>,
): [string, Measures][] {
  return Object.entries(groups).map(([name, m]) => [`${prefix} ${name}`, m]);
}

function shortFigure(figure: Figure | null): string {
  return figure === null ? "–" : figure.value.toFixed(3);
}

function longFigure(figure: Figure | null): string {
  if (figure === null) return "–";
  const [value, low, high] = [figure.value, figure.low, figure.high].map((x) =>
    x.toFixed(3),
  );
  return `${String(value)} (${String(low)}–${String(high)})`;
}

/** First column left, the others right. */
export function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0
            ? cell.padEnd(widths[column] ?? 0)
            : cell.padStart(widths[column] ?? 0),
        )
        .join("  "),
    )
    .join("\n");
}
