"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useShortcuts } from "../../../components/shortcuts/use-shortcuts.ts";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { WordsField } from "../../../components/ui/words-field.tsx";
import type { OpenCase } from "../../cases/use-case.ts";
import { usePatientName } from "../../cases/use-patient-name.ts";
import type { Claim } from "../../cases/use-claim.ts";
import styles from "./reading.module.css";

/** Longest reason that the API takes, in characters. */
const MAX_REASON = 500;

interface TakeOverProps {
  open: OpenCase;
  claim: Claim;
}

/** Takes a case from its reader, who is told why. */
export function TakeOver({ open, claim }: TakeOverProps) {
  const t = useTranslations("readings.notice.takeOver");
  const keys = useTranslations("cases.keys");
  const [isOpen, dialog] = useDisclosure(false);
  const patientName = usePatientName();
  const [reason, setReason] = useState("");
  const reader = open.claimedBy?.name ?? "";
  useShortcuts([
    {
      id: "case.takeOver",
      keys: "shift+C",
      label: keys("takeOver"),
      group: "case",
      run: dialog.open,
    },
  ]);
  const takeOver = async () => {
    if (await claim.takeOver(reason.trim())) dialog.close();
  };
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={dialog.open}>
        {t("open")}
      </Button>
      <StepDialog
        isOpen={isOpen}
        title={t("title", { name: patientName(open.patient) })}
        action={t("do")}
        isReady={reason.trim() !== ""}
        isBusy={claim.isBusy}
        onClose={dialog.close}
        onSubmit={() => void takeOver()}
      >
        <div className={styles.text}>{t("text", { reader })}</div>
        <WordsField
          isFirst
          isRequired
          label={t("reason")}
          description={t("reasonHelp", { reader })}
          maxLength={MAX_REASON}
          value={reason}
          onChange={setReason}
        />
      </StepDialog>
    </>
  );
}
