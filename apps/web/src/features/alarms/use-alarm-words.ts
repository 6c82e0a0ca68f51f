"use client";

import { useLocale, useTranslations } from "next-intl";
import type { AlarmFieldsFragment } from "../../gql/graphql.ts";
import { decimal } from "../monitoring-panels/monitoring-format.ts";
import { useWatchName } from "../monitoring-panels/use-watch-name.ts";

/** As many digits as the tolerance of golden films has. */
const GOLDEN_DIGITS = 3;

const CHANGES = [
  "agreement-fell",
  "positives-rose",
  "positives-fell",
  "refusals-rose",
] as const;

/** An alarm in the reader's language. */
export function useAlarmWords() {
  const t = useTranslations("monitoring.alarms");
  const golden = useTranslations("monitoring.golden");
  const groups = useTranslations("monitoring.subgroups");
  const locale = useLocale();
  const watchName = useWatchName();
  const subjectOf = (alarm: AlarmFieldsFragment): string => {
    const { kind, subject, figures } = alarm;
    if (kind === "DRIFT") return watchName(subject);
    if (kind === "PROMOTION") {
      // "id/change": which figure, and of which model.
      const change = CHANGES.find((one) => subject.endsWith(`/${one}`));
      const model = figures.find(({ name }) => name === "model")?.text ?? "";
      return change ? t(`changes.${change}`, { model }) : model;
    }
    return subject === "" ? groups("unknownSource") : subject;
  };
  const number = ({ figures }: AlarmFieldsFragment, name: string) =>
    figures.find((figure) => figure.name === name)?.number ?? null;
  const written = (value: number | null, digits = 2, none = "–") =>
    value === null ? none : decimal(value, locale, digits);
  const percent = (share: number | null) =>
    share === null ? "–" : `${decimal(100 * share, locale, 1)} %`;
  const text = (alarm: AlarmFieldsFragment): string => {
    switch (alarm.kind) {
      case "DRIFT":
        return t("driftText", {
          films: number(alarm, "films") ?? 0,
          stability: written(number(alarm, "stability")),
          gap: written(number(alarm, "gap")),
        });
      case "AI_SILENT":
        return t("aiText", { films: number(alarm, "films") ?? 0 });
      case "SOURCE_SILENT":
        return t("sourceText", {
          silent: number(alarm, "silentDays") ?? 0,
          usual: number(alarm, "usualDays") ?? 0,
        });
      case "PROMOTION":
        return t("promotionText", {
          before: percent(number(alarm, "before")),
          after: percent(number(alarm, "after")),
          films: number(alarm, "films") ?? 0,
        });
      case "GOLDEN_FILM":
        return t("goldenText", {
          film: alarm.figures.find(({ name }) => name === "film")?.text ?? "",
          probability: written(
            number(alarm, "probability"),
            GOLDEN_DIGITS,
            golden("refused"),
          ),
          reference: written(
            number(alarm, "reference"),
            GOLDEN_DIGITS,
            golden("refused"),
          ),
        });
    }
  };
  return {
    title: (alarm: AlarmFieldsFragment) =>
      t(alarm.kind, { what: subjectOf(alarm) }),
    text,
  };
}
