"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import type { CriticalFieldsFragment } from "../../../gql/graphql.ts";
import styles from "../../critical-marks/components/critical.module.css";
import { ReadBackDialog } from "./read-back-dialog.tsx";
import { TellDialog } from "./tell-dialog.tsx";
import { WithdrawDialog } from "./withdraw-dialog.tsx";

export type CriticalStep = "tell" | "readBack" | "withdraw";

interface CriticalActionsProps {
  result: CriticalFieldsFragment;
  hasKeys?: boolean;
  onStep: (step: CriticalStep) => void;
}

/** What the viewer may do with a result now. */
export function CriticalActions(props: CriticalActionsProps) {
  const { result, hasKeys, onStep } = props;
  const t = useTranslations("critical.actions");
  return (
    <div className={styles.actions}>
      {result.viewerCanAcknowledge ? (
        <Button
          size="compact-sm"
          rightSection={hasKeys ? <Keys keys="y" /> : null}
          onClick={() => onStep("readBack")}
        >
          {t(result.isToldToViewer ? "readBackOwn" : "readBack")}
        </Button>
      ) : null}
      {result.viewerCanTell ? (
        <Button
          size="compact-sm"
          variant={result.state === "OPEN" ? "filled" : "default"}
          rightSection={hasKeys ? <Keys keys="t" /> : null}
          onClick={() => onStep("tell")}
        >
          {t(result.state === "OPEN" ? "tell" : "tellAgain")}
        </Button>
      ) : null}
      {result.viewerCanWithdraw ? (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={() => onStep("withdraw")}
        >
          {t("withdraw")}
        </Button>
      ) : null}
    </div>
  );
}

interface CriticalStepDialogProps {
  step: CriticalStep | null;
  result: CriticalFieldsFragment;
  caseId: string;
  siteId: string;
  patientName: string;
  onClose: () => void;
}

/** The dialog of the step that was chosen. */
export function CriticalStepDialog(props: CriticalStepDialogProps) {
  const { step, result, siteId, ...of } = props;
  if (step === "tell") return <TellDialog {...of} {...{ result, siteId }} />;
  if (step === "readBack") return <ReadBackDialog {...of} result={result} />;
  if (step === "withdraw") return <WithdrawDialog {...of} id={result.id} />;
  return null;
}

/** Which step is open, if any. */
export function useCriticalStep() {
  const [step, setStep] = useState<CriticalStep | null>(null);
  return { step, setStep, close: () => setStep(null) };
}
