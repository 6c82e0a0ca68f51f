"use client";

import type { ReactNode } from "react";
import { nextCursor } from "../../lib/paged-lists.ts";
import { MoreButton } from "../ui/more-button.tsx";
import { ErrorState, ListSkeleton } from "./states.tsx";

/** A query of a list, as Apollo gives it. */
export interface ListQuery {
  loading: boolean;
  error?: unknown;
  refetch: () => Promise<unknown>;
  fetchMore: (options: { variables: { after: string } }) => Promise<unknown>;
}

/** A page of a connection. */
export interface ListPage<Row> {
  edges: readonly { node: Row }[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

interface PagedListProps<Row> {
  query: ListQuery;
  /** Nothing until the first answer. */
  page: ListPage<Row> | undefined;
  /** What did not work where it could not be loaded. */
  failed: string;
  /** Asks for the next page. */
  more: string;
  /** In its place while nothing is in it. */
  empty: ReactNode;
  /** Of a row, in pixels, while it loads. */
  rowHeight: number;
  /** Beside other things of a page. */
  inline?: boolean;
  children: (rows: Row[]) => ReactNode;
}

/** A list with what stands in its place while it loads, fails or is empty. */
export function PagedList<Row>(props: PagedListProps<Row>) {
  const { query, page } = props;
  if (!page)
    return query.error ? (
      <ErrorState
        title={props.failed}
        error={query.error}
        onRetry={() => void query.refetch().catch(() => undefined)}
        inline={props.inline ?? false}
      />
    ) : (
      <ListSkeleton rows={3} height={props.rowHeight} />
    );
  const { edges } = page;
  if (edges.length === 0) return props.empty;
  return (
    <>
      {props.children(edges.map(({ node }) => node))}
      <MoreButton
        label={props.more}
        after={nextCursor(page)}
        isLoading={query.loading}
        fetchMore={query.fetchMore}
      />
    </>
  );
}
