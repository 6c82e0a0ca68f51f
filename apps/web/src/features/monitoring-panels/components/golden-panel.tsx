"use client";

import { useQuery } from "@apollo/client/react";
import { useLocale, useTranslations } from "next-intl";
import {
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import type { GoldenRunsQuery } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { decimal } from "../monitoring-format.ts";
import { GOLDEN_RUNS } from "../monitoring-queries.ts";
import styles from "./monitoring.module.css";
import { Panel, PanelTable, type Table } from "./panel.tsx";

/** What each worker answered last on the shipped films. */
export function GoldenPanel({ siteId }: { siteId: string }) {
  const t = useTranslations("monitoring.golden");
  const query = useQuery(GOLDEN_RUNS, {
    variables: { siteId },
    fetchPolicy: "cache-and-network",
    pollInterval: 300_000,
  });
  const table = useTable(query.data?.goldenRuns ?? []);
  return (
    <Panel
      title={t("title")}
      text={t("text")}
      width="half"
      fileName="monitoring-golden-films"
      table={table}
    >
      {query.data ? (
        <PanelTable title={t("title")} table={table} none={t("none")} />
      ) : query.error ? (
        <ErrorState
          title={t("failed")}
          error={query.error}
          onRetry={() => void query.refetch().catch(() => undefined)}
          inline
        />
      ) : (
        <ListSkeleton rows={3} height={32} />
      )}
    </Panel>
  );
}

/** As many digits as the tolerance has. */
const DIGITS = 3;

function useTable(runs: GoldenRunsQuery["goldenRuns"]): Table {
  const t = useTranslations("monitoring.golden");
  const locale = useLocale();
  const written = (value: number | null | undefined) =>
    typeof value === "number" ? decimal(value, locale, DIGITS) : t("refused");
  return {
    head: [
      t("film"),
      t("worker"),
      t("verdict"),
      t("probability"),
      t("reference"),
      t("when"),
    ],
    plainHead: [
      t("film"),
      t("worker"),
      t("engine"),
      t("verdict"),
      t("probability"),
      t("reference"),
      t("when"),
    ],
    rows: runs.map((run) => {
      const verdict = run.isSame ? t("same") : t("different");
      return {
        key: run.id,
        cells: [
          run.film,
          `${run.host} · ${run.engine}`,
          <span
            key="verdict"
            className={run.isSame ? undefined : styles.different}
          >
            {verdict}
          </span>,
          written(run.probability),
          written(run.reference),
          formatDateTime(run.ranAt, locale),
        ],
        plain: [
          run.film,
          run.host,
          run.engine,
          verdict,
          run.probability ?? null,
          run.reference ?? null,
          run.ranAt,
        ],
      };
    }),
  };
}
