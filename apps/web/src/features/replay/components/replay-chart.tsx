"use client";

import { LineChart } from "@mantine/charts";
import { useTranslations } from "next-intl";
import { useMinutesText } from "../../../lib/use-minutes-text.ts";
import type { Replay } from "../use-replay.ts";
import styles from "./replay.module.css";

const COLORS = {
  FIRST_COME: "var(--li-text-dim)",
  AI_ONLY: "var(--li-ai)",
  POLICY: "var(--mantine-primary-color-filled)",
  DRAFT: "var(--li-urgent)",
} as const;

/** The waits that so much of the cases do not pass, one line an order. */
export function ReplayChart({ replay }: { replay: Replay }) {
  const t = useTranslations("replay");
  const minutes = useMinutesText();
  const [first] = replay.results;
  const steps = (first?.curve.length ?? 1) - 1;
  const data = (first?.curve ?? []).map((_, step) => ({
    share: Math.round((step / steps) * 100),
    ...Object.fromEntries(
      replay.results.map(({ order, curve }) => [order, curve[step] ?? null]),
    ),
  }));
  return (
    <div className={styles.chart} role="img" aria-label={t("chart.title")}>
      <LineChart
        h={280}
        data={data}
        dataKey="share"
        series={replay.results.map(({ order }) => ({
          name: order,
          label: t(`orders.${order}`),
          color: COLORS[order],
        }))}
        withDots={false}
        withLegend
        legendProps={{ itemSorter: null }}
        curveType="linear"
        strokeWidth={2}
        valueFormatter={minutes}
        xAxisLabel={t("chart.share")}
        xAxisProps={{ ticks: [0, 20, 40, 60, 80, 100], unit: " %" }}
        yAxisProps={{ width: 72, tickFormatter: minutes }}
        lineProps={{ isAnimationActive: false }}
      />
    </div>
  );
}
