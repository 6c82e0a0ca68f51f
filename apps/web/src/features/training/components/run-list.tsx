"use client";

import { Button, Title } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import {
  EmptyState,
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { FactTable } from "../../../components/ui/fact-table.tsx";
import table from "../../../components/ui/plain-table.module.css";
import { formatDateTime } from "../../../lib/dates.ts";
import type { useRuns } from "../use-training.ts";
import { RunState } from "./run-state.tsx";
import styles from "./training.module.css";

interface RunListProps {
  list: ReturnType<typeof useRuns>;
  shownId: string | null;
  onShow: (id: string) => void;
}

/** Every run of the site; choosing one shows it above. */
export function RunList({ list, shownId, onShow }: RunListProps) {
  const t = useTranslations("training");
  const locale = useLocale();
  const { runs, error } = list;
  if (list.isLoading) return <ListSkeleton rows={4} height={40} />;
  if (error && runs.length === 0)
    return (
      <ErrorState
        title={t("list.loadFailed")}
        error={error}
        onRetry={list.retry}
      />
    );
  if (runs.length === 0)
    return (
      <EmptyState title={t("list.emptyTitle")}>
        {t("list.emptyText")}
      </EmptyState>
    );
  return (
    <section className={styles.panel}>
      <Title order={2}>{t("list.title")}</Title>
      <FactTable
        title={t("list.title")}
        scrollClass={styles.wide}
        tableClass={table.table}
        head={[
          t("list.name"),
          t("list.kind"),
          t("list.state"),
          t("list.dataset"),
          t("list.by"),
          t("list.when"),
        ]}
        rows={runs.map((run) => ({
          key: run.id,
          cells: [
            run.id === shownId ? (
              <span key="name" className={styles.current} aria-current="true">
                {run.name}
              </span>
            ) : (
              <Button
                key="name"
                className={styles.other ?? ""}
                variant="subtle"
                size="compact-sm"
                onClick={() => {
                  onShow(run.id);
                }}
              >
                {run.name}
              </Button>
            ),
            t(`kinds.${run.kind}`),
            <RunState key="state" state={run.state} />,
            run.datasetName,
            run.byName,
            formatDateTime(run.createdAt, locale),
          ],
        }))}
      />
      {list.loadMore ? (
        <Button
          variant="subtle"
          loading={list.isLoadingMore}
          onClick={list.loadMore}
        >
          {t("list.more")}
        </Button>
      ) : null}
    </section>
  );
}
