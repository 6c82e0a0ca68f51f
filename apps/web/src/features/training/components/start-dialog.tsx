"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import {
  NativeSelect,
  NumberInput,
  SegmentedControl,
  Skeleton,
  TextInput,
} from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorState } from "../../../components/layout/states.tsx";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import type {
  TrainingChoicesQuery,
  TrainingKind,
} from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { START_TRAINING, TRAINING_CHOICES } from "../training-queries.ts";
import { NO_LIMITS, RunLimitsFields } from "./run-limits.tsx";
import styles from "./training.module.css";

const KINDS: readonly TrainingKind[] = ["RECALIBRATE", "FINE_TUNE"];
const NAME = /^[a-z0-9](?:[a-z0-9.-]{0,58}[a-z0-9])?$/u;

/** As shipped; the API has the same and says so in its schema. */
const SHIPPED = { steps: 600, looks: 3, phantoms: 200 };

interface StartDialogProps {
  siteId: string;
  onClose: () => void;
  onStarted: (id: string) => void;
}

/** What a run is to be made of, under the bars that are in force. */
export function StartDialog({ siteId, onClose, onStarted }: StartDialogProps) {
  const t = useTranslations("training.start");
  const choices = useQuery(TRAINING_CHOICES, {
    variables: { siteId },
    fetchPolicy: "network-only",
  });
  const [kind, setKind] = useState<TrainingKind>("RECALIBRATE");
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [settings, setSettings] = useState(SHIPPED);
  const [limits, setLimits] = useState(NO_LIMITS);
  const [start, { loading, error }] = useMutation(START_TRAINING);
  const datasets = datasetsOf(choices.data, siteId);
  const datasetId = chosen ?? datasets[0]?.id ?? null;
  const bars = choices.data?.bars ?? null;
  const isNamed = NAME.test(name) && !name.includes("..");
  const submit = async () => {
    if (bars === null || datasetId === null) return;
    const answer = await start({
      variables: {
        input: {
          siteId,
          kind,
          datasetId,
          name,
          barsVersion: bars.version,
          seed: limits.seed,
          memoryMegabytes: limits.memoryMegabytes,
          fineTuning:
            kind === "FINE_TUNE"
              ? {
                  ...settings,
                  engine: limits.engine,
                  // A handful of measurements, however long the run is.
                  evaluateEvery: Math.max(1, Math.round(settings.steps / 6)),
                }
              : null,
        },
      },
    });
    const id = answer.data?.startTraining.id;
    if (id !== undefined) onStarted(id);
  };
  return (
    <StepDialog
      title={t("title")}
      action={t("action")}
      isReady={bars !== null && datasetId !== null && isNamed}
      isBusy={loading}
      error={error}
      errorTitle={t("failed")}
      size="lg"
      onClose={onClose}
      // The refusal stands in the dialog.
      onSubmit={() => void submit().catch(() => undefined)}
    >
      <SegmentedControl
        aria-label={t("kind")}
        data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        value={kind}
        onChange={(value) => {
          setKind(KINDS.find((known) => known === value) ?? "RECALIBRATE");
        }}
      />
      <p className={styles.hint}>{t(`texts.${kind}`)}</p>
      {choices.error && !choices.data ? (
        <ErrorState
          inline
          title={t("choicesFailed")}
          error={choices.error}
          onRetry={() => void choices.refetch().catch(() => undefined)}
        />
      ) : choices.data === undefined ? (
        <Skeleton height={60} />
      ) : (
        <Choices
          datasets={datasets}
          datasetId={datasetId}
          bars={bars}
          onChoose={setChosen}
        />
      )}
      <TextInput
        label={t("name")}
        description={t("nameText")}
        value={name}
        maxLength={60}
        required
        error={name !== "" && !isNamed ? t("nameWrong") : null}
        onChange={(event) => {
          setName(event.currentTarget.value);
        }}
      />
      {kind === "FINE_TUNE" ? (
        <div className={styles.fields}>
          {(["steps", "looks", "phantoms"] as const).map((field) => (
            <NumberInput
              key={field}
              label={t(`fields.${field}`)}
              min={LIMITS[field].min}
              max={LIMITS[field].max}
              allowDecimal={false}
              value={settings[field]}
              onChange={(value) => {
                setSettings({
                  ...settings,
                  [field]: Number(value) || LIMITS[field].min,
                });
              }}
            />
          ))}
        </div>
      ) : null}
      <RunLimitsFields kind={kind} limits={limits} onChange={setLimits} />
    </StepDialog>
  );
}

const LIMITS = {
  steps: { min: 1, max: 20_000 },
  looks: { min: 0, max: 16 },
  phantoms: { min: 8, max: 2_000 },
} as const;

interface ChoicesProps {
  datasets: ReturnType<typeof datasetsOf>;
  datasetId: string | null;
  bars: TrainingChoicesQuery["bars"] | null;
  onChoose: (id: string) => void;
}

function Choices({ datasets, datasetId, bars, onChoose }: ChoicesProps) {
  const t = useTranslations("training.start");
  const locale = useLocale();
  return (
    <>
      {datasets.length === 0 ? (
        <p role="alert">{t("noDataset")}</p>
      ) : (
        <NativeSelect
          label={t("dataset")}
          description={t("datasetText")}
          data={datasets.map(({ id, name, total, createdAt }) => ({
            value: id,
            label: t("datasetOption", {
              name,
              count: total,
              at: formatDateTime(createdAt, locale),
            }),
          }))}
          value={datasetId ?? ""}
          onChange={(event) => {
            onChoose(event.currentTarget.value);
          }}
        />
      )}
      {bars === null ? null : (
        <p className={styles.hint}>
          {t("bars", {
            version: bars.version,
            at: formatDateTime(bars.createdAt, locale),
          })}
        </p>
      )}
    </>
  );
}

/** The site's finished ones, newest first. */
function datasetsOf(data: TrainingChoicesQuery | undefined, siteId: string) {
  const nodes = data?.datasets.edges.map(({ node }) => node) ?? [];
  return nodes.filter(
    ({ state, site }) => state === "READY" && site.id === siteId,
  );
}
