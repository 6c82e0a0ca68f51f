"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import { Button, SegmentedControl, Title } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import {
  EmptyState,
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { MoreButton } from "../../../components/ui/more-button.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type {
  DeliveryState,
  NotificationDeliveriesQuery,
} from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import {
  NOTIFICATION_DELIVERIES,
  SEND_NOTIFICATION_AGAIN,
} from "../notification-queries.ts";
import styles from "./notifications.module.css";
import { nextCursor } from "../../../lib/paged-lists.ts";

type Delivery =
  NotificationDeliveriesQuery["notificationDeliveries"]["edges"][number]["node"];

const STATES = ["DEAD", "WAITING", "SENT", "DROPPED"] as const;
const REFRESH_MS = 30_000;

/** What was given up, what waits, what has left. */
export function DeliveryList({ siteId }: { siteId: string }) {
  const t = useTranslations("notifications.deliveries");
  const [state, setState] = useState<DeliveryState>("DEAD");
  const query = useQuery(NOTIFICATION_DELIVERIES, {
    variables: { siteId, state },
    fetchPolicy: "cache-and-network",
    pollInterval: REFRESH_MS,
  });
  const { data, error, refetch } = query;
  const page = data?.notificationDeliveries;
  const after = nextCursor(page);
  return (
    <section className={styles.way} aria-labelledby="deliveries">
      <div className={styles.head}>
        <Title order={2} id="deliveries">
          {t("title")}
        </Title>
        <SegmentedControl
          size="xs"
          aria-label={t("show")}
          data={STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
          value={state}
          onChange={(value) =>
            setState(STATES.find((one) => one === value) ?? "DEAD")
          }
        />
      </div>
      {error && !page ? (
        <ErrorState
          title={t("failed")}
          error={error}
          onRetry={() => void refetch()}
          inline
        />
      ) : !page ? (
        <ListSkeleton rows={3} height={52} />
      ) : page.edges.length === 0 ? (
        <EmptyState title={t(`none.${state}`)} inline />
      ) : (
        <ul className={styles.rows}>
          {page.edges.map(({ node }) => (
            <Row key={node.id} delivery={node} />
          ))}
        </ul>
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

function Row({ delivery }: { delivery: Delivery }) {
  const t = useTranslations("notifications.deliveries");
  const kinds = useTranslations("notifications.kinds");
  const ways = useTranslations("notifications.ways");
  const locale = useLocale();
  const notify = useNotify();
  const errorText = useErrorText();
  const { id, kind, way, state, tries, lastError, userName } = delivery;
  const [again, { loading }] = useMutation(SEND_NOTIFICATION_AGAIN, {
    variables: { id },
    refetchQueries: [NOTIFICATION_DELIVERIES],
    awaitRefetchQueries: true,
    onCompleted: () => notify.done(t("againDone")),
    onError: (error) => notify.failed(t("againFailed"), errorText(error)),
  });
  const what = t("what", { kind: kinds(kind), name: userName });
  const time =
    state === "WAITING"
      ? t("next", { time: formatDateTime(delivery.dueAt, locale) })
      : formatDateTime(delivery.endedAt ?? delivery.createdAt, locale);
  return (
    <li className={styles.row}>
      <div>
        <strong>{what}</strong>
        <div className={styles.hint}>
          {ways(way)} · {time}
          {tries > 0 ? ` · ${t("tries", { count: tries })}` : null}
        </div>
        {lastError ? <div className={styles.bad}>{lastError}</div> : null}
      </div>
      {state === "DEAD" ? (
        <Button
          variant="default"
          size="compact-sm"
          loading={loading}
          aria-label={t("againOf", { what })}
          onClick={() => void again()}
        >
          {t("again")}
        </Button>
      ) : null}
    </li>
  );
}
