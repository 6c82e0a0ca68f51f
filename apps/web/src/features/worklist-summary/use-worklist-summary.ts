"use client";

import { useQuery } from "@apollo/client/react";
import type { WorklistSummaryQuery } from "../../gql/graphql.ts";
import { WORKLIST_SUMMARY } from "../worklist-query/worklist-queries.ts";

export const SUMMARY_REFRESH_MS = 30_000;

export type WorklistSummary = WorklistSummaryQuery["worklistSummary"];

/** The numbers above the list, asked for again twice a minute. */
export function useWorklistSummary(
  siteId: string | null,
): WorklistSummary | undefined {
  const { data, previousData } = useQuery(WORKLIST_SUMMARY, {
    variables: { siteId },
    fetchPolicy: "cache-and-network",
    pollInterval: SUMMARY_REFRESH_MS,
  });
  return (data ?? previousData)?.worklistSummary;
}
