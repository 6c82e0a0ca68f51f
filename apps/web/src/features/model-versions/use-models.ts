"use client";

import { useQuery } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useNotify } from "../../components/ui/use-notify.tsx";
import type { ModelsQuery } from "../../gql/graphql.ts";
import { MODELS } from "./model-queries.ts";
import { nextCursor } from "../../lib/paged-lists.ts";

export type Model = ModelsQuery["modelVersions"]["edges"][number]["node"];

export interface ModelList {
  /** The one that new films go to. */
  live: Model | null;
  /** All that were loaded here, newest first, the live one among them. */
  versions: readonly Model[];
  isLoading: boolean;
  isLoadingMore: boolean;
  error: unknown;
  retry: () => void;
  /** null when there are no more. */
  loadMore: (() => void) | null;
}

export function useModels(): ModelList {
  const t = useTranslations("models");
  const notify = useNotify();
  const [isLoadingMore, setLoadingMore] = useState(false);
  const query = useQuery(MODELS, { fetchPolicy: "cache-and-network" });
  const connection = query.data?.modelVersions;
  const live = query.data?.liveModel ?? null;
  const after = nextCursor(connection);
  const more = async (cursor: string) => {
    setLoadingMore(true);
    try {
      await query.fetchMore({ variables: { after: cursor } });
    } catch (error) {
      notify.failed(t("moreFailed"), error);
    } finally {
      setLoadingMore(false);
    }
  };
  return {
    live,
    versions: connection?.edges.map((edge) => edge.node) ?? [],
    isLoading: query.loading && !connection,
    isLoadingMore,
    error: query.error,
    retry: () => void query.refetch(),
    loadMore: after ? () => void more(after) : null,
  };
}
