"use client";

import { SegmentedControl } from "@mantine/core";
import { IconActivity, IconBuildingHospital } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
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
import { formatDateTime } from "../../../lib/dates.ts";
import {
  useMonitoring,
  type MonitoringState,
} from "../../monitoring-panels/use-monitoring.ts";
import { AlarmList } from "../../alarms/components/alarm-list.tsx";
import { Facts } from "./facts.tsx";
import { GoldenPanel } from "../../monitoring-panels/components/golden-panel.tsx";
import styles from "../../monitoring-panels/components/monitoring.module.css";
import {
  OverridePanel,
  RefusalPanel,
  SilentPanel,
} from "../../monitoring-panels/components/reason-panels.tsx";
import { SeriesPanel } from "../../monitoring-panels/components/series-panel.tsx";
import { SubgroupPanel } from "../../monitoring-panels/components/subgroup-panel.tsx";
import { WatchPanel } from "../../monitoring-panels/components/watch-panel.tsx";

const SPANS = [30, 90, 365] as const;

/** What the AI does at a site, what is normal, and what changed. */
export function MonitoringPage() {
  const t = useTranslations("monitoring");
  const [days, setDays] = useState<number>(SPANS[0]);
  const state = useMonitoring(days);
  return (
    <PageBody>
      <PageHeader
        title={t("title")}
        description={<Description state={state} />}
        actions={
          <SegmentedControl
            size="xs"
            aria-label={t("span")}
            data={SPANS.map((span) => ({
              value: String(span),
              label: t("days", { count: span }),
            }))}
            value={String(days)}
            onChange={(value) => setDays(Number(value))}
          />
        }
      />
      <Content state={state} />
    </PageBody>
  );
}

function Description({ state }: { state: MonitoringState }) {
  const t = useTranslations("monitoring");
  const locale = useLocale();
  if (state.status !== "ready") return null;
  const { site, monitoring, isStale } = state;
  return (
    <>
      {t("description", {
        site: site.name,
        time: formatDateTime(monitoring.asOf, locale),
      })}{" "}
      {isStale ? <span className={styles.stale}>{t("stale")}</span> : null}
    </>
  );
}

function Content({ state }: { state: MonitoringState }) {
  const t = useTranslations("monitoring");
  switch (state.status) {
    case "no-site":
      return (
        <EmptyState
          icon={<IconBuildingHospital size={28} />}
          title={t("noSite.title")}
        >
          {t("noSite.text")}
        </EmptyState>
      );
    case "loading":
      return <ListSkeleton rows={8} height={72} />;
    case "failed":
      return (
        <ErrorState
          title={t("loadFailed")}
          error={state.error}
          onRetry={state.retry}
        />
      );
    case "ready": {
      const { monitoring, site } = state;
      const { reasons, films, signed } = monitoring;
      return (
        <>
          <Facts monitoring={monitoring} />
          <div className={styles.panels}>
            <AlarmList siteId={site.id} />
            {films + signed === 0 ? (
              <div className={styles.panel} data-width="whole">
                <EmptyState
                  icon={<IconActivity size={28} />}
                  title={t("empty.title")}
                  inline
                >
                  {t("empty.text")}
                </EmptyState>
              </div>
            ) : (
              <>
                {monitoring.series.map((series) => (
                  <SeriesPanel key={series.measure} series={series} />
                ))}
                <SubgroupPanel subgroups={monitoring.subgroups} />
                <OverridePanel reasons={reasons} />
                <RefusalPanel reasons={reasons} />
                <SilentPanel silentSources={monitoring.silentSources} />
              </>
            )}
            <WatchPanel watches={monitoring.watches} />
            <GoldenPanel siteId={site.id} />
          </div>
        </>
      );
    }
  }
}
