"use client";

import { useQuery } from "@apollo/client/react";
import { Title } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import {
  OlderPage,
  OlderPagePending,
} from "../../../components/ui/older-page.tsx";
import { formatDateTime } from "../../../lib/dates.ts";
import { nextCursor } from "../../../lib/paged-lists.ts";
import { OLDER_LOG } from "../training-queries.ts";
import type { Run } from "../use-training.ts";
import styles from "./training.module.css";

/** What a run wrote, the newest line first, and the older ones when asked for. */
export function RunLog({ run }: { run: Run }) {
  const t = useTranslations("training.log");
  return (
    <section className={styles.panel} aria-label={t("title")}>
      <Title order={2}>{t("title")}</Title>
      {run.log.edges.length === 0 ? (
        <p className={styles.hint}>{t("empty")}</p>
      ) : (
        <div
          className={styles.log}
          tabIndex={0}
          role="group"
          aria-label={t("newestFirst")}
        >
          <Lines runId={run.id} page={run.log} />
        </div>
      )}
    </section>
  );
}

function Lines({ runId, page }: { runId: string; page: Run["log"] }) {
  const t = useTranslations("training.log");
  const locale = useLocale();
  return (
    <>
      <ol>
        {page.edges.map(({ node: { seq, at, text } }) => (
          <li key={seq}>
            <time dateTime={at}>{formatDateTime(at, locale)}</time>
            <span>{text}</span>
          </li>
        ))}
      </ol>
      <OlderPage label={t("older")} after={nextCursor(page)}>
        {(after) => <OlderLines runId={runId} after={after} />}
      </OlderPage>
    </>
  );
}

function OlderLines({ runId, after }: { runId: string; after: string }) {
  const { data, error, refetch } = useQuery(OLDER_LOG, {
    variables: { id: runId, after },
  });
  return data?.trainingRun ? (
    <Lines runId={runId} page={data.trainingRun.log} />
  ) : (
    <OlderPagePending error={error} onRetry={refetch} />
  );
}
