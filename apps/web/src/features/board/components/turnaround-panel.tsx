"use client";

import { CompositeChart } from "@mantine/charts";
import { SegmentedControl } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { clockTime, dayName } from "../board-format.ts";
import type { Board } from "../use-board.ts";
import { useMinutesText } from "../../../lib/use-minutes-text.ts";
import styles from "./board.module.css";
import { Panel } from "./panel.tsx";

/** How long it took from arrival to signature, by hour or by day. */
export function TurnaroundPanel({ board }: { board: Board }) {
  const t = useTranslations("board.turnaround");
  const locale = useLocale();
  const minutes = useMinutesText();
  const [by, setBy] = useState<"hours" | "days">("hours");
  const spans = board[by].map((span) => ({
    ...span,
    name:
      by === "hours"
        ? clockTime(span.from, locale)
        : dayName(span.from, locale),
  }));
  const isEmpty = spans.every(({ signed }) => signed === 0);
  return (
    <Panel
      title={t("title")}
      area="turnaround"
      fileName={`board-turnaround-${by}`}
      controls={
        <SegmentedControl
          size="xs"
          aria-label={t("by")}
          data={[
            { value: "hours", label: t("hours") },
            { value: "days", label: t("days") },
          ]}
          value={by}
          onChange={setBy}
        />
      }
      table={{
        head: [
          t(by === "hours" ? "hour" : "day"),
          t("arrived"),
          t("signed"),
          t("medianMinutes"),
          t("p90Minutes"),
        ],
        rows: spans.map((span) => [
          span.name,
          span.arrived,
          span.signed,
          rounded(span.medianMinutes),
          rounded(span.p90Minutes),
        ]),
      }}
    >
      {isEmpty ? <p className={styles.hint}>{t(`none.${by}`)}</p> : null}
      <div
        className={styles.chart}
        role="img"
        aria-label={t("title")}
        hidden={isEmpty}
      >
        <CompositeChart
          h="100%"
          data={spans}
          dataKey="name"
          withLegend
          legendProps={{ itemSorter: null }}
          series={[
            {
              name: "medianMinutes",
              label: t("median"),
              color: "var(--li-text-dim)",
              type: "bar",
            },
            {
              name: "p90Minutes",
              label: t("p90"),
              color: "var(--mantine-primary-color-filled)",
              type: "line",
            },
          ]}
          curveType="linear"
          maxBarWidth={28}
          valueFormatter={minutes}
          yAxisProps={{ width: 64, tickFormatter: minutes, tickCount: 4 }}
          xAxisProps={by === "hours" ? { interval: 3 } : {}}
          barProps={{ isAnimationActive: false }}
          lineProps={{ isAnimationActive: false, connectNulls: false }}
        />
      </div>
    </Panel>
  );
}

function rounded(minutes: number | null | undefined): number | null {
  return minutes === null || minutes === undefined
    ? null
    : Math.round(minutes * 10) / 10;
}
