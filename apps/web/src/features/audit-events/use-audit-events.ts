"use client";

import { useQuery } from "@apollo/client/react";
import { useMemo, useState } from "react";
import type { AuditEventsQuery } from "../../gql/graphql.ts";
import { useCommitted } from "../../lib/use-committed.ts";
import { type AuditFilters, toApiFilter } from "./audit-filters.ts";
import { AUDIT_EVENTS } from "./audit-queries.ts";

export type AuditEventRow =
  AuditEventsQuery["auditEvents"]["edges"][number]["node"];

const PAGE_SIZE = 50;

export interface AuditEventList {
  events: readonly AuditEventRow[];
  /** Nothing to show yet. */
  isLoading: boolean;
  /** The list on screen is being replaced. */
  isRefreshing: boolean;
  isLoadingMore: boolean;
  hasMore: boolean;
  error: unknown;
  moreError: unknown;
  loadMore: () => Promise<void>;
  refresh: () => void;
}

/** The events that fit the filters, newest first, page by page. */
export function useAuditEvents(chosen: AuditFilters): AuditEventList {
  const filters = useCommitted(chosen);
  // Ranges that end now end when the list was asked for, not when it is drawn.
  const [askedAt, setAskedAt] = useState(() => Date.now());
  const [isLoadingMore, setLoadingMore] = useState(false);
  const [moreError, setMoreError] = useState<unknown>(null);
  const query = useQuery(AUDIT_EVENTS, {
    variables: { filter: toApiFilter(filters, askedAt), first: PAGE_SIZE },
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
  });
  // The last list stays while the next one loads, but not beside its error.
  const shown = query.error ? query.data : (query.data ?? query.previousData);
  const connection = shown?.auditEvents;
  const events = useMemo(
    () => connection?.edges.map((edge) => edge.node) ?? [],
    [connection],
  );
  const loadMore = async () => {
    const after = query.data?.auditEvents.pageInfo.endCursor;
    if (!after || isLoadingMore) return;
    setLoadingMore(true);
    setMoreError(null);
    try {
      await query.fetchMore({ variables: { after } });
    } catch (error) {
      setMoreError(error);
    } finally {
      setLoadingMore(false);
    }
  };
  return {
    events,
    isLoading: query.loading && !connection,
    isRefreshing: query.loading && connection !== undefined && !isLoadingMore,
    isLoadingMore,
    hasMore: query.data?.auditEvents.pageInfo.hasNextPage ?? false,
    error: query.error,
    moreError,
    loadMore,
    refresh: () => {
      setMoreError(null);
      if (filters.last) setAskedAt(Date.now());
      else void query.refetch();
    },
  };
}
