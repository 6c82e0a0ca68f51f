"use client";

import { AreaChart } from "@mantine/charts";
import { useLocale, useTranslations } from "next-intl";
import { clockTime } from "../board-format.ts";
import type { Board } from "../use-board.ts";
import styles from "./board.module.css";
import { Panel } from "./panel.tsx";

/** From the bottom of the stack: what is least urgent lies lowest. */
const CLASSES = ["routine", "soon", "urgent", "critical"] as const;

/** How many cases of each class waited over the last day. */
export function WaitingPanel({ board }: { board: Board }) {
  const t = useTranslations("board.waiting");
  const urgency = useTranslations("findings.urgency");
  const locale = useLocale();
  const words = {
    critical: urgency("CRITICAL"),
    urgent: urgency("URGENT"),
    soon: urgency("SOON"),
    routine: urgency("ROUTINE"),
  };
  const moments = board.waitingOverDay.map((moment) => ({
    ...moment,
    time: clockTime(moment.at, locale),
  }));
  const columns = [...CLASSES].reverse();
  return (
    <Panel
      title={t("title")}
      area="waiting"
      fileName="board-waiting"
      table={{
        head: [t("time"), ...columns.map((name) => words[name])],
        rows: moments.map((moment) => [
          moment.time,
          ...columns.map((name) => moment[name]),
        ]),
      }}
    >
      <div className={styles.chart} role="img" aria-label={t("title")}>
        <AreaChart
          h="100%"
          data={moments}
          dataKey="time"
          type="stacked"
          curveType="stepAfter"
          series={CLASSES.map((name) => ({
            name,
            label: words[name],
            color: `var(--li-${name})`,
          }))}
          withLegend
          legendProps={{ itemSorter: null }}
          withDots={false}
          withGradient={false}
          fillOpacity={0.45}
          strokeWidth={1.5}
          yAxisProps={{ allowDecimals: false, width: 40 }}
          xAxisProps={{ interval: 3 }}
          areaProps={{ isAnimationActive: false }}
        />
      </div>
    </Panel>
  );
}
