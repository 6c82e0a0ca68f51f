"use client";

import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import {
  EmptyState,
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { formatExactTime } from "../../../lib/dates.ts";
import { useAuditSentence } from "../../audit-events/use-audit-sentence.tsx";
import { CASE_HISTORY } from "../../cases/case-queries.ts";
import styles from "./case-history.module.css";

const PAGE_SIZE = 20;

/** Everything that happened to a case, newest first, as sentences. */
export function CaseHistory({ caseId }: { caseId: string }) {
  const t = useTranslations("cases.history");
  const locale = useLocale();
  const sentence = useAuditSentence();
  const { data, error, loading, refetch, fetchMore } = useQuery(CASE_HISTORY, {
    variables: { id: caseId, first: PAGE_SIZE },
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
  });
  const history = data?.case?.history;
  if (error && !history) {
    return (
      <ErrorState
        title={t("notLoaded")}
        error={error}
        onRetry={() => void refetch().catch(() => undefined)}
        inline
      />
    );
  }
  if (!history) return <ListSkeleton rows={6} height={40} />;
  if (history.edges.length === 0) {
    return (
      <EmptyState title={t("empty.title")} inline>
        {t("empty.text")}
      </EmptyState>
    );
  }
  const { hasNextPage, endCursor } = history.pageInfo;
  return (
    <>
      <ol className={styles.timeline}>
        {history.edges.map(({ node }) => (
          <li key={node.id}>
            <div>
              {sentence({
                ...node,
                subjectName: node.subjectName ?? null,
                patientName: node.patientName ?? null,
                before: node.before ?? null,
                after: node.after ?? null,
                details: node.details ?? null,
              })}
            </div>
            <time dateTime={node.at}>{formatExactTime(node.at, locale)}</time>
          </li>
        ))}
      </ol>
      {hasNextPage && endCursor ? (
        <Button
          variant="default"
          fullWidth
          loading={loading}
          onClick={() =>
            void fetchMore({ variables: { after: endCursor } }).catch(
              () => undefined,
            )
          }
        >
          {t("more")}
        </Button>
      ) : null}
    </>
  );
}
