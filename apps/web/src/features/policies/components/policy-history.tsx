"use client";

import { useQuery } from "@apollo/client/react";
import { Title } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import {
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { MoreButton } from "../../../components/ui/more-button.tsx";
import { formatExactTime } from "../../../lib/dates.ts";
import {
  differencesOf,
  draftOf,
  type PolicyVersion,
} from "../../policy-draft/policy-draft.ts";
import { POLICY_VERSIONS } from "../../policy-draft/policy-queries.ts";
import styles from "../../policy-draft/components/policies.module.css";
import { PolicyChanges } from "./policy-changes.tsx";
import { nextCursor } from "../../../lib/paged-lists.ts";

/** Every version of the site's policy with what it changed. */
export function PolicyHistory({ siteId }: { siteId: string }) {
  const t = useTranslations("policies.history");
  const { data, error, loading, refetch, fetchMore } = useQuery(
    POLICY_VERSIONS,
    { variables: { siteId }, fetchPolicy: "cache-and-network" },
  );
  const page = data?.policyVersions;
  const versions = page?.edges.map(({ node }) => node) ?? [];
  return (
    <section className={styles.panel} aria-label={t("title")}>
      <Title order={2}>{t("title")}</Title>
      {loading && !page ? <ListSkeleton rows={3} height={60} /> : null}
      {error && !page ? (
        <ErrorState
          inline
          title={t("failed")}
          error={error}
          onRetry={() => void refetch()}
        />
      ) : null}
      <ol className={styles.versions}>
        {versions.map((version, index) => (
          <Version
            key={version.id}
            version={version}
            before={versions[index + 1] ?? null}
          />
        ))}
      </ol>
      <MoreButton
        label={t("more")}
        after={nextCursor(page)}
        isLoading={loading}
        fetchMore={fetchMore}
      />
    </section>
  );
}

interface VersionProps {
  version: PolicyVersion;
  /** Null for the first, and while the one before is not loaded. */
  before: PolicyVersion | null;
}

function Version({ version, before }: VersionProps) {
  const t = useTranslations("policies.history");
  const locale = useLocale();
  const isShipped = version.version === 1;
  return (
    <li className={styles.version}>
      <div className={styles.head}>
        <b>{t("version", { version: version.version })}</b>
        <span className={styles.dim}>
          {formatExactTime(version.createdAt, locale)}
        </span>
        {isShipped ? null : (
          <span className={styles.dim}>{version.byName}</span>
        )}
      </div>
      <div>{isShipped ? t("shipped") : version.reason}</div>
      {before ? (
        <PolicyChanges
          differences={differencesOf(draftOf(before), draftOf(version))}
        />
      ) : null}
    </li>
  );
}
