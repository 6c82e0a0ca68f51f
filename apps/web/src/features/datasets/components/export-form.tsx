"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import {
  Alert,
  Button,
  Checkbox,
  Input,
  SegmentedControl,
  Select,
  TextInput,
  Title,
} from "@mantine/core";
import { useTranslations } from "next-intl";
import { type SyntheticEvent, useState } from "react";
import { useSite } from "../../../components/shell/site-context.tsx";
import { DayField } from "../../../components/ui/day-field.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type { Label } from "../../../gql/graphql.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import {
  type Agreement,
  type ChoiceFieldsProps,
  type DatasetChoice,
  EMPTY_CHOICE,
  type FormatChoice,
  PLAIN_FORMAT,
  problemOf,
  proposedName,
  toDatasetFilter,
} from "../dataset-choice.ts";
import { CREATE_DATASET, DATASETS, EXPORT_MODELS } from "../dataset-queries.ts";
import { useDatasetPreview } from "../use-dataset-preview.ts";
import styles from "./datasets.module.css";
import { FormatFields } from "./format-fields.tsx";
import { NarrowerFields } from "./narrower-fields.tsx";
import { ExportPreview } from "./export-preview.tsx";

const LABELS: readonly Label[] = ["PNEUMONIA", "NORMAL", "OTHER"];
const LONGEST_NAME = 120;

/** Which signed cases, with what they come to while one chooses. */
export function ExportForm() {
  const t = useTranslations("datasets.form");
  const errorText = useErrorText();
  const { choice, change, name, setName, siteCode } = useForm();
  const filter = toDatasetFilter(choice);
  const [format, setFormat] = useState<FormatChoice>(PLAIN_FORMAT);
  const preview = useDatasetPreview(filter);
  const notify = useNotify();
  const [create, { loading, error }] = useMutation(CREATE_DATASET, {
    refetchQueries: [DATASETS],
    onCompleted: ({ createDataset }) => {
      notify.done(t("created", { name: createDataset.name }));
      setName(null);
    },
  });
  const title = name ?? proposedName(siteCode, new Date());
  const isNameMissing = title.trim() === "";
  const nothingFits = preview.counts?.cases === 0 && !preview.isStale;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!filter || isNameMissing || nothingFits) return;
    // A refusal is shown in the form; what was chosen stays as it is.
    create({ variables: { name: title.trim(), filter, format } }).catch(
      () => undefined,
    );
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Title order={2}>{t("title")}</Title>
      <ChoiceFields choice={choice} change={change} />
      <FormatFields
        format={format}
        change={(part) => setFormat((before) => ({ ...before, ...part }))}
      />
      <ExportPreview
        preview={preview}
        problem={problemOf(choice)}
        pictureText={format.pictureText}
      />
      <TextInput
        label={t("name")}
        value={title}
        maxLength={LONGEST_NAME}
        error={isNameMissing ? t("nameMissing") : null}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {error ? (
        <Alert color="red" p="sm" role="alert" title={t("createFailed")}>
          {errorText(error)}
        </Alert>
      ) : null}
      <Button
        type="submit"
        loading={loading}
        disabled={filter === null || isNameMissing || nothingFits}
      >
        {t("create")}
      </Button>
    </form>
  );
}

/** What is chosen; the site follows the header until one is picked here. */
function useForm() {
  const { sites, site } = useSite();
  const [edited, setEdited] = useState<DatasetChoice>(EMPTY_CHOICE);
  const [name, setName] = useState<string | null>(null);
  const onlySite = sites.length === 1 ? sites[0] : undefined;
  const siteId = edited.siteId ?? site?.id ?? onlySite?.id ?? null;
  const choice = { ...edited, siteId };
  const siteCode = sites.find(({ id }) => id === siteId)?.code ?? null;
  const change = (part: Partial<DatasetChoice>) =>
    setEdited((before) => ({ ...before, ...part }));
  return { choice, change, name, setName, siteCode };
}

function ChoiceFields({ choice, change }: ChoiceFieldsProps) {
  const t = useTranslations("datasets.form");
  const labels = useTranslations("findings.labels");
  const { sites } = useSite();
  return (
    <>
      <Select
        label={t("site")}
        placeholder={t("chooseSite")}
        data={sites.map(({ id, code, name }) => ({
          value: id,
          label: `${code} · ${name}`,
        }))}
        value={choice.siteId}
        allowDeselect={false}
        onChange={(siteId) => change({ siteId })}
      />
      <DayFields choice={choice} change={change} />
      <Checkbox.Group
        label={t("labels")}
        description={t("labelsHint")}
        value={[...choice.labels]}
        onChange={(chosen) =>
          change({ labels: LABELS.filter((label) => chosen.includes(label)) })
        }
      >
        <div className={styles.labels}>
          {LABELS.map((label) => (
            <Checkbox key={label} value={label} label={labels(label)} />
          ))}
        </div>
      </Checkbox.Group>
      <ModelField choice={choice} change={change} />
      <AgreementField choice={choice} change={change} />
      <NarrowerFields choice={choice} change={change} />
    </>
  );
}

function DayFields({ choice, change }: ChoiceFieldsProps) {
  const t = useTranslations("datasets.form");
  return (
    <div className={styles.days}>
      <DayField
        label={t("signedFrom")}
        value={choice.signedFrom}
        onChange={(signedFrom) => change({ signedFrom })}
      />
      <DayField
        label={t("signedTo")}
        value={choice.signedTo}
        error={problemOf(choice) === "wrong-order" ? t("wrongOrder") : null}
        onChange={(signedTo) => change({ signedTo })}
      />
    </div>
  );
}

function ModelField({ choice, change }: ChoiceFieldsProps) {
  const t = useTranslations("datasets.form");
  const { data } = useQuery(EXPORT_MODELS);
  const models = data?.modelVersions.edges.map(({ node }) => node) ?? [];
  return (
    <Select
      label={t("model")}
      placeholder={t("anyModel")}
      data={models.map(({ id, name, isLive }) => ({
        value: id,
        label: isLive ? t("live", { name }) : name,
      }))}
      value={choice.modelVersionId}
      clearable
      onChange={(modelVersionId) => change({ modelVersionId })}
    />
  );
}

const AGREEMENTS: readonly Agreement[] = ["any", "agreed", "overridden"];

function AgreementField({ choice, change }: ChoiceFieldsProps) {
  const t = useTranslations("datasets.form");
  return (
    <Input.Wrapper label={t("agreement")} labelElement="div">
      <SegmentedControl
        fullWidth
        aria-label={t("agreement")}
        data={AGREEMENTS.map((value) => ({
          value,
          label: t(`agreements.${value}`),
        }))}
        value={choice.agreement}
        onChange={(agreement) => change({ agreement })}
      />
    </Input.Wrapper>
  );
}
