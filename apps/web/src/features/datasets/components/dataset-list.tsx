"use client";

import { useQuery } from "@apollo/client/react";
import { Button, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import {
  EmptyState,
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { useSite } from "../../../components/shell/site-context.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import { DATASETS } from "../dataset-queries.ts";
import { DatasetRow } from "./dataset-row.tsx";
import styles from "./datasets.module.css";
import { nextCursor } from "../../../lib/paged-lists.ts";

// The subscription tells of every step; this only covers a line that broke.
const POLL_MS = 10_000;

/** Every export of the viewer's sites, newest first. */
export function DatasetList() {
  const t = useTranslations("datasets.list");
  const { site } = useSite();
  const query = useDatasets();
  const { datasets } = query;
  const shown = site
    ? datasets.filter((dataset) => dataset.site.id === site.id)
    : datasets;
  return (
    <section aria-labelledby="dataset-list">
      <Title order={2} id="dataset-list" className={styles.listTitle ?? ""}>
        {t("title")}
      </Title>
      {query.isLoading ? (
        <ListSkeleton rows={5} height={78} />
      ) : query.error && datasets.length === 0 ? (
        <ErrorState
          title={t("loadFailed")}
          error={query.error}
          onRetry={query.retry}
        />
      ) : shown.length === 0 ? (
        <EmptyState title={t("emptyTitle")}>
          {datasets.length > 0 ? t("emptySite") : t("emptyText")}
        </EmptyState>
      ) : (
        <ul className={styles.list}>
          {shown.map((dataset) => (
            <DatasetRow key={dataset.id} dataset={dataset} />
          ))}
        </ul>
      )}
      {query.loadMore ? (
        <div className={styles.more}>
          <Button
            variant="subtle"
            loading={query.isLoadingMore}
            onClick={query.loadMore}
          >
            {t("loadMore")}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function useDatasets() {
  const t = useTranslations("datasets.list");
  const notify = useNotify();
  const [isLoadingMore, setLoadingMore] = useState(false);
  const query = useQuery(DATASETS, { fetchPolicy: "cache-and-network" });
  const connection = query.data?.datasets;
  const datasets = connection?.edges.map((edge) => edge.node) ?? [];
  const { startPolling, stopPolling } = query;
  const isOnItsWay = datasets.some(
    ({ state }) => state === "QUEUED" || state === "RUNNING",
  );
  useEffect(() => {
    if (!isOnItsWay) return;
    startPolling(POLL_MS);
    return stopPolling;
  }, [isOnItsWay, startPolling, stopPolling]);
  const more = async (after: string) => {
    setLoadingMore(true);
    try {
      await query.fetchMore({ variables: { after } });
    } catch (error) {
      notify.failed(t("moreFailed"), error);
    } finally {
      setLoadingMore(false);
    }
  };
  const after = nextCursor(connection);
  return {
    datasets,
    isLoading: query.loading && !connection,
    isLoadingMore,
    error: query.error,
    retry: () => void query.refetch(),
    loadMore: after ? () => void more(after) : null,
  };
}
