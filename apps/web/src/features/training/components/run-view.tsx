"use client";

import { Alert, Button, Title } from "@mantine/core";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import {
  EmptyState,
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { CopyValue, shortHash } from "../../../components/ui/copy-value.tsx";
import { useCodeWords, useServerWords } from "../../../lib/code-words.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { routes } from "../../../lib/routes.ts";
import { isOnItsWay, useRun, type Run } from "../use-training.ts";
import { RecalibrationPanel } from "../../model-card/components/recalibration-panel.tsx";
import { CurvePanel } from "./curve-panel.tsx";
import { RunActions } from "./run-actions.tsx";
import { RunLog } from "./run-log.tsx";
import { RunProgress, RunState } from "./run-state.tsx";
import styles from "./training.module.css";

/** One run: where it stands, what it is made of, how it learns, its log. */
export function RunView({ id }: { id: string }) {
  const t = useTranslations("training");
  const { run, error, retry } = useRun(id);
  if (run) return <OneRun run={run} />;
  if (error)
    return (
      <ErrorState title={t("run.loadFailed")} error={error} onRetry={retry} />
    );
  if (run === null)
    return (
      <EmptyState title={t("run.noneTitle")}>{t("run.noneText")}</EmptyState>
    );
  return <ListSkeleton rows={3} height={96} />;
}

function OneRun({ run }: { run: Run }) {
  const t = useTranslations("training");
  const why = useCodeWords("training.run.why");
  const say = useServerWords();
  return (
    <>
      <section className={styles.panel} aria-labelledby="training-run">
        <div className={styles.head}>
          <div className={styles.name}>
            <Title order={2} id="training-run">
              {run.name}
            </Title>
            <RunState state={run.state} />
          </div>
          <div className={styles.tools}>
            <RunActions run={run} />
            {run.candidate ? (
              <Button
                component={Link}
                href={routes.models({ model: run.candidate.id })}
              >
                {t("run.toCandidate")}
              </Button>
            ) : null}
          </div>
        </div>
        {isOnItsWay(run.state) ? <RunProgress run={run} /> : null}
        {run.state === "PAUSED" ? (
          <p className={styles.hint}>
            {run.checkpointStep === null
              ? t("run.pausedAtStart")
              : t("run.pausedAt", { step: run.checkpointStep })}
          </p>
        ) : null}
        {run.state === "FAILED" ? (
          <Alert color="red" p="sm" title={t("run.failed")}>
            {say(
              run.failure,
              run.failureCode ? why(run.failureCode) : t("run.noReason"),
            )}
          </Alert>
        ) : null}
        <Facts run={run} />
      </section>
      <CurvePanel points={run.points} />
      <RecalibrationPanel groups={run.candidate?.recalibration ?? []} />
      <RunLog run={run} />
    </>
  );
}

function Facts({ run }: { run: Run }) {
  const t = useTranslations("training");
  const locale = useLocale();
  const format = useFormatter();
  const settingName = useCodeWords("training.run.settings");
  const settingValue = (value: string | null): string => {
    if (value === null) return t("facts.chosen");
    const number = Number(value);
    return Number.isNaN(number)
      ? value
      : format.number(number, { maximumSignificantDigits: 6 });
  };
  const hash = (value: string, what: string): ReactNode => (
    <CopyValue value={value} shown={shortHash(value)} what={what} />
  );
  const time = (value: string | null) =>
    value === null ? null : formatDateTime(value, locale);
  const facts: [string, ReactNode][] = [
    [t("facts.kind"), t(`kinds.${run.kind}`)],
    [t("facts.dataset"), run.datasetName],
    [t("facts.datasetHash"), hash(run.datasetSha256, t("facts.datasetHash"))],
    [t("facts.base"), run.base.name],
    [t("facts.baseHash"), hash(run.baseFingerprint, t("facts.baseHash"))],
    [t("facts.bars"), t("facts.barsVersion", { version: run.barsVersion })],
    [t("facts.by"), run.byName],
    [t("facts.asked"), time(run.createdAt)],
    [t("facts.started"), time(run.startedAt)],
    [t("facts.finished"), time(run.finishedAt)],
    [t("facts.engine"), run.engine],
    [
      t("facts.rehearsal"),
      run.rehearsal === null ? null : t(`rehearsals.${run.rehearsal}`),
    ],
    [t("facts.trainer"), run.trainer],
    [t("facts.code"), run.codeVersion],
    [t("facts.seed"), format.number(run.seed, { useGrouping: false })],
    [
      t("facts.settings"),
      run.settings
        .map(({ name, value }) =>
          t("run.setting", {
            name: settingName(name),
            value: settingValue(value),
          }),
        )
        .join(" · "),
    ],
    [
      t("facts.candidateHash"),
      run.candidateSha256 === null
        ? null
        : hash(run.candidateSha256, t("facts.candidateHash")),
    ],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
