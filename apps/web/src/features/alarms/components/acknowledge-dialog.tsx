"use client";

import { useMutation } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type { AlarmFieldsFragment } from "../../../gql/graphql.ts";
import { useKeptReason } from "../../kept-reasons/use-kept-reason.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { ACKNOWLEDGE_ALARM, ALARMS } from "../alarm-queries.ts";
import { MONITORING } from "../../monitoring-panels/monitoring-queries.ts";

/** Longest note that the API takes, in characters. */
const MAX_NOTE = 1_000;

interface AcknowledgeDialogProps {
  alarm: AlarmFieldsFragment;
  /** The alarm in words. */
  title: string;
  onClose: () => void;
}

/** Asks what an alarm was. */
export function AcknowledgeDialog(props: AcknowledgeDialogProps) {
  const { alarm, title, onClose } = props;
  const t = useTranslations("monitoring.alarms");
  const notify = useNotify();
  const kept = useKeptReason({
    kind: "ALARM",
    aboutId: alarm.id,
    label: t("note"),
  });
  const note = kept.value.trim();
  const [act, { loading, error }] = useMutation(ACKNOWLEDGE_ALARM, {
    refetchQueries: [ALARMS, MONITORING],
    onCompleted: () => {
      notify.done(t("done"));
      onClose();
    },
  });
  return (
    <StepDialog
      title={t("dialogTitle")}
      action={t("submit")}
      isReady={note !== ""}
      isBusy={loading}
      error={error}
      errorTitle={t("notDone")}
      onClose={onClose}
      onSubmit={() => {
        const variables = { id: alarm.id, note };
        kept.send(() => act({ variables })).catch(() => undefined);
      }}
    >
      <strong>{title}</strong>
      <div>
        {t("dialogText")} {alarm.kind === "DRIFT" ? t("dialogDrift") : null}
      </div>
      <KeptWordsField
        kept={kept}
        isFirst
        isRequired
        label={t("note")}
        maxLength={MAX_NOTE}
      />
    </StepDialog>
  );
}
