"use client";

import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { WITHDRAWAL } from "../withdrawal-queries.ts";
import {
  WithdrawalDialog,
  type WithdrawnPatient,
} from "./withdrawal-dialog.tsx";
import styles from "./withdrawals.module.css";

interface WithdrawalActionProps {
  patient: WithdrawnPatient;
}

/** Under a case's details, for those who may: withdraw the patient or give back. */
export function WithdrawalAction({ patient }: WithdrawalActionProps) {
  const { can } = useViewer();
  return can("learning:withdraw") ? <Action patient={patient} /> : null;
}

function Action({ patient }: WithdrawalActionProps) {
  const t = useTranslations("withdrawals");
  // What was asked for when it was opened: the answer turns the button round.
  const [asked, setAsked] = useState<"withdraw" | "lift" | null>(null);
  const { data } = useQuery(WITHDRAWAL, {
    variables: { patientId: patient.id },
    fetchPolicy: "cache-and-network",
  });
  if (!data) return null;
  const kind = data.learningWithdrawal ? "lift" : "withdraw";
  return (
    <div className={styles.action}>
      {data.learningWithdrawal ? (
        <p className={styles.state}>
          {t("state")}: {data.learningWithdrawal.reason}
        </p>
      ) : null}
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => setAsked(kind)}
      >
        {t(kind)}
      </Button>
      {asked ? (
        <WithdrawalDialog
          kind={asked}
          patient={patient}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </div>
  );
}
