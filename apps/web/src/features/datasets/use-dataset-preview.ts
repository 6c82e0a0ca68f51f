"use client";

import { skipToken, useQuery } from "@apollo/client/react";
import { useDebouncedValue } from "@mantine/hooks";
import type { DatasetFilter, DatasetPreviewQuery } from "../../gql/graphql.ts";
import { DATASET_PREVIEW } from "./dataset-queries.ts";

export interface DatasetPreview {
  counts: DatasetPreviewQuery["datasetPreview"] | null;
  /** The counts belong to an earlier choice; the new ones are on their way. */
  isStale: boolean;
  error: unknown;
  retry: () => void;
}

// Each count is an entry of the audit trail, so single clicks are not counted.
const PAUSE_MS = 500;

/** What a filter comes to, once the person has stopped changing it. */
export function useDatasetPreview(
  filter: DatasetFilter | null,
): DatasetPreview {
  const wanted = JSON.stringify(filter);
  const [asked] = useDebouncedValue(wanted, PAUSE_MS);
  // Written by JSON.stringify above, from this very type.
  const askedFilter = JSON.parse(asked) as DatasetFilter | null;
  const query = useQuery(
    DATASET_PREVIEW,
    askedFilter
      ? {
          variables: { filter: askedFilter },
          fetchPolicy: "cache-and-network" as const,
          notifyOnNetworkStatusChange: true,
        }
      : skipToken,
  );
  return {
    counts: (query.data ?? query.previousData)?.datasetPreview ?? null,
    isStale: query.loading || wanted !== asked,
    error: query.error,
    retry: () => void query.refetch(),
  };
}
