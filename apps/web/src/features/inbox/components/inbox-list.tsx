"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import { Button, Group } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import {
  EmptyState,
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { MoreButton } from "../../../components/ui/more-button.tsx";
import type { InboxQuery } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { routes } from "../../../lib/routes.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { INBOX, READ_INBOX, UNREAD_INBOX } from "../inbox-queries.ts";
import styles from "./inbox.module.css";
import { nextCursor } from "../../../lib/paged-lists.ts";

type Item = InboxQuery["inbox"]["edges"][number]["node"];

/** What one was told, the newest first; following a note marks it as read. */
export function InboxList({ onLeave }: { onLeave: () => void }) {
  const t = useTranslations("inbox");
  const { data, error, loading, refetch, fetchMore } = useQuery(INBOX, {
    fetchPolicy: "network-only",
  });
  const [read, reading] = useMutation(READ_INBOX, {
    refetchQueries: [INBOX, UNREAD_INBOX],
  });
  const list = data?.inbox;
  const mark = (ids: string[] | null) =>
    read({ variables: { ids } }).catch(() => undefined);
  if (error && !list)
    return (
      <ErrorState
        title={t("failed")}
        error={error}
        onRetry={() => void refetch()}
        inline
      />
    );
  if (!list) return <ListSkeleton rows={4} height={44} />;
  if (list.edges.length === 0)
    return <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>;
  return (
    <>
      <Group justify="space-between" mb="xs">
        <strong>{t("title")}</strong>
        <Button
          size="compact-xs"
          variant="default"
          loading={reading.loading}
          onClick={() => void mark(null)}
        >
          {t("readAll")}
        </Button>
      </Group>
      <ul className={styles.list}>
        {list.edges.map(({ node }) => (
          <Note
            key={node.id}
            item={node}
            onOpen={() => {
              if (!node.readAt) void mark([node.id]);
              onLeave();
            }}
          />
        ))}
      </ul>
      <MoreButton
        label={t("more")}
        after={nextCursor(list)}
        isLoading={loading}
        fetchMore={fetchMore}
      />
    </>
  );
}

function Note({ item, onOpen }: { item: Item; onOpen: () => void }) {
  const t = useTranslations("inbox");
  const locale = useLocale();
  const page = usePageOf(item);
  const { kind, isUrgent, actorName, createdAt, readAt } = item;
  return (
    <li className={styles.note} data-unread={readAt ? undefined : true}>
      <div>
        {t(`kinds.${kind}`, { actor: actorName })}
        {isUrgent ? <strong> {t("urgent")}</strong> : null}
        {readAt ? null : <span className={styles.sign}> {t("unread")}</span>}
      </div>
      {page ? (
        <Link href={page.href} prefetch={false} onClick={onOpen}>
          {page.text}
        </Link>
      ) : (
        <span className={styles.dim}>{t("gone")}</span>
      )}
      <time className={styles.dim} dateTime={createdAt}>
        {formatDateTime(createdAt, locale)}
      </time>
    </li>
  );
}

/** The page that a note is of; null of a case that is out of sight. */
function usePageOf(item: Item): { href: string; text: string } | null {
  const t = useTranslations("inbox");
  const patientName = usePatientName();
  const { case: of, kind, modelVersionId, trainingRunId } = item;
  switch (kind) {
    case "ALARM":
      return { href: routes.monitoring(), text: t("alarm") };
    case "PROMOTION_PROPOSED":
    case "PROMOTION_DECIDED":
    case "JUDGED":
      return {
        href: routes.models({ model: modelVersionId ?? undefined }),
        text: t("candidate"),
      };
    case "THRESHOLD_PROPOSED":
    case "THRESHOLD_DECIDED":
      return { href: routes.thresholds(), text: t("thresholds") };
    case "TRAINING_DONE":
    case "TRAINING_FAILED":
      return {
        href: routes.training({ run: trainingRunId ?? undefined }),
        text: t("run"),
      };
    default:
      return of
        ? { href: routes.case(of.id), text: patientName(of.patient) }
        : null;
  }
}
