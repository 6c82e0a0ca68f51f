"use client";

import { Progress } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { decimal, percent } from "../monitoring-format.ts";
import type { Monitoring } from "../use-monitoring.ts";
import { useWatchName } from "../use-watch-name.ts";
import styles from "./monitoring.module.css";
import { Panel, PanelTable, type Table } from "./panel.tsx";

/** From here on the population has changed (Siddiqi 2006). */
const CHANGED = 0.25;

/** How far the test of each watched figure has come. */
export function WatchPanel({ watches }: Pick<Monitoring, "watches">) {
  const t = useTranslations("monitoring.watches");
  const locale = useLocale();
  const nameOf = useWatchName();
  const table: Table = {
    head: [t("figure"), t("films"), t("level"), t("stability"), t("gap")],
    rows: watches.map(({ metric, films, needed, level, stability, gap }) => ({
      key: metric,
      cells: [
        nameOf(metric),
        new Intl.NumberFormat(locale).format(films),
        films <= needed ? (
          <span key="level" className={styles.dim}>
            {t("needs", { count: needed - films + 1 })}
          </span>
        ) : (
          <span key="level" className={styles.level}>
            <Progress
              value={100 * level}
              color={level >= 1 ? "var(--li-critical)" : "var(--li-routine)"}
              aria-label={t("level")}
            />
            {percent(level, locale)}
          </span>
        ),
        typeof stability === "number" ? (
          <span
            key="stability"
            className={stability >= CHANGED ? styles.different : undefined}
          >
            {decimal(stability, locale)}
          </span>
        ) : null,
        typeof gap === "number" ? decimal(gap, locale) : null,
      ],
      plain: [metric, films, level, stability ?? null, gap ?? null],
    })),
  };
  return (
    <Panel
      title={t("title")}
      text={t("text")}
      width="half"
      fileName="monitoring-watches"
      table={table}
    >
      <PanelTable title={t("title")} table={table} none={t("none")} />
    </Panel>
  );
}
