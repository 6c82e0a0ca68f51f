"use client";

import { useMutation } from "@apollo/client/react";
import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import { useKeptReason } from "../../kept-reasons/use-kept-reason.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import {
  PROPOSE_SINGLE_APPROVAL,
  PROPOSE_THRESHOLD,
  SAVE_THRESHOLD,
  THRESHOLD_DESK,
  THRESHOLD_PROPOSALS,
} from "../threshold-queries.ts";
import { useDeskWords } from "../use-desk-words.ts";
import type { ReadyDesk } from "../use-threshold-desk.ts";

/** Saved by one, proposed to another, or: one person shall be enough again. */
export type Step = "save" | "propose" | "single";

/** As long as the API takes. */
const MAX_REASON = 1_000;

interface ChangeDialogProps {
  step: Step;
  state: ReadyDesk;
  /** Null: the model's own. */
  threshold: number | null;
  onClose: () => void;
}

/** Asks for the reason and does it. */
export function ChangeDialog(props: ChangeDialogProps) {
  const { step, state, threshold, onClose } = props;
  const t = useTranslations("thresholds.change");
  const words = useDeskWords();
  const notify = useNotify();
  const { siteId, ageGroup } = state;
  const kept = useKeptReason({
    kind: step === "single" ? "SINGLE_APPROVAL" : "THRESHOLD_CHANGE",
    aboutId: siteId,
    part: step === "single" ? "" : ageGroup,
    label: t("reason"),
  });
  const reason = kept.value.trim();
  const { send, isBusy, error } = useStep(props, reason);
  const work = async () => {
    if (!(await send())) return false;
    notify.done(t(`${step}.done`));
    state.setTried(null);
    return true;
  };
  const submit = async () => {
    if (await kept.send(work, (isDone) => isDone)) onClose();
  };
  return (
    <StepDialog
      title={t(`${step}.title`)}
      action={t(`${step}.action`)}
      isReady={reason !== ""}
      isBusy={isBusy}
      error={error}
      errorTitle={t("failed")}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <Text size="sm">
        {step === "single"
          ? t("single.text")
          : t(`${step}.text`, {
              threshold:
                threshold === null ? t("own") : words.threshold(threshold),
              group: words.group(ageGroup),
              model: state.desk.model.name,
            })}
      </Text>
      <KeptWordsField
        kept={kept}
        label={t("reason")}
        description={t("reasonHelp")}
        maxLength={MAX_REASON}
        isRequired
        isFirst
      />
    </StepDialog>
  );
}

/** The mutation of a step; `send` answers whether it went through. */
function useStep(
  { step, state, threshold }: ChangeDialogProps,
  reason: string,
) {
  const { siteId, ageGroup, desk } = state;
  const after = {
    refetchQueries: [THRESHOLD_DESK, THRESHOLD_PROPOSALS],
    awaitRefetchQueries: true,
  };
  const [save, saving] = useMutation(SAVE_THRESHOLD, after);
  const [propose, proposing] = useMutation(PROPOSE_THRESHOLD, after);
  const [single, singling] = useMutation(PROPOSE_SINGLE_APPROVAL, after);
  const baseVersion = desk.policyVersion;
  const model = desk.model.fingerprint;
  const input = { siteId, ageGroup, threshold, model, baseVersion, reason };
  const acts = {
    save: () => save({ variables: { input } }),
    propose: () => propose({ variables: { input } }),
    single: () => single({ variables: { siteId, baseVersion, reason } }),
  };
  const { loading, error } = {
    save: saving,
    propose: proposing,
    single: singling,
  }[step];
  return {
    isBusy: loading,
    error,
    send: async (): Promise<boolean> => {
      try {
        await acts[step]();
        return true;
      } catch {
        // Shown in the dialog, which keeps what was typed.
        return false;
      }
    },
  };
}
