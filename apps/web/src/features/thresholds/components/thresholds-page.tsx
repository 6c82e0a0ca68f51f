"use client";

import { SegmentedControl } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
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
import { useThresholdDesk } from "../use-threshold-desk.ts";
import { Desk } from "./desk.tsx";
import { Proposals } from "./proposals.tsx";
import styles from "./thresholds.module.css";

const GROUPS = ["adult", "child"] as const;

/** Where thresholds of the AI are chosen by a site's own decided cases. */
export function ThresholdsPage() {
  const t = useTranslations("thresholds");
  const [ageGroup, setAgeGroup] = useState<string>(GROUPS[0]);
  const { siteId, picker } = useOneSite(t("site"));
  return (
    <PageBody>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <div className={styles.tools}>
            <SegmentedControl
              size="xs"
              aria-label={t("group")}
              data={GROUPS.map((value) => ({
                value,
                label: t(`groups.${value}`),
              }))}
              value={ageGroup}
              onChange={setAgeGroup}
            />
            {picker}
          </div>
        }
      />
      {siteId === null ? (
        <EmptyState title={t("noSite.title")}>{t("noSite.text")}</EmptyState>
      ) : (
        <div className={styles.stack}>
          <OneGroup
            key={`${siteId} ${ageGroup}`}
            siteId={siteId}
            ageGroup={ageGroup}
          />
          <Proposals key={siteId} siteId={siteId} />
        </div>
      )}
    </PageBody>
  );
}

function OneGroup(props: { siteId: string; ageGroup: string }) {
  const t = useTranslations("thresholds");
  const state = useThresholdDesk(props.siteId, props.ageGroup);
  const { desk, error, retry } = state;
  if (desk) return <Desk {...state} desk={desk} />;
  if (error)
    return <ErrorState title={t("loadFailed")} error={error} onRetry={retry} />;
  if (desk === null)
    return (
      <EmptyState title={t("noModel.title")}>{t("noModel.text")}</EmptyState>
    );
  return <ListSkeleton rows={6} height={96} />;
}
