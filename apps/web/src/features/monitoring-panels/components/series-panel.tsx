"use client";

import { CompositeChart } from "@mantine/charts";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { TableToggle } from "../../../components/ui/figure-controls.tsx";
import { dayText, isOutside, isShare, measured } from "../monitoring-format.ts";
import type { Series } from "../use-monitoring.ts";
import styles from "./monitoring.module.css";
import { Panel, PanelTable, type Table } from "./panel.tsx";

/** A measure day by day over the band of what is normal. */
export function SeriesPanel({ series }: { series: Series }) {
  const t = useTranslations("monitoring");
  const words = useTranslations(`monitoring.measures.${series.measure}`);
  const locale = useLocale();
  const [isTable, setTable] = useState(false);
  const title = words("title");
  const table = useTable(series);
  const { normalOf, normalNeeds } = series;
  const format = new Intl.NumberFormat(locale);
  return (
    <Panel
      title={title}
      fileName={`monitoring-${series.measure.toLowerCase().replaceAll("_", "-")}`}
      table={table}
      controls={<TableToggle isTable={isTable} onChange={setTable} />}
    >
      {isTable ? (
        <PanelTable title={title} table={table} none={t("noDays")} />
      ) : table.rows.length === 0 ? (
        <p className={styles.hint}>{t("noDays")}</p>
      ) : (
        <Chart series={series} title={title} />
      )}
      <p className={styles.hint}>
        {normalOf >= normalNeeds
          ? t("normalKnown", { count: format.format(normalOf) })
          : t("normalUnknown", {
              needed: format.format(normalNeeds),
              count: format.format(normalOf),
            })}
      </p>
    </Panel>
  );
}

function useTable({ measure, points }: Series): Table {
  const t = useTranslations("monitoring");
  const words = useTranslations(`monitoring.measures.${measure}`);
  const locale = useLocale();
  const written = (value: number | null | undefined) =>
    value === null || value === undefined
      ? null
      : measured(measure, value, locale);
  return {
    head: [
      t("day"),
      words("count"),
      words("value"),
      t("normalLow"),
      t("normalHigh"),
    ],
    rows: points
      .filter(({ value }) => value !== null)
      .map(({ day, count, value, low, high }) => ({
        key: day,
        cells: [
          dayText(day, locale),
          count,
          written(value),
          written(low),
          written(high),
        ],
        plain: [day, count, value, low, high],
      })),
  };
}

function Chart({ series, title }: { series: Series; title: string }) {
  const t = useTranslations("monitoring");
  const words = useTranslations(`monitoring.measures.${series.measure}`);
  const locale = useLocale();
  const { measure, points } = series;
  const write = (value: unknown): string =>
    Array.isArray(value)
      ? value.map((each: unknown) => write(each)).join("–")
      : typeof value === "number"
        ? measured(measure, value, locale)
        : "";
  return (
    <div className={styles.chart} role="img" aria-label={title}>
      <CompositeChart
        h="100%"
        data={points.map((point) => ({
          day: dayText(point.day, locale),
          normal:
            typeof point.low === "number" && typeof point.high === "number"
              ? [point.low, point.high]
              : null,
          value: point.value,
          outside: isOutside(point) ? point.value : null,
        }))}
        dataKey="day"
        series={[
          {
            name: "normal",
            label: t("normal"),
            color: "var(--li-text-dim)",
            type: "area",
          },
          {
            name: "value",
            label: words("value"),
            color:
              measure === "PROBABILITY"
                ? "var(--li-ai)"
                : "var(--mantine-primary-color-filled)",
            type: "line",
          },
          {
            name: "outside",
            label: words("value"),
            color: "var(--li-critical)",
            type: "line",
          },
        ]}
        curveType="linear"
        strokeWidth={1.5}
        withDots={false}
        // recharts draws a range where the value is one; Mantine's type says number.
        valueFormatter={(value: unknown) => write(value)}
        yAxisProps={{
          width: 56,
          // Left to itself the chart puts "100%" where 105 would stand.
          ...(isShare(measure)
            ? { domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1] }
            : { domain: ["auto", "auto"], tickCount: 4 }),
          // Two digits would name three neighbouring ticks alike.
          tickFormatter: isShare(measure)
            ? write
            : (value: number) =>
                value.toLocaleString(locale, { maximumFractionDigits: 3 }),
        }}
        xAxisProps={{ minTickGap: 32 }}
        areaProps={{
          isAnimationActive: false,
          stroke: "none",
          fillOpacity: 0.18,
          connectNulls: true,
        }}
        lineProps={({ name }) => ({
          isAnimationActive: false,
          connectNulls: name === "value",
          ...(name === "outside"
            ? { stroke: "none", dot: { r: 4, stroke: "none" } }
            : { dot: { r: 2 } }),
        })}
      />
    </div>
  );
}
