"use client";

import { useMutation } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { WordsField } from "../../../components/ui/words-field.tsx";
import { MAX_WORDS } from "../critical-mark.ts";
import { CRITICAL_SUMMARY, WITHDRAW_CRITICAL } from "../critical-queries.ts";

interface WithdrawDialogProps {
  id: string;
  patientName: string;
  onClose: () => void;
}

/** Takes back a mark that was made by mistake. */
export function WithdrawDialog(props: WithdrawDialogProps) {
  const { id, patientName, onClose } = props;
  const t = useTranslations("critical.withdraw");
  const [reason, setReason] = useState("");
  const [withdraw, { loading, error }] = useMutation(WITHDRAW_CRITICAL, {
    refetchQueries: [CRITICAL_SUMMARY],
    onCompleted: onClose,
  });
  return (
    <StepDialog
      title={t("title", { name: patientName })}
      action={t("do")}
      isReady={reason.trim() !== ""}
      isBusy={loading}
      error={error}
      onClose={onClose}
      onSubmit={() => {
        const variables = { id, reason: reason.trim() };
        withdraw({ variables }).catch(() => undefined);
      }}
    >
      <WordsField
        isFirst
        isRequired
        label={t("reason")}
        maxLength={MAX_WORDS}
        value={reason}
        onChange={setReason}
      />
    </StepDialog>
  );
}
