"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ProcedureStepFieldsFragment } from "../../gql/graphql.ts";
import { formatDateTime } from "../../lib/dates.ts";
import { useMinutesText } from "../../lib/use-minutes-text.ts";

interface Words {
  en: string;
  vi: string;
}

/** Procedures and their steps in the page's language. */
export function useProcedureWords() {
  const t = useTranslations("procedures");
  const locale = useLocale();
  const minutesText = useMinutesText();
  const inLocale = (words: Words) => (locale === "vi" ? words.vi : words.en);
  const answerOf = ({ answer, plan }: ProcedureStepFieldsFragment): string => {
    const { kind, options, unit } = plan.evidence;
    if (kind === "CHOICE") {
      const option = options.find(({ code }) => code === answer);
      return option ? inLocale(option.name) : (answer ?? "");
    }
    if (kind === "NUMBER") return `${answer ?? ""} ${unit ?? ""}`.trim();
    return t(kind === "READ_BACK" ? "readBack" : "ticked");
  };
  return {
    inLocale,
    answerOf,
    /** Where a step stands: "due in 12 min", "overdue by 1 h", "Yes". */
    stateOf: (step: ProcedureStepFieldsFragment, now: number): string => {
      if (step.state === "NOT_NEEDED") return t("notNeeded");
      if (step.state === "DONE") return answerOf(step);
      const minutes = (Date.parse(step.dueAt) - now) / 60_000;
      return minutes < 0
        ? t("overdueBy", { time: minutesText(Math.ceil(-minutes)) })
        : t("dueIn", { time: minutesText(Math.ceil(minutes)) });
    },
    /** Who did it and when, and what was corrected; empty while open. */
    historyOf: (step: ProcedureStepFieldsFragment): string[] => [
      ...(step.doneAt
        ? [
            t("doneBy", {
              name: step.doneByName ?? "",
              time: formatDateTime(step.doneAt, locale),
            }),
          ]
        : []),
      ...(step.correctedAt
        ? [
            t("correctedBy", {
              name: step.correctedByName ?? "",
              time: formatDateTime(step.correctedAt, locale),
              reason: step.correctReason ?? "",
            }),
          ]
        : []),
    ],
  };
}

/** How pressing an open step is. */
export function toneOf(
  { state, dueAt }: Pick<ProcedureStepFieldsFragment, "state" | "dueAt">,
  now: number,
): "open" | "overdue" | undefined {
  if (state !== "OPEN") return undefined;
  return Date.parse(dueAt) < now ? "overdue" : "open";
}
