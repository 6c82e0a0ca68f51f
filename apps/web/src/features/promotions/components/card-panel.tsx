"use client";

import { Title } from "@mantine/core";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { shortHash } from "../../../components/ui/copy-value.tsx";
import { FactTable, type FactRow } from "../../../components/ui/fact-table.tsx";
import table from "../../../components/ui/plain-table.module.css";
import {
  formatFigure,
  formatInterval,
  type Figure,
} from "../../model-card/metric-blocks.ts";
import { useModelWords } from "../../model-versions/use-model-words.ts";
import type { Model } from "../../model-versions/use-models.ts";
import { cardDifference } from "../card-difference.ts";
import styles from "../../judgements/components/promotions.module.css";

/** Who made a candidate, and what its card says unlike the live model's. */
export function CardPanel({ live, model }: { live: Model; model: Model }) {
  const t = useTranslations("models.difference");
  const rows = useRows(live, model);
  return (
    <section className={styles.panel} aria-label={t("title")}>
      <Title order={2}>{t("title")}</Title>
      <p>
        {model.makers.length === 0
          ? t("noMakers")
          : t("makers", { by: model.makers.join(", ") })}{" "}
        {t("patients", { count: model.trainingPatients })}
      </p>
      {rows.length === 0 ? (
        <p>{t("none")}</p>
      ) : (
        <FactTable
          title={t("title")}
          scrollClass={styles.tall}
          tableClass={table.table}
          head={[t("what"), live.name, model.name]}
          rows={rows}
        />
      )}
    </section>
  );
}

function useRows(live: Model, model: Model): FactRow[] {
  const t = useTranslations("models.difference");
  const format = useFormatter();
  const locale = useLocale();
  const words = useModelWords();
  const { facts, thresholds, data, figures } = cardDifference(live, model);
  const fact = (value: string | number) =>
    typeof value === "string" ? shortHash(value) : format.number(value);
  // Finer than a probability is shown: else two that differ look alike.
  const threshold = (value: number) =>
    format.number(value, { style: "percent", minimumFractionDigits: 1 });
  const figure = (value: Figure | null, name: string) =>
    value === null
      ? t("notMeasured")
      : `${formatFigure(value.value, name, locale)} ${formatInterval(value, name, locale)}`;
  return [
    ...facts.map((row) => ({
      key: row.fact,
      cells: [t(row.fact), fact(row.live), fact(row.candidate)],
    })),
    ...thresholds.map((row) => ({
      key: `threshold ${row.finding} ${row.group} ${row.operatingPoint}`,
      cells: [
        t("threshold", {
          point: words.point(row.operatingPoint),
          finding: words.finding(row.finding),
          group: words.group(row.group),
        }),
        row.live === null ? null : threshold(row.live),
        row.candidate === null ? null : threshold(row.candidate),
      ],
    })),
    ...data.map((row) => ({
      key: `data ${row.name}`,
      cells: [
        t("data", { name: words.collection(row.name) }),
        row.live === null ? null : format.number(row.live),
        row.candidate === null ? null : format.number(row.candidate),
      ],
    })),
    ...figures.map((row) => ({
      key: `figure ${row.split} ${row.name}`,
      cells: [
        t("figure", {
          name: words.metric(row.name),
          split: words.split(row.split),
        }),
        figure(row.live, row.name),
        figure(row.candidate, row.name),
      ],
    })),
  ];
}
