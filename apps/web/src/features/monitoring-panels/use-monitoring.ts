"use client";

import { skipToken, useQuery } from "@apollo/client/react";
import { useSite } from "../../components/shell/site-context.tsx";
import type { MonitoringQuery } from "../../gql/graphql.ts";
import { MONITORING } from "./monitoring-queries.ts";

export type Monitoring = MonitoringQuery["monitoring"];
export type Series = Monitoring["series"][number];
export type Subgroup = Monitoring["subgroups"][number];
export type Share = NonNullable<Monitoring["agreement"]>;

/** As often as the figures are counted. */
const REFRESH_MS = 60_000;

export type MonitoringState =
  | { status: "no-site" }
  | { status: "loading" }
  | { status: "failed"; error: unknown; retry: () => void }
  /** `isStale`: the last try to refresh failed, the numbers are older. */
  | {
      status: "ready";
      monitoring: Monitoring;
      site: { id: string; name: string };
      isStale: boolean;
    };

/** The figures of the chosen site, or of the viewer's first. */
export function useMonitoring(days: number): MonitoringState {
  const { site, sites } = useSite();
  const shown = site ?? sites[0] ?? null;
  const { data, previousData, error, refetch } = useQuery(
    MONITORING,
    shown === null
      ? skipToken
      : {
          variables: { siteId: shown.id, days },
          fetchPolicy: "cache-and-network",
          nextFetchPolicy: "cache-and-network",
          pollInterval: REFRESH_MS,
        },
  );
  if (shown === null) return { status: "no-site" };
  const known = data ?? previousData;
  if (known) {
    const isStale = error !== undefined;
    const { monitoring } = known;
    return { status: "ready", monitoring, site: shown, isStale };
  }
  if (error) {
    const retry = () => void refetch().catch(() => undefined);
    return { status: "failed", error, retry };
  }
  return { status: "loading" };
}
