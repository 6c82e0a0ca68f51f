"use client";

import { skipToken, useQuery } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useNotify } from "../../components/ui/use-notify.tsx";
import type {
  TrainingRunQuery,
  TrainingRunsQuery,
  TrainingState,
} from "../../gql/graphql.ts";
import { TRAINING_RUN, TRAINING_RUNS } from "./training-queries.ts";
import { nextCursor } from "../../lib/paged-lists.ts";

export type ListedRun =
  TrainingRunsQuery["trainingRuns"]["edges"][number]["node"];
export type Run = NonNullable<TrainingRunQuery["trainingRun"]>;

const POLL_MS = 2_000;

/** Whether something still becomes of a run by itself. */
export function isOnItsWay(state: TrainingState): boolean {
  return state === "QUEUED" || state === "RUNNING";
}

/** The runs of a site, newest first; looked at again while one goes on. */
export function useRuns(siteId: string | null) {
  const t = useTranslations("training.list");
  const notify = useNotify();
  const [isLoadingMore, setLoadingMore] = useState(false);
  const query = useQuery(
    TRAINING_RUNS,
    siteId === null
      ? skipToken
      : { variables: { siteId }, fetchPolicy: "cache-and-network" },
  );
  const connection = query.data?.trainingRuns;
  const runs = connection?.edges.map(({ node }) => node) ?? [];
  usePolling(
    query,
    runs.some(({ state }) => isOnItsWay(state)),
  );
  const after = nextCursor(connection);
  const more = async () => {
    setLoadingMore(true);
    try {
      await query.fetchMore({ variables: { after } });
    } catch (error) {
      notify.failed(t("moreFailed"), error);
    } finally {
      setLoadingMore(false);
    }
  };
  return {
    runs,
    isLoading: query.loading && connection === undefined,
    error: query.error,
    retry: () => void query.refetch().catch(() => undefined),
    loadMore: after ? () => void more() : null,
    isLoadingMore,
  };
}

/** One run with curves and log; undefined while it loads. */
export function useRun(id: string) {
  const query = useQuery(TRAINING_RUN, {
    variables: { id },
    fetchPolicy: "cache-and-network",
  });
  const run = query.data?.trainingRun;
  // A worker has to bring the candidate in before it can be shown.
  const lacksCandidate = run?.state === "DONE" && run.candidate === null;
  usePolling(query, run ? isOnItsWay(run.state) || lacksCandidate : false);
  return {
    run,
    error: query.error,
    retry: () => void query.refetch().catch(() => undefined),
  };
}

function usePolling(
  query: { startPolling: (ms: number) => void; stopPolling: () => void },
  isNeeded: boolean,
): void {
  const { startPolling, stopPolling } = query;
  useEffect(() => {
    if (!isNeeded) return;
    startPolling(POLL_MS);
    return stopPolling;
  }, [isNeeded, startPolling, stopPolling]);
}
