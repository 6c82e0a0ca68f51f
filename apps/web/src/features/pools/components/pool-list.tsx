"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  EmptyState,
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { RowSteps } from "../../../components/ui/row-steps.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type { PoolFieldsFragment } from "../../../gql/graphql.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import { CLOSE_POOL, READER_POOLS } from "../pool-queries.ts";
import { PoolDialog } from "./pool-dialog.tsx";
import styles from "./pools.module.css";

/** The open pools of a site, each with who reads for it. */
export function PoolList({ siteId }: { siteId: string }) {
  const t = useTranslations("pools");
  const [edited, setEdited] = useState<PoolFieldsFragment | "new" | null>(null);
  const { data, error, refetch } = useQuery(READER_POOLS, {
    variables: { siteId },
    fetchPolicy: "cache-and-network",
  });
  const pools = data?.readerPools;
  return (
    <section aria-label={t("title")}>
      <div className={styles.head}>
        <Button size="compact-sm" onClick={() => setEdited("new")}>
          {t("add")}
        </Button>
      </div>
      {error && !pools ? (
        <ErrorState
          title={t("failed")}
          error={error}
          onRetry={() => void refetch()}
          inline
        />
      ) : !pools ? (
        <ListSkeleton rows={3} height={56} />
      ) : pools.length === 0 ? (
        <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>
      ) : (
        <ul className={styles.rows}>
          {pools.map((pool) => (
            <Row key={pool.id} pool={pool} onChange={() => setEdited(pool)} />
          ))}
        </ul>
      )}
      {edited ? (
        <PoolDialog
          siteId={siteId}
          pool={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </section>
  );
}

interface RowProps {
  pool: PoolFieldsFragment;
  onChange: () => void;
}

function Row({ pool, onChange }: RowProps) {
  const t = useTranslations("pools");
  const errorText = useErrorText();
  const notify = useNotify();
  const [isAsking, setAsking] = useState(false);
  const [close, { loading, error }] = useMutation(CLOSE_POOL, {
    variables: { id: pool.id },
    refetchQueries: [READER_POOLS],
    awaitRefetchQueries: true,
    onCompleted: () => notify.done(t("closed", { name: pool.name })),
  });
  const { members, waiting } = pool;
  return (
    <li className={styles.row}>
      <div>
        <strong>{pool.name}</strong>
        <div className={styles.dim}>
          {t("count", { members: members.length, waiting })}
        </div>
        <div>{members.map(({ name }) => name).join(", ")}</div>
        {isAsking ? <div className={styles.dim}>{t("closeHelp")}</div> : null}
        {error ? (
          <div className={styles.error} role="alert">
            {errorText(error)}
          </div>
        ) : null}
      </div>
      {pool.viewerCanEdit ? (
        <RowSteps
          edit={{
            text: t("edit"),
            label: t("changeOf", { name: pool.name }),
            onClick: onChange,
          }}
          remove={{
            start: t("closeStart"),
            label: t("closeOf", { name: pool.name }),
            text: t("close"),
            isBusy: loading,
            onClick: () => void close().catch(() => undefined),
          }}
          isAsking={isAsking}
          onAsk={setAsking}
        />
      ) : null}
    </li>
  );
}
