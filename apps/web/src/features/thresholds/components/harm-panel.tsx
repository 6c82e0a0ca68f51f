"use client";

import { LineChart } from "@mantine/charts";
import { Group, NumberInput, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FactTable } from "../../../components/ui/fact-table.tsx";
import {
  CsvButton,
  TableToggle,
} from "../../../components/ui/figure-controls.tsx";
import { useDeskWords } from "../use-desk-words.ts";
import type { ReadyDesk } from "../use-threshold-desk.ts";
import styles from "./thresholds.module.css";

interface HarmPanelProps {
  state: ReadyDesk;
  today: number;
  chosen: number;
}

/** As the API takes it. */
const MOST_WEIGHT = 1_000;

/** What errors cost at each threshold, by how much a missed case weighs. */
export function HarmPanel(props: HarmPanelProps) {
  const t = useTranslations("thresholds.harm");
  const { desk, harmWeight, setHarmWeight } = props.state;
  const [isTable, setTable] = useState(false);
  const { cases, points } = desk;
  return (
    <section className={styles.panel} aria-label={t("title")}>
      <div className={styles.panelHead}>
        <Title order={2}>{t("title")}</Title>
        <Group gap="xs">
          <TableToggle isTable={isTable} onChange={setTable} />
          <CsvButton
            title={t("title")}
            fileName="thresholds-harm"
            head={["threshold", "harm", "missed", "false alarms"]}
            rows={points.map((point) => [
              point.threshold,
              point.harm ?? null,
              point.falseNegatives,
              point.falsePositives,
            ])}
          />
        </Group>
      </div>
      <NumberInput
        className={styles.weight}
        label={t("weight.label")}
        description={t("weight.help")}
        min={1}
        max={MOST_WEIGHT}
        clampBehavior="blur"
        value={harmWeight}
        onChange={(value) => {
          if (typeof value === "number" && value >= 1 && value <= MOST_WEIGHT)
            setHarmWeight(value);
        }}
      />
      {cases === 0 ? (
        <p className={styles.hint}>{t("none")}</p>
      ) : isTable ? (
        <HarmTable {...props} />
      ) : (
        <HarmChart {...props} />
      )}
      <p className={styles.hint}>{t("text")}</p>
    </section>
  );
}

function HarmTable({ state }: HarmPanelProps) {
  const t = useTranslations("thresholds");
  const words = useDeskWords();
  return (
    <FactTable
      title={t("harm.title")}
      head={[
        t("harm.threshold"),
        t("figures.harm"),
        t("figures.missed"),
        t("figures.alarms"),
      ]}
      rows={state.desk.points.map((point) => ({
        key: String(point.threshold),
        cells: [
          words.threshold(point.threshold),
          words.number(point.harm),
          words.count(point.falseNegatives),
          words.count(point.falsePositives),
        ],
      }))}
      scrollClass={styles.tallScroll}
      tableClass={styles.table}
    />
  );
}

function HarmChart({ state, today, chosen }: HarmPanelProps) {
  const t = useTranslations("thresholds.harm");
  const words = useDeskWords();
  const { points, harmOfAll, harmOfNone } = state.desk;
  const isChanged = chosen !== today;
  // What no threshold at all would cost: to be held against. Each is named at
  // the end where the curve meets it, so that two of one height are both read.
  const ends = [
    {
      y: harmOfAll,
      label: t("all"),
      labelPosition: "insideBottomLeft" as const,
    },
    {
      y: harmOfNone,
      label: t("callNone"),
      labelPosition: "insideBottomRight" as const,
    },
  ].flatMap(({ y, label, labelPosition }) =>
    typeof y === "number"
      ? [{ y, label, labelPosition, color: "var(--li-text-dim)" }]
      : [],
  );
  const top = roundedUp(
    Math.max(...points.map(({ harm }) => harm ?? 0), ...ends.map(({ y }) => y)),
  );
  return (
    <div className={styles.chart} role="img" aria-label={t("title")}>
      <LineChart
        h="100%"
        data={points.map(({ threshold, harm }) => ({
          threshold,
          harm: harm ?? null,
        }))}
        dataKey="threshold"
        series={[{ name: "harm", label: t("model"), color: "var(--li-ai)" }]}
        referenceLines={[
          {
            x: today,
            label: t("today"),
            labelPosition: "insideBottomRight",
            color: "var(--li-text-dim)",
          },
          ...(isChanged
            ? [
                {
                  x: chosen,
                  label: t("chosen"),
                  labelPosition: "insideTopLeft" as const,
                  color: "var(--mantine-primary-color-filled)",
                },
              ]
            : []),
          ...ends,
        ]}
        withDots={false}
        curveType="linear"
        strokeWidth={2}
        valueFormatter={words.count}
        xAxisLabel={t("threshold")}
        yAxisLabel={t("axis")}
        xAxisProps={{
          type: "number",
          domain: [0, 1],
          ticks: [0, 0.25, 0.5, 0.75, 1],
          tickFormatter: words.threshold,
        }}
        yAxisProps={{ width: 64, domain: [0, top], tickCount: 5 }}
        lineProps={{ isAnimationActive: false }}
        tooltipProps={{
          labelFormatter: (value: unknown) =>
            typeof value === "number" ? words.threshold(value) : "",
        }}
      />
    </div>
  );
}

/** The axis's end: a round number above all that is drawn. */
function roundedUp(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, value))) / 2;
  return Math.max(1, Math.ceil((value * 1.05) / unit) * unit);
}
