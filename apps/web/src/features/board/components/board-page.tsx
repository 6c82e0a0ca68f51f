"use client";

import { IconBuildingHospital } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { PageBody } from "../../../components/layout/page-header.tsx";
import {
  EmptyState,
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { routes } from "../../../lib/routes.ts";
import { AdherencePanel } from "../../procedure-steps/components/adherence-panel.tsx";
import { useBoard } from "../use-board.ts";
import { clockTime } from "../board-format.ts";
import { BigNumbers } from "./big-numbers.tsx";
import styles from "./board.module.css";
import { ReaderTable, ClassTable } from "./board-tables.tsx";
import { DueList } from "./due-list.tsx";
import { TurnaroundPanel } from "./turnaround-panel.tsx";
import { WaitingPanel } from "./waiting-panel.tsx";

/** The department at a glance, for a screen on the wall. */
export function BoardPage() {
  const t = useTranslations("board");
  const locale = useLocale();
  const state = useBoard();
  switch (state.status) {
    case "no-site":
      return (
        <EmptyState
          icon={<IconBuildingHospital size={28} />}
          title={t("empty.title")}
        >
          {t("empty.text")}
        </EmptyState>
      );
    case "loading":
      return (
        <PageBody>
          <ListSkeleton rows={8} height={72} />
        </PageBody>
      );
    case "failed":
      return (
        <ErrorState
          title={t("loadFailed")}
          error={state.error}
          onRetry={state.retry}
        />
      );
    case "ready": {
      const { board, siteId, siteName, isStale } = state;
      return (
        <div className={styles.board}>
          <div className={styles.head}>
            <h1>{t("heading", { site: siteName })}</h1>
            {board.criticalOpen > 0 ? (
              <Link
                href={routes.critical()}
                className={styles.critical}
                data-alarm={board.criticalOverdue > 0 || undefined}
              >
                {t("critical", {
                  open: board.criticalOpen,
                  overdue: board.criticalOverdue,
                })}
              </Link>
            ) : null}
            <span className={styles.asOf}>
              {t("decisions", {
                confirmed: board.decisions.confirmed,
                partly: board.decisions.partly,
                overridden: board.decisions.overridden,
              })}
            </span>
            <span className={styles.asOf} data-stale={isStale || undefined}>
              {t(isStale ? "stale" : "asOf", {
                time: clockTime(board.asOf, locale),
              })}
            </span>
          </div>
          <BigNumbers board={board} />
          <div className={styles.panels}>
            <WaitingPanel board={board} />
            <DueList board={board} />
            <TurnaroundPanel board={board} />
            <ClassTable board={board} />
            <ReaderTable board={board} />
          </div>
          <AdherencePanel siteId={siteId} />
        </div>
      );
    }
  }
}
