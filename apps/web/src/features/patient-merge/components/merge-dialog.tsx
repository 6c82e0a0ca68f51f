"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import { Alert, Radio, Stack } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type { RecordFieldsFragment } from "../../../gql/graphql.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { useKeptReason } from "../../kept-reasons/use-kept-reason.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import {
  MERGE_PATIENTS,
  MERGE_PREVIEW,
  PATIENT_MERGES,
  PATIENT_PAIRS,
} from "../merge-queries.ts";
import { MAX_REASON } from "../merge-words.ts";
import { MergeChanges } from "./merge-changes.tsx";

interface MergeDialogProps {
  pair: { first: RecordFieldsFragment; second: RecordFieldsFragment };
  onClose: () => void;
}

/** Asks which of two records counts, shows what changes, and why. */
export function MergeDialog({ pair, onClose }: MergeDialogProps) {
  const t = useTranslations("duplicates");
  const notify = useNotify();
  const [survivorId, setSurvivorId] = useState(pair.first.id);
  const kept = useKeptReason({
    kind: "MERGE",
    aboutId: pair.first.id,
    part: pair.second.id,
    label: t("reason"),
  });
  const reason = kept.value.trim();
  const mergedId =
    survivorId === pair.first.id ? pair.second.id : pair.first.id;
  const preview = useQuery(MERGE_PREVIEW, {
    variables: { survivorId, mergedId },
    fetchPolicy: "network-only",
  });
  const [merge, { loading, error }] = useMutation(MERGE_PATIENTS, {
    refetchQueries: [PATIENT_PAIRS, PATIENT_MERGES],
    awaitRefetchQueries: true,
    onCompleted: () => {
      notify.done(t("merge.done"));
      onClose();
    },
  });
  const ahead = preview.data?.mergePreview;
  return (
    <StepDialog
      size="lg"
      title={t("merge.title")}
      action={t("merge.do")}
      isReady={ahead?.isAllowed === true && reason !== ""}
      isBusy={loading}
      error={error ?? preview.error}
      errorTitle={t("notDone")}
      onClose={onClose}
      onSubmit={() => {
        const variables = { survivorId, mergedId, reason };
        kept.send(() => merge({ variables })).catch(() => undefined);
      }}
    >
      <Radio.Group
        label={t("merge.which")}
        value={survivorId}
        onChange={setSurvivorId}
      >
        <Stack gap="0.375rem" mt="0.375rem">
          {[pair.first, pair.second].map((record) => (
            <RecordChoice key={record.id} record={record} />
          ))}
        </Stack>
      </Radio.Group>
      {ahead ? (
        <MergeChanges ahead={ahead} />
      ) : preview.error ? null : (
        <div role="status">{t("merge.looking")}</div>
      )}
      {ahead?.isAllowed === false ? (
        <Alert color="yellow" p="sm">
          {t("merge.refused")}
        </Alert>
      ) : null}
      <KeptWordsField
        kept={kept}
        isFirst
        isRequired
        label={t("reason")}
        maxLength={MAX_REASON}
      />
    </StepDialog>
  );
}

function RecordChoice({ record }: { record: RecordFieldsFragment }) {
  const t = useTranslations("duplicates");
  const patientName = usePatientName();
  const numbers = record.identifiers.map(({ value }) => value).join(", ");
  return (
    <Radio
      value={record.id}
      label={t("merge.keeps", {
        name: patientName(record),
        mrn: numbers || t("noNumber"),
      })}
    />
  );
}
