"use client";

import { useLocale, useTranslations } from "next-intl";
import { FactTable } from "../../../components/ui/fact-table.tsx";
import type { MyReadingQuery } from "../../../gql/graphql.ts";
import styles from "./my-reading.module.css";

type Outcome = MyReadingQuery["myReading"]["outcomes"][number];

/** Opinion, AI, signature and what others came to, of the reader's own cases. */
export function OutcomeTable({ rows }: { rows: readonly Outcome[] }) {
  const t = useTranslations("myReading.outcomes");
  const labels = useTranslations("findings.labels");
  const suggestion = useTranslations("findings.suggestion");
  const count = new Intl.NumberFormat(useLocale());
  if (rows.length === 0) return <p className={styles.hint}>{t("none")}</p>;
  return (
    <FactTable
      title={t("title")}
      head={[
        t("effect"),
        t("before"),
        t("ai"),
        t("signed"),
        t("settled"),
        t("cases"),
      ]}
      rows={rows.map((row) => ({
        key: [
          row.blindOpinion,
          row.aiPositive,
          row.label,
          row.settledLabel,
          row.settledBy,
        ].join(" "),
        cells: [
          t(`effects.${row.effect}`),
          labels(row.blindOpinion),
          suggestion(row.aiPositive ? "positive" : "negative"),
          labels(row.label),
          t(row.settledBy === "ADJUDICATED" ? "byThird" : "byTwo", {
            label: labels(row.settledLabel),
          }),
          count.format(row.cases),
        ],
      }))}
      scrollClass={styles.scroll}
      tableClass={styles.table}
    />
  );
}
