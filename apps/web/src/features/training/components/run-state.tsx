"use client";

import {
  IconCircleCheck,
  IconClock,
  IconExclamationCircle,
  IconPlayerPause,
  IconPlayerStop,
  IconRotateClockwise2,
} from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { Progress } from "@mantine/core";
import type { TrainingState } from "../../../gql/graphql.ts";
import type { ListedRun } from "../use-training.ts";
import styles from "./training.module.css";

const ICONS: Record<TrainingState, typeof IconClock> = {
  QUEUED: IconClock,
  RUNNING: IconRotateClockwise2,
  PAUSED: IconPlayerPause,
  STOPPED: IconPlayerStop,
  DONE: IconCircleCheck,
  FAILED: IconExclamationCircle,
};

/** Where a run stands, by a word and a sign. */
export function RunState({ state }: { state: TrainingState }) {
  const t = useTranslations("training.states");
  const Icon = ICONS[state];
  return (
    <span className={styles.state} data-state={state}>
      <Icon size={15} aria-hidden />
      {t(state)}
    </span>
  );
}

const PHASES = [
  "unpacking",
  "drawing",
  "films",
  "rehearsal",
  "fold-1",
  "fold-2",
  "all",
] as const;

/** What a run does now and how much of it is done. */
export function RunProgress({ run }: { run: ListedRun }) {
  const t = useTranslations("training.progress");
  const format = useFormatter();
  const phase = PHASES.find((name) => name === run.phase);
  const share = run.total > 0 ? (100 * run.done) / run.total : null;
  return (
    <div className={styles.progress}>
      <Progress
        value={share ?? 100}
        animated={share === null}
        aria-label={t("label", { name: run.name })}
      />
      <span role="status">
        {phase === undefined ? t("begins") : t(`phases.${phase}`)}
        {run.total > 0
          ? ` · ${t("of", { done: format.number(run.done), total: format.number(run.total) })}`
          : null}
      </span>
    </div>
  );
}
