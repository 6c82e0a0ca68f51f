"use client";

import { useQuery } from "@apollo/client/react";
import { Skeleton, Title } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { ErrorState } from "../../../components/layout/states.tsx";
import { FactTable } from "../../../components/ui/fact-table.tsx";
import { MoreButton } from "../../../components/ui/more-button.tsx";
import table from "../../../components/ui/plain-table.module.css";
import type { DiscordantCasesQuery } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { routes } from "../../../lib/routes.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { formatProbability } from "../../triage/triage-format.ts";
import { DISCORDANT } from "../../judgements/promotion-queries.ts";
import styles from "../../judgements/components/promotions.module.css";

type Discordant =
  DiscordantCasesQuery["discordantCases"]["edges"][number]["node"];

/** Signed cases on which live model and shadow differ, for a reader to open. */
export function DiscordantCases(variables: {
  siteId: string;
  modelVersionId: string;
}) {
  const t = useTranslations("models.shadow");
  const locale = useLocale();
  const patientName = usePatientName();
  const { data, error, loading, refetch, fetchMore } = useQuery(DISCORDANT, {
    variables,
    fetchPolicy: "cache-and-network",
  });
  if (!data)
    return error ? (
      <ErrorState
        inline
        title={t("loadFailed")}
        error={error}
        onRetry={() => void refetch().catch(() => undefined)}
      />
    ) : (
      <Skeleton height={60} />
    );
  const { edges, pageInfo } = data.discordantCases;
  const said = (probability: number | null | undefined, row: Discordant) =>
    probability == null || row.livePositive == null
      ? t("kept")
      : formatProbability(probability);
  return (
    <>
      <Title order={3} mt="md" fz="md">
        {t("discordant")}
      </Title>
      <p className={styles.hint}>{t("discordantText")}</p>
      {edges.length === 0 ? (
        <p>{t("noDiscordant")}</p>
      ) : (
        <FactTable
          title={t("discordant")}
          scrollClass={styles.wide}
          tableClass={table.table}
          head={[
            t("patient"),
            t("signed"),
            t("byLive"),
            t("byShadow"),
            t("positive"),
          ]}
          rows={edges.map(({ node }) => ({
            key: node.id,
            cells: [
              <Link key="case" href={routes.case(node.case.id)}>
                {patientName(node.case.patient)}
              </Link>,
              node.case.signedAt
                ? formatDateTime(node.case.signedAt, locale)
                : null,
              said(node.liveProbability, node),
              said(node.shadowProbability, node),
              node.livePositive == null
                ? t("kept")
                : t(node.livePositive ? "onlyLive" : "onlyShadow"),
            ],
          }))}
        />
      )}
      <MoreButton
        label={t("more")}
        after={pageInfo.hasNextPage ? pageInfo.endCursor : null}
        isLoading={loading}
        fetchMore={fetchMore}
      />
    </>
  );
}
