/** How far given probabilities are from what was found, before and after. */
import type { Figure } from "../../src/metrics/figure.ts";
import { measure } from "../../src/evaluate/measure.ts";
import { rounded, type Estimate } from "../report/intervals.ts";
import type { RecalibratedGroup } from "./recalibrate-group.ts";
import type { Answered } from "./site-groups.ts";

const FIGURES = [
  "ece",
  "brier",
  "auroc",
  "accuracy",
  "sensitivity",
  "specificity",
] as const;

/** Figures of one set of answers, those that the films can tell. */
export type SetFigures = Partial<Record<(typeof FIGURES)[number], Estimate>>;

export function figuresOf(answers: readonly Answered[]): SetFigures {
  if (answers.length === 0) return {};
  const measures = measure(answers);
  const known = FIGURES.flatMap((name): [string, Estimate][] => {
    const figure: Figure | null = measures[name];
    return figure === null ? [] : [[name, rounded(figure)]];
  });
  return Object.fromEntries(known);
}

/** As the candidate's manifest holds them, by set. */
export function figuresOfGroup(
  recalibrated: RecalibratedGroup,
): Record<string, Record<string, Estimate>> {
  const { name } = recalibrated.group;
  const sets = {
    [`site-${name}-before`]: recalibrated.before,
    [`site-${name}-after`]: recalibrated.after,
    [`site-${name}-evergreen-before`]: recalibrated.evergreenBefore,
    [`site-${name}-evergreen-after`]: recalibrated.evergreenAfter,
  };
  return Object.fromEntries(
    Object.entries(sets)
      .map(([set, answers]) => [set, figuresOf(answers)] as const)
      .filter(([, figures]) => Object.keys(figures).length > 0),
  );
}

/** The same to read: one line a figure, before and after with intervals. */
export function reliabilityTable(recalibrated: RecalibratedGroup): string {
  const { group, fit } = recalibrated;
  const figures = figuresOfGroup(recalibrated);
  const lines = ["", "-evergreen"].flatMap((part) => {
    const before = figures[`site-${group.name}${part}-before`];
    const after = figures[`site-${group.name}${part}-after`];
    if (before === undefined || after === undefined) return [];
    const films =
      part === "" ? recalibrated.before : recalibrated.evergreenBefore;
    const title =
      part === ""
        ? `${group.name}, ${String(films.length)} films, each answered by the fit of the other half:`
        : `${group.name}, ${String(films.length)} films of the evergreen test, which no fit saw:`;
    return [
      title,
      ...FIGURES.map(
        (name) =>
          `  ${name.padEnd(12)} ${shown(before[name])} -> ${shown(after[name])}`,
      ),
    ];
  });
  const { slope, intercept } = fit.calibration;
  const { balanced, triage } = fit.thresholds;
  return [
    ...lines,
    `  slope ${slope.toFixed(3)}, intercept ${intercept.toFixed(3)}; balanced point ${String(balanced)}, triage point ${String(triage)}`,
  ].join("\n");
}

function shown(estimate: Estimate | undefined): string {
  if (estimate === undefined) return "–".padEnd(24);
  const { value, low, high } = estimate;
  return `${value.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`.padEnd(
    24,
  );
}
