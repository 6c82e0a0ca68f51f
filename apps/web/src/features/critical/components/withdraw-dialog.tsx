"use client";

import { useMutation } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { useKeptText } from "../../kept-texts/use-kept-text.ts";
import { MAX_WORDS } from "../../critical-marks/critical-mark.ts";
import {
  CRITICAL_SUMMARY,
  WITHDRAW_CRITICAL,
} from "../../critical-marks/critical-queries.ts";

interface WithdrawDialogProps {
  id: string;
  caseId: string;
  patientName: string;
  onClose: () => void;
}

/** Takes back a mark that was made by mistake. */
export function WithdrawDialog(props: WithdrawDialogProps) {
  const { id, caseId, patientName, onClose } = props;
  const t = useTranslations("critical.withdraw");
  const kept = useKeptText({
    caseId,
    kind: "CRITICAL_WITHDRAWAL",
    aboutId: id,
    label: t("reason"),
  });
  const reason = kept.value.trim();
  const [withdraw, { loading, error }] = useMutation(WITHDRAW_CRITICAL, {
    refetchQueries: [CRITICAL_SUMMARY],
    onCompleted: onClose,
  });
  return (
    <StepDialog
      title={t("title", { name: patientName })}
      action={t("do")}
      isReady={reason !== ""}
      isBusy={loading}
      error={error}
      onClose={onClose}
      onSubmit={() => {
        const variables = { id, reason };
        kept.send(() => withdraw({ variables })).catch(() => undefined);
      }}
    >
      <KeptWordsField
        kept={kept}
        isFirst
        isRequired
        label={t("reason")}
        maxLength={MAX_WORDS}
      />
    </StepDialog>
  );
}
