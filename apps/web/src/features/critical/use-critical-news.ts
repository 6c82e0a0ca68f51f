"use client";

import {
  useApolloClient,
  useQuery,
  useSubscription,
} from "@apollo/client/react";
import {
  CRITICAL_NEWS,
  CRITICAL_OF_CASE,
  CRITICAL_RESULTS,
  CRITICAL_SUMMARY,
} from "../critical-marks/critical-queries.ts";

/** A socket may have been away: the counts are asked for now and then, too. */
const ASK_EVERY_MS = 60_000;

/** The counts of open critical results, brought up to date by the news. */
export function useCriticalSummary() {
  const client = useApolloClient();
  const { data } = useQuery(CRITICAL_SUMMARY, {
    fetchPolicy: "cache-and-network",
    pollInterval: ASK_EVERY_MS,
  });
  useSubscription(CRITICAL_NEWS, {
    onData: ({ data: { data: news } }) => {
      if (news?.worklistChanged.kind !== "CRITICAL") return;
      void client.refetchQueries({
        include: [CRITICAL_SUMMARY, CRITICAL_RESULTS, CRITICAL_OF_CASE],
      });
    },
  });
  return data?.criticalSummary ?? null;
}
