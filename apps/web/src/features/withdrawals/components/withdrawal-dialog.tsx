"use client";

import { useMutation } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import { WordsField } from "../../../components/ui/words-field.tsx";
import {
  LIFT,
  WITHDRAW,
  WITHDRAWAL,
  WITHDRAWALS,
} from "../withdrawal-queries.ts";

/** Longest reason that the API takes, in characters. */
const MAX_REASON = 1_000;

interface WithdrawalDialogProps {
  kind: "withdraw" | "lift";
  patient: { id: string; name: string };
  onClose: () => void;
}

/** Asks why a patient is withdrawn from learning, or given back. */
export function WithdrawalDialog(props: WithdrawalDialogProps) {
  const { kind, patient, onClose } = props;
  const t = useTranslations("withdrawals");
  const notify = useNotify();
  const [reason, setReason] = useState("");
  const [act, { loading, error }] = useMutation(
    kind === "withdraw" ? WITHDRAW : LIFT,
    {
      refetchQueries: [WITHDRAWAL, WITHDRAWALS],
      awaitRefetchQueries: true,
      onCompleted: () => {
        notify.done(t(kind === "withdraw" ? "withdrawn" : "lifted"));
        onClose();
      },
    },
  );
  const variables = { patientId: patient.id, reason: reason.trim() };
  return (
    <StepDialog
      title={t(`${kind}Title`, { name: patient.name })}
      action={t(kind)}
      isReady={reason.trim() !== ""}
      isBusy={loading}
      error={error}
      errorTitle={t("notDone")}
      onClose={onClose}
      onSubmit={() => {
        act({ variables }).catch(() => undefined);
      }}
    >
      <div>{t(`${kind}Text`)}</div>
      <WordsField
        isFirst
        isRequired
        label={t("reason")}
        maxLength={MAX_REASON}
        value={reason}
        onChange={setReason}
      />
    </StepDialog>
  );
}
