"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import { useShortcuts } from "../../../components/shortcuts/use-shortcuts.ts";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import type { OpenCase } from "../../cases/use-case.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { useKeptText } from "../../kept-texts/use-kept-text.ts";
import type { Claim } from "../use-claim.ts";
import styles from "../../../components/layout/reading.module.css";

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
  const kept = useKeptText({
    caseId: open.id,
    kind: "TAKE_OVER",
    label: t("reason"),
  });
  const reason = kept.value.trim();
  const reader = (open.claimedBy ?? open.secondReader)?.name ?? "";
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
    const isTaken = await kept.send(() => claim.takeOver(reason), Boolean);
    if (isTaken) dialog.close();
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
        isReady={reason !== ""}
        isBusy={claim.isBusy}
        onClose={dialog.close}
        onSubmit={() => void takeOver()}
      >
        <div className={styles.text}>{t("text", { reader })}</div>
        <KeptWordsField
          kept={kept}
          isFirst
          isRequired
          label={t("reason")}
          description={t("reasonHelp", { reader })}
          maxLength={MAX_REASON}
        />
      </StepDialog>
    </>
  );
}
