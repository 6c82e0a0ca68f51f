"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useModelWords } from "../model-versions/use-model-words.ts";
import type { Judgement } from "./use-loop.ts";

/** A figure with its 95 % interval. */
export interface Figure {
  value: number;
  low: number;
  high: number;
}

export type Outcome = NonNullable<Judgement["result"]>["outcomes"][number];
type Measure = Outcome["measure"];

/** Measures whose limit is the least that is enough, not the most. */
export const AT_LEAST: ReadonlySet<Measure> = new Set([
  "TRIAGE_SENSITIVITY",
  "POINTING",
]);

/** Less than this is written as 0. */
const LEAST_WRITTEN = 0.0005;

/** What a figure says the other way round: of a loss, the gain. */
function turned({ value, low, high }: Figure): Figure {
  // From 0, as the turned zero would be written "-0".
  return { value: 0 - value, low: 0 - high, high: 0 - low };
}

/** Words and numbers of a bar's outcome. */
export function useOutcomeWords() {
  const t = useTranslations("models.loop");
  const words = useModelWords();
  const format = useFormatter();
  const number = (value: number): string =>
    format.number(value, { maximumFractionDigits: value > 10 ? 0 : 3 });
  const figure = (of: Figure | null | undefined): string =>
    of
      ? t("interval", {
          value: number(of.value),
          low: number(of.low),
          high: number(of.high),
        })
      : "–";
  return {
    number,
    /** "0.912 (0.85 to 0.95)"; a dash where nothing was measured. */
    figure,
    /** A loss as what it is for the candidate: "0.116 gained (0.09 to 0.14)". */
    difference: (loss: Figure): string => {
      if (Math.abs(loss.value) < LEAST_WRITTEN)
        return t("asGood", { figure: figure(turned(loss)) });
      return loss.value > 0
        ? t("lost", { figure: figure(loss) })
        : t("gained", { figure: figure(turned(loss)) });
    },
    /** "at least 0.9": which way the limit holds, and beyond what chance. */
    limit: ({
      measure,
      limit,
      byChance,
    }: Pick<Outcome, "measure" | "limit"> &
      Partial<Pick<Outcome, "byChance">>): string =>
      byChance == null
        ? t(AT_LEAST.has(measure) ? "atLeast" : "atMost", {
            limit: number(limit),
          })
        : t("beyondChance", {
            limit: number(limit),
            chance: number(byChance),
          }),
    group: ({ dimension, group }: Outcome): string => {
      switch (dimension) {
        case "ALL":
          return t("all");
        case "AGE":
          return group === "unknown" ? t("unknown") : words.group(group);
        case "SEX":
          return t(`sex.${sexKey(group)}`);
        case "SOURCE":
          return t("source", { source: group });
      }
    },
  };
}

function sexKey(group: string): "F" | "M" | "O" | "unknown" {
  return group === "F" || group === "M" || group === "O" ? group : "unknown";
}
