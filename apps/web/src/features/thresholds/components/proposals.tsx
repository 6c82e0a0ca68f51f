"use client";

import { useQuery } from "@apollo/client/react";
import { Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import {
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { MoreButton } from "../../../components/ui/more-button.tsx";
import { THRESHOLD_PROPOSALS } from "../threshold-queries.ts";
import { ProposalRow } from "./proposal-row.tsx";
import styles from "./thresholds.module.css";
import { nextCursor } from "../../../lib/paged-lists.ts";

/** Changes that were proposed at a site, and what became of them. */
export function Proposals({ siteId }: { siteId: string }) {
  const t = useTranslations("thresholds.proposals");
  const { data, error, loading, fetchMore, refetch } = useQuery(
    THRESHOLD_PROPOSALS,
    { variables: { siteId }, fetchPolicy: "cache-and-network" },
  );
  const page = data?.thresholdProposals;
  return (
    <section className={styles.panel} aria-label={t("title")}>
      <Title order={2}>{t("title")}</Title>
      {page ? (
        page.edges.length === 0 ? (
          <p className={styles.hint}>{t("none")}</p>
        ) : (
          <ul className={styles.proposals}>
            {page.edges.map(({ node }) => (
              <ProposalRow key={node.id} proposal={node} />
            ))}
          </ul>
        )
      ) : error ? (
        <ErrorState
          inline
          title={t("loadFailed")}
          error={error}
          onRetry={() => void refetch().catch(() => undefined)}
        />
      ) : (
        <ListSkeleton rows={2} height={72} />
      )}
      <MoreButton
        label={t("more")}
        after={nextCursor(page)}
        isLoading={loading}
        fetchMore={fetchMore}
      />
    </section>
  );
}
