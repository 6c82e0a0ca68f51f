"use client";

import { ScatterChart } from "@mantine/charts";
import { Select, Title } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorBar, LabelList } from "recharts";
import {
  type MetricBlock,
  axisDomain,
  axisTicks,
  formatFigure,
  formatInterval,
  kindOf,
  metricBlocks,
} from "../metric-blocks.ts";
import type { Model } from "../../model-versions/use-models.ts";
import { useModelWords } from "../../model-versions/use-model-words.ts";
import styles from "../../model-versions/components/models.module.css";

/** One measure over the sets of films, every interval drawn. */
export function MetricChart({ metrics }: { metrics: Model["metrics"] }) {
  const t = useTranslations("models.chart");
  const words = useModelWords();
  // The sets measured most alike are what can be compared.
  const block = metricBlocks(metrics).reduce<MetricBlock | null>(
    (best, next) =>
      best && best.splits.length >= next.splits.length ? best : next,
    null,
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const name = chosen ?? block?.names[0];
  if (!block || name === undefined) {
    return (
      <section className={styles.panel}>
        <Title order={2}>{t("none")}</Title>
        <p className={styles.hint}>{t("noneText")}</p>
      </section>
    );
  }
  return (
    <section className={styles.panel}>
      <div className={styles.chartHead}>
        <Title order={2}>{t("title", { metric: words.metric(name) })}</Title>
        <Select
          aria-label={t("choose")}
          data={block.names.map((value) => ({
            value,
            label: words.metric(value),
          }))}
          value={name}
          allowDeselect={false}
          onChange={setChosen}
        />
      </div>
      <Dots block={block} name={name} />
      <p className={styles.hint}>
        {kindOf(name) === "error" ? t("lessIsBetter") : t("moreIsBetter")}
      </p>
    </section>
  );
}

const ROW_HEIGHT = 60;
const AXIS_HEIGHT = 48;

function Dots({ block, name }: { block: MetricBlock; name: string }) {
  const t = useTranslations("models.chart");
  const locale = useLocale();
  const words = useModelWords();
  const column = block.names.indexOf(name);
  const points = block.splits.flatMap(({ split, figures }, index) => {
    const figure = figures[column];
    return figure ? [{ split, figure, row: index }] : [];
  });
  const kind = kindOf(name);
  const [low, high] = axisDomain(
    points.map((point) => point.figure),
    kind,
  );
  const rows = block.splits.length;
  const label = points
    .map(
      ({ split, figure }) =>
        `${words.split(split)}: ${formatFigure(figure.value, name, locale)} ${formatInterval(figure, name, locale)}`,
    )
    .join("; ");
  return (
    <div className={styles.chart} role="img" aria-label={label}>
      <ScatterChart
        h={rows * ROW_HEIGHT + AXIS_HEIGHT}
        data={[
          {
            name: words.metric(name),
            color: "var(--li-ai)",
            data: points.map(({ figure, row }) => ({
              value: figure.value,
              row,
            })),
          },
        ]}
        // Not x and y: Recharts puts its own pixels there.
        dataKey={{ x: "value", y: "row" }}
        gridAxis="y"
        strokeDasharray="2 4"
        withTooltip={false}
        accessibilityLayer={false}
        // Room for half a label at the axis's end, and for the axis's title.
        scatterChartProps={{ margin: { right: 24, bottom: 30 } }}
        xAxisLabel={t("axis", { metric: words.metric(name) })}
        xAxisProps={{
          domain: [low, high],
          ticks: axisTicks([low, high]),
          tickFormatter: (value: number) => formatAxis(value, name, locale),
        }}
        yAxisProps={{
          domain: [-0.5, rows - 0.5],
          reversed: true,
          ticks: block.splits.map((_, index) => index),
          interval: 0,
          width: 190,
          tickFormatter: (row: number) =>
            words.split(block.splits[row]?.split ?? ""),
        }}
        scatterProps={{
          children: [
            <ErrorBar
              key="interval"
              direction="x"
              width={6}
              isAnimationActive={false}
              dataKey={({ row }: { row: number }) => intervalOf(points, row)}
            />,
            <LabelList
              key="value"
              position="top"
              offset={8}
              fontSize={12}
              valueAccessor={(_, index) => {
                const value = points[index]?.figure.value;
                return value === undefined
                  ? ""
                  : formatFigure(value, name, locale);
              }}
            />,
          ],
        }}
      />
    </div>
  );
}

interface Point {
  row: number;
  figure: { value: number; low: number; high: number };
}

/** The lengths of an interval's two arms, as Recharts draws them. */
function intervalOf(points: readonly Point[], row: number): [number, number] {
  const figure = points.find((point) => point.row === row)?.figure;
  if (!figure) return [0, 0];
  return [figure.value - figure.low, figure.high - figure.value];
}

function formatAxis(value: number, name: string, locale: string): string {
  if (kindOf(name) === "percent") return formatFigure(value, name, locale);
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(
    value,
  );
}
