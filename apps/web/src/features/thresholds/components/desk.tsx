"use client";

import { Alert } from "@mantine/core";
import { useTranslations } from "next-intl";
import { EmptyState } from "../../../components/layout/states.tsx";
import { nearestPoint } from "../desk-points.ts";
import type { ReadyDesk } from "../use-threshold-desk.ts";
import { BasisPanel } from "./basis-panel.tsx";
import { ChangePanel } from "./change-panel.tsx";
import { FigurePanel } from "./figure-panel.tsx";
import { HarmPanel } from "./harm-panel.tsx";
import styles from "./thresholds.module.css";

/** The desk of a site and age group: slider, figures, harm and the change. */
export function Desk(state: ReadyDesk) {
  const t = useTranslations("thresholds");
  const { desk, tried, error } = state;
  const { today, points } = desk;
  if (today === null)
    return (
      <EmptyState title={t("unknownGroup.title")}>
        {t("unknownGroup.text")}
      </EmptyState>
    );
  const threshold = tried ?? today;
  const chosen = nearestPoint(points, threshold);
  const before = nearestPoint(points, today);
  if (chosen === null || before === null) return null;
  return (
    <>
      {error ? (
        <Alert color="red" p="sm" role="alert">
          {t("stale")}
        </Alert>
      ) : null}
      <div className={styles.columns}>
        <div className={styles.stack}>
          <FigurePanel state={state} today={before} chosen={chosen} />
          <HarmPanel state={state} today={today} chosen={threshold} />
        </div>
        <div className={styles.stack}>
          <ChangePanel state={state} today={today} chosen={threshold} />
          <BasisPanel state={state} />
        </div>
      </div>
    </>
  );
}
