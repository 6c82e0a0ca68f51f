"use client";

import { useLocale, useTranslations } from "next-intl";
import type { CriticalFieldsFragment } from "../../gql/graphql.ts";
import { formatDateTime } from "../../lib/dates.ts";
import { useFindingWords } from "../findings/use-finding-words.ts";

/** Critical results in words. */
export function useCriticalWords() {
  const t = useTranslations("critical");
  const locale = useLocale();
  const { nameOf, catalogue } = useFindingWords();
  const time = (iso: string | null | undefined) =>
    iso ? formatDateTime(iso, locale) : "";
  return {
    catalogue,
    nameOf,
    /** "Pneumothorax: left, large" */
    what: ({ finding, reason }: CriticalFieldsFragment): string =>
      [finding ? nameOf(finding) : null, reason ?? null]
        .filter((part) => part !== null)
        .join(": "),
    /** What was done so far, a sentence each. */
    steps: (row: CriticalFieldsFragment): string[] => {
      const said = [
        t("steps.marked", { name: row.markedByName, time: time(row.markedAt) }),
      ];
      if (row.toldTo && row.way)
        said.push(
          t("steps.told", {
            name: row.toldTo,
            way: t(`ways.${row.way}`),
            by: row.toldByName ?? "",
            time: time(row.toldAt),
          }),
        );
      if (row.acknowledgedAt)
        said.push(
          t("steps.readBack", {
            name: row.readBackBy ?? "",
            words:
              row.readBack === row.finding && row.finding
                ? nameOf(row.finding)
                : (row.readBack ?? ""),
            by: row.acknowledgedByName ?? "",
            time: time(row.acknowledgedAt),
          }),
        );
      if (row.withdrawnAt)
        said.push(
          t("steps.withdrawn", {
            reason: row.withdrawReason ?? "",
            time: time(row.withdrawnAt),
          }),
        );
      return said;
    },
  };
}
