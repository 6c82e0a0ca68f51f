"use client";

import { useQuery } from "@apollo/client/react";
import { Button, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useLocale, useTranslations } from "next-intl";
import panels from "../../../components/layout/panel-rows.module.css";
import {
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import type { RetentionQuery } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { RETENTION } from "../erasure-queries.ts";
import { RetentionDialog } from "./retention-dialog.tsx";
import { RetentionDue } from "./retention-due.tsx";

type Version = RetentionQuery["retentionVersions"]["edges"][number]["node"];

/** How long a site keeps records, and what is over today. */
export function RetentionPanel({ siteId }: { siteId: string }) {
  const t = useTranslations("erasures.retention");
  const { can } = useViewer();
  const [isOpen, dialog] = useDisclosure(false);
  const query = useQuery(RETENTION, {
    variables: { siteId },
    fetchPolicy: "cache-and-network",
  });
  const versions = query.data?.retentionVersions.edges.map(({ node }) => node);
  const [current] = versions ?? [];
  return (
    <section aria-labelledby="retention">
      <Title order={2} id="retention">
        {t("title")}
      </Title>
      <p className={panels.dim}>{t("description")}</p>
      {query.loading && !versions ? (
        <ListSkeleton rows={1} height={56} />
      ) : !versions ? (
        <ErrorState
          title={t("failed")}
          error={query.error}
          onRetry={() => void query.refetch()}
          inline
        />
      ) : (
        <div className={panels.row} data-under-text>
          <div>
            <strong>
              {current?.keepDays
                ? t("days", { count: current.keepDays })
                : t("forEver")}
            </strong>
            {versions.map((version) => (
              <VersionLine key={version.id} version={version} />
            ))}
            {current?.keepDays ? (
              <RetentionDue siteId={siteId} keepDays={current.keepDays} />
            ) : null}
          </div>
          {can("patient:erase") ? (
            <div className={panels.buttons}>
              <Button size="compact-sm" variant="default" onClick={dialog.open}>
                {t("change")}
              </Button>
            </div>
          ) : null}
        </div>
      )}
      {isOpen ? (
        <RetentionDialog
          siteId={siteId}
          version={current?.version ?? 0}
          keepDays={current?.keepDays ?? null}
          onClose={dialog.close}
        />
      ) : null}
    </section>
  );
}

function VersionLine({ version }: { version: Version }) {
  const t = useTranslations("erasures.retention");
  const locale = useLocale();
  return (
    <div className={panels.dim}>
      {t("version", {
        version: version.version,
        days: version.keepDays
          ? t("days", { count: version.keepDays })
          : t("forEver"),
        when: formatDateTime(version.createdAt, locale),
        name: version.byName,
        reason: version.reason,
      })}
    </div>
  );
}
