"use client";

import { LineChart } from "@mantine/charts";
import { SegmentedControl, Title } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { FactTable } from "../../../components/ui/fact-table.tsx";
import table from "../../../components/ui/plain-table.module.css";
import {
  curveRows,
  curvesOf,
  phasesOf,
  type Curve,
  type Phase,
} from "../curve-rows.ts";
import type { Run } from "../use-training.ts";
import styles from "./training.module.css";

const COLORS: Record<Phase, string> = {
  "fold-1": "var(--li-ai)",
  "fold-2": "var(--mantine-primary-color-filled)",
  all: "var(--li-text-dim)",
};

/** How the run learns: one curve a phase, with the figures behind it. */
export function CurvePanel({ points }: { points: Run["points"] }) {
  const t = useTranslations("training.curves");
  const format = useFormatter();
  const [chosen, setChosen] = useState<Curve>("auroc");
  const curves = curvesOf(points);
  const curve = curves.includes(chosen) ? chosen : curves[0];
  if (curve === undefined) return null;
  const rows = curveRows(points, curve);
  const phases = phasesOf(rows);
  const figure = (value: number) =>
    format.number(value, {
      minimumFractionDigits: 3,
      maximumFractionDigits: 3,
    });
  return (
    <section className={styles.panel} aria-label={t("title")}>
      <div className={styles.head}>
        <Title order={2}>{t("title")}</Title>
        <SegmentedControl
          size="xs"
          aria-label={t("choose")}
          data={curves.map((value) => ({ value, label: t(`names.${value}`) }))}
          value={curve}
          onChange={(value) => {
            setChosen(curves.find((name) => name === value) ?? "auroc");
          }}
        />
      </div>
      <p className={styles.hint}>{t(`texts.${curve}`)}</p>
      <div
        className={styles.chart}
        role="img"
        aria-label={t("chart", { name: t(`names.${curve}`) })}
      >
        <LineChart
          h={270}
          data={rows}
          dataKey="step"
          series={phases.map((name) => ({
            name,
            label: t(`phases.${name}`),
            color: COLORS[name],
          }))}
          curveType="linear"
          strokeWidth={2}
          withLegend
          connectNulls
          valueFormatter={figure}
          xAxisLabel={t("step")}
          yAxisProps={{
            width: 64,
            domain: ["auto", "auto"],
            tickFormatter: figure,
          }}
          lineProps={{ isAnimationActive: false }}
        />
      </div>
      <details>
        <summary>{t("figures")}</summary>
        <FactTable
          title={t("table", { name: t(`names.${curve}`) })}
          scrollClass={styles.scroll}
          tableClass={table.table}
          head={[t("step"), ...phases.map((name) => t(`phases.${name}`))]}
          rows={rows.map((row) => ({
            key: String(row.step),
            cells: [
              format.number(row.step),
              ...phases.map((name) => {
                const value = row[name];
                return typeof value === "number" ? figure(value) : null;
              }),
            ],
          }))}
        />
      </details>
    </section>
  );
}
