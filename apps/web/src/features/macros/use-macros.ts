"use client";

import { skipToken, useQuery } from "@apollo/client/react";
import { useViewer } from "../../components/shell/viewer-context.tsx";
import type { MacroFieldsFragment } from "../../gql/graphql.ts";
import { MACROS } from "./macro-queries.ts";
import { useWholeList } from "../../lib/use-whole-list.ts";

interface Macros {
  macros: readonly MacroFieldsFragment[];
  isLoading: boolean;
  error: unknown;
  retry: () => void;
}

const NONE: readonly MacroFieldsFragment[] = [];

/** The macros of a site and one's own there, all of them. */
export function useMacros(siteId: string): Macros {
  const { can } = useViewer();
  const { data, loading, error, fetchMore, refetch } = useQuery(
    MACROS,
    can("macro:read")
      ? {
          variables: { siteId, after: null },
          fetchPolicy: "cache-and-network",
        }
      : skipToken,
  );
  const page = data?.reportMacros;
  useWholeList(page, fetchMore);
  return {
    macros: page?.edges.map(({ node }) => node) ?? NONE,
    isLoading: loading && !page,
    error: page ? undefined : error,
    retry: () => void refetch().catch(() => undefined),
  };
}
