"use client";

import { useQuery } from "@apollo/client/react";
import { useLocale, useTranslations } from "next-intl";
import {
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { formatBytes } from "../../../lib/bytes.ts";
import { RETENTION_PREVIEW } from "../erasure-queries.ts";
import panels from "../../../components/layout/panel-rows.module.css";

interface RetentionDueProps {
  siteId: string;
  keepDays: number;
}

/** What is over today if records are kept so long. */
export function RetentionDue({ siteId, keepDays }: RetentionDueProps) {
  const t = useTranslations("erasures.retention");
  const locale = useLocale();
  const { data, error, refetch } = useQuery(RETENTION_PREVIEW, {
    variables: { siteId, keepDays },
    fetchPolicy: "cache-and-network",
  });
  if (error && !data)
    return (
      <ErrorState
        title={t("previewFailed")}
        error={error}
        onRetry={() => void refetch()}
        inline
      />
    );
  if (!data) return <ListSkeleton rows={1} height={20} />;
  const { patients, films, bytes, oldest } = data.retentionPreview;
  return (
    <div className={panels.dim} role="status">
      {patients === 0
        ? t("nothing")
        : t("due", {
            patients,
            films,
            bytes: formatBytes(bytes, locale),
            oldest: oldest ?? "",
          })}
    </div>
  );
}
