"use client";

import { useQuery } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import {
  PageBody,
  PageHeader,
} from "../../../components/layout/page-header.tsx";
import {
  EmptyState,
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { useOneSite } from "../../../components/shell/use-one-site.tsx";
import { ThresholdsLink } from "../../thresholds/components/thresholds-link.tsx";
import { SITE_POLICY } from "../../policy-draft/policy-queries.ts";
import { PolicyDesk } from "./policy-desk.tsx";

/** What a site wants: when cases are urgent, how long they wait, how they are read. */
export function PoliciesPage() {
  const t = useTranslations("policies");
  const { siteId, picker } = useOneSite(t("site"));
  return (
    <PageBody>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <ThresholdsLink label={t("toThresholds")} />
            {picker}
          </>
        }
      />
      {siteId === null ? (
        <EmptyState title={t("empty.title")}>{t("empty.text")}</EmptyState>
      ) : (
        <OneSite key={siteId} siteId={siteId} />
      )}
    </PageBody>
  );
}

function OneSite({ siteId }: { siteId: string }) {
  const t = useTranslations("policies");
  const { data, error, refetch } = useQuery(SITE_POLICY, {
    variables: { siteId },
    fetchPolicy: "cache-and-network",
  });
  const reload = () => {
    refetch().catch(() => undefined);
  };
  if (error && !data) {
    return (
      <ErrorState title={t("loadFailed")} error={error} onRetry={reload} />
    );
  }
  if (!data) return <ListSkeleton rows={12} height={56} />;
  const { sitePolicy: policy } = data;
  return (
    <PolicyDesk
      // What was typed belongs to the version that it was typed over.
      key={policy.id}
      siteId={siteId}
      policy={policy}
      onReload={reload}
    />
  );
}
