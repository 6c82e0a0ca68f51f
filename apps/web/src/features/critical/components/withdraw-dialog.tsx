"use client";

import { useMutation } from "@apollo/client/react";
import { Textarea } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { MAX_WORDS } from "../critical-mark.ts";
import { CRITICAL_SUMMARY, WITHDRAW_CRITICAL } from "../critical-queries.ts";
import { CriticalDialog } from "./critical-dialog.tsx";

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
    <CriticalDialog
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
      <Textarea
        data-autofocus
        label={t("reason")}
        withAsterisk
        autosize
        minRows={2}
        maxLength={MAX_WORDS}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </CriticalDialog>
  );
}
