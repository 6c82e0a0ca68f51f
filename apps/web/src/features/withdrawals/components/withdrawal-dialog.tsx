"use client";

import { useMutation } from "@apollo/client/react";
import { Alert, Button, Group, Modal, Textarea } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import { useErrorText } from "../../../lib/error-text.ts";
import {
  LIFT,
  WITHDRAW,
  WITHDRAWAL,
  WITHDRAWALS,
} from "../withdrawal-queries.ts";
import styles from "./withdrawals.module.css";

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
  const common = useTranslations("common");
  const errorText = useErrorText();
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
    <Modal
      opened
      onClose={onClose}
      title={t(`${kind}Title`, { name: patient.name })}
      closeButtonProps={{ "aria-label": common("close") }}
      size="md"
    >
      <form
        className={styles.stack}
        onSubmit={(event) => {
          event.preventDefault();
          // A refusal is shown below; what was typed stays as it is.
          act({ variables }).catch(() => undefined);
        }}
      >
        <div>{t(`${kind}Text`)}</div>
        <Textarea
          data-autofocus
          label={t("reason")}
          withAsterisk
          autosize
          minRows={2}
          maxLength={MAX_REASON}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {error ? (
          <Alert color="red" p="sm" role="alert" title={t("notDone")}>
            {errorText(error)}
          </Alert>
        ) : null}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button
            type="submit"
            loading={loading}
            disabled={reason.trim() === ""}
          >
            {t(kind)}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
