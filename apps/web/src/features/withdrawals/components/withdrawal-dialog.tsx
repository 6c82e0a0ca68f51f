"use client";

import { useMutation } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type { IdentityState } from "../../../gql/graphql.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { useKeptReason } from "../../kept-reasons/use-kept-reason.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import {
  LIFT,
  WITHDRAW,
  WITHDRAWAL,
  WITHDRAWALS,
} from "../withdrawal-queries.ts";

/** Longest reason that the API takes, in characters. */
const MAX_REASON = 1_000;

/** What the page Export says of exports, which a withdrawal changes. */
const OF_EXPORTS = ["Datasets", "DatasetPreview"];

/** Whom it is about, as a dialog names him. */
export interface WithdrawnPatient {
  id: string;
  name: string;
  identityState: IdentityState;
}

interface WithdrawalDialogProps {
  kind: "withdraw" | "lift";
  patient: WithdrawnPatient;
  onClose: () => void;
}

/** Asks why a patient is withdrawn from learning, or given back. */
export function WithdrawalDialog(props: WithdrawalDialogProps) {
  const { kind, patient, onClose } = props;
  const t = useTranslations("withdrawals");
  const notify = useNotify();
  const patientName = usePatientName();
  const kept = useKeptReason({
    kind: kind === "withdraw" ? "WITHDRAWAL" : "WITHDRAWAL_LIFT",
    aboutId: patient.id,
    label: t("reason"),
  });
  const reason = kept.value.trim();
  const [act, { loading, error }] = useMutation(
    kind === "withdraw" ? WITHDRAW : LIFT,
    {
      refetchQueries: [WITHDRAWAL, WITHDRAWALS, ...OF_EXPORTS],
      awaitRefetchQueries: true,
      onCompleted: () => {
        notify.done(t(kind === "withdraw" ? "withdrawn" : "lifted"));
        onClose();
      },
    },
  );
  const variables = { patientId: patient.id, reason };
  return (
    <StepDialog
      title={t(`${kind}Title`, { name: patientName(patient) })}
      action={t(kind)}
      isReady={reason !== ""}
      isBusy={loading}
      error={error}
      errorTitle={t("notDone")}
      onClose={onClose}
      onSubmit={() => {
        kept.send(() => act({ variables })).catch(() => undefined);
      }}
    >
      <div>{t(`${kind}Text`)}</div>
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
