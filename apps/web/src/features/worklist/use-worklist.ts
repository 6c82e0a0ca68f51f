"use client";

import {
  skipToken,
  useApolloClient,
  useQuery,
  useSubscription,
} from "@apollo/client/react";
import { NetworkStatus } from "@apollo/client";
import { useEffect, useMemo, useState } from "react";
import { useIsOnline } from "../../components/shell/graphql-provider.tsx";
import type { CaseRowFragment } from "../../gql/graphql.ts";
import { useCommitted } from "../../lib/use-committed.ts";
import { QUIET, noteChange, noteHead, withoutShown } from "./worklist-live.ts";
import {
  WORKLIST,
  WORKLIST_CHANGED,
  WORKLIST_HEAD,
} from "../worklist-query/worklist-queries.ts";
import type { WorklistVariables } from "../worklist-query/worklist-variables.ts";

const PAGE_SIZE = 50;

export interface WorklistState {
  rows: readonly CaseRowFragment[];
  totalCount: number;
  totalCountIsCapped: boolean;
  /** Nothing to show yet. */
  isLoading: boolean;
  /** Rows are shown while others, or newer ones, are on their way. */
  isRefreshing: boolean;
  error: unknown;
  /** The rows on screen are old: bringing them up to date did not work. */
  isOutdated: boolean;
  hasMore: boolean;
  loadMore: () => void;
  /** How many cases of this list are not on screen yet. */
  newCount: number;
  refresh: () => void;
}

/**
 * The rows that were asked for, kept up to date where they stand.
 *
 * @param isReady false while it is not known yet what to ask for
 */
export function useWorklist(
  chosen: WorklistVariables,
  isReady: boolean,
): WorklistState {
  const variables = useCommitted(chosen);
  const result = useQuery(
    WORKLIST,
    isReady
      ? {
          variables: { ...variables, first: PAGE_SIZE },
          fetchPolicy: "cache-and-network",
          notifyOnNetworkStatusChange: true,
        }
      : skipToken,
  );
  const { data, previousData, error, networkStatus, refetch, fetchMore } =
    result;
  const connection = data?.worklist ?? previousData?.worklist;
  const rows = useMemo(
    () => connection?.edges.map(({ node }) => node) ?? [],
    [connection],
  );
  const live = useLiveChanges(variables, rows);
  const { endCursor, hasNextPage } = connection?.pageInfo ?? {};
  return {
    rows,
    totalCount: connection?.totalCount ?? 0,
    totalCountIsCapped: connection?.totalCountIsCapped ?? false,
    isLoading: !connection && !error,
    isRefreshing: connection !== undefined && isUnderWay(networkStatus),
    error: connection ? undefined : error,
    isOutdated: connection !== undefined && error !== undefined,
    hasMore: hasNextPage ?? false,
    loadMore: () => {
      if (!endCursor || isUnderWay(networkStatus)) return;
      // a failure comes back through `result`
      fetchMore({ variables: { after: endCursor } }).catch(() => undefined);
    },
    newCount: live.newCount,
    refresh: () => {
      live.reset();
      refetch().catch(() => undefined);
    },
  };
}

function isUnderWay(status: NetworkStatus): boolean {
  return status !== NetworkStatus.ready && status !== NetworkStatus.error;
}

interface LiveChanges {
  newCount: number;
  reset: () => void;
}

function useLiveChanges(
  { filter, sort }: WorklistVariables,
  rows: readonly CaseRowFragment[],
): LiveChanges {
  const [state, setState] = useState({ filter, live: QUIET });
  // Another question has other news.
  if (state.filter !== filter) setState({ filter, live: QUIET });
  const shownIds = useMemo(() => new Set(rows.map(({ id }) => id)), [rows]);
  const update = (change: (live: typeof QUIET) => typeof QUIET) =>
    setState((before) => {
      const live = change(before.live);
      return live === before.live ? before : { ...before, live };
    });

  useSubscription(WORKLIST_CHANGED, {
    variables: { siteId: filter.siteId ?? null },
    onData: ({ data: { data } }) => {
      const change = data?.worklistChanged;
      if (!change) return;
      update((live) =>
        noteChange(
          live,
          {
            kind: change.kind,
            caseId: change.caseId,
            case: change.case ?? null,
          },
          shownIds,
          filter,
        ),
      );
    },
  });
  useCatchUp(filter, sort, (headIds) =>
    update((live) => noteHead(live, headIds, shownIds)),
  );
  return {
    newCount: withoutShown(state.live, shownIds).newIds.length,
    reset: () => setState({ filter, live: QUIET }),
  };
}

/** What came while the line was down is not sent again: ask for it. */
function useCatchUp(
  filter: WorklistVariables["filter"],
  sort: WorklistVariables["sort"],
  onHead: (ids: string[]) => void,
): void {
  const client = useApolloClient();
  const isOnline = useIsOnline();
  const [wasOffline, setWasOffline] = useState(false);
  if (!isOnline && !wasOffline) setWasOffline(true);
  useEffect(() => {
    if (!isOnline || !wasOffline) return;
    let isCurrent = true;
    client
      .query({
        query: WORKLIST_HEAD,
        variables: { filter, sort, first: PAGE_SIZE },
        fetchPolicy: "no-cache",
      })
      .then(({ data }) => {
        if (!isCurrent) return;
        setWasOffline(false);
        onHead(data?.worklist.edges.map(({ node }) => node.id) ?? []);
      })
      // still away: the strip says so, and this runs again once it is back
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- runs when the line comes back, not when the callback is a new one
  }, [client, isOnline, wasOffline, filter, sort]);
}
