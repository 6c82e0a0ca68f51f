"use client";

import { useQuery, useSubscription } from "@apollo/client/react";
import { SegmentedControl, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { MoreButton } from "../../../components/ui/more-button.tsx";
import { ALARM_CHANGED, ALARMS } from "../alarm-queries.ts";
import { AlarmRow } from "./alarm-row.tsx";
import styles from "../../monitoring-panels/components/monitoring.module.css";
import { nextCursor } from "../../../lib/paged-lists.ts";

/** News come by the socket; this is for when it is away. */
const REFRESH_MS = 60_000;

/** What somebody has to look at, and what was. */
export function AlarmList({ siteId }: { siteId: string }) {
  const t = useTranslations("monitoring.alarms");
  const [isOpen, setOpen] = useState(true);
  const query = useQuery(ALARMS, {
    variables: { siteId, isOpen },
    fetchPolicy: "cache-and-network",
    pollInterval: REFRESH_MS,
  });
  useSubscription(ALARM_CHANGED, {
    variables: { siteId },
    onData: () => void query.refetch().catch(() => undefined),
  });
  const page = query.data?.alarms;
  const after = nextCursor(page);
  return (
    <section
      className={styles.panel}
      data-width="whole"
      aria-labelledby="alarms"
    >
      <div className={styles.panelHead}>
        <Title order={2} id="alarms">
          {t("title")}
        </Title>
        <SegmentedControl
          size="xs"
          aria-label={t("show")}
          data={[
            { value: "open", label: t("open") },
            { value: "over", label: t("history") },
          ]}
          value={isOpen ? "open" : "over"}
          onChange={(value) => setOpen(value === "open")}
        />
      </div>
      {page ? (
        page.edges.length === 0 ? (
          <p className={styles.hint}>{t(isOpen ? "none" : "historyNone")}</p>
        ) : (
          <ul className={styles.alarms}>
            {page.edges.map(({ node }) => (
              <AlarmRow key={node.id} alarm={node} />
            ))}
          </ul>
        )
      ) : query.error ? (
        <ErrorState
          title={t("failed")}
          error={query.error}
          onRetry={() => void query.refetch().catch(() => undefined)}
          inline
        />
      ) : (
        <ListSkeleton rows={1} height={56} />
      )}
      <MoreButton
        label={t("more")}
        after={after}
        isLoading={query.loading}
        fetchMore={query.fetchMore}
      />
    </section>
  );
}
