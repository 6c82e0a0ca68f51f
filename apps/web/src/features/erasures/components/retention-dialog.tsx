"use client";

import { useMutation } from "@apollo/client/react";
import { Checkbox, NumberInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import { useKeptReason } from "../../kept-reasons/use-kept-reason.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { RETENTION, SAVE_RETENTION } from "../erasure-queries.ts";
import { RetentionDue } from "./retention-due.tsx";

/** As the API takes it. */
const LEAST_DAYS = 30;
const MOST_DAYS = 36_500;
const MAX_REASON = 1_000;
/** Ten years, as many laws want of films. */
const USUAL_DAYS = 3_653;

interface RetentionDialogProps {
  siteId: string;
  /** The version that the change is made from; 0 without one. */
  version: number;
  keepDays: number | null;
  onClose: () => void;
}

/** Asks how long records are kept and why, and shows what would be over. */
export function RetentionDialog(props: RetentionDialogProps) {
  const { siteId, version, onClose } = props;
  const t = useTranslations("erasures.retention");
  const notify = useNotify();
  const [isLimited, setIsLimited] = useState(props.keepDays !== null);
  const [typed, setTyped] = useState<string | number>(
    props.keepDays ?? USUAL_DAYS,
  );
  const isRight =
    typeof typed === "number" && typed >= LEAST_DAYS && typed <= MOST_DAYS;
  const keepDays = isLimited && isRight ? typed : null;
  const kept = useKeptReason({
    kind: "RETENTION",
    aboutId: siteId,
    label: t("reason"),
  });
  const reason = kept.value.trim();
  const [save, { loading, error }] = useMutation(SAVE_RETENTION, {
    refetchQueries: [RETENTION],
    awaitRefetchQueries: true,
    onCompleted: () => {
      notify.done(t("done"));
      onClose();
    },
  });
  return (
    <StepDialog
      title={t("title")}
      action={t("save")}
      isReady={reason !== "" && (isRight || !isLimited)}
      isBusy={loading}
      error={error}
      errorTitle={t("notDone")}
      onClose={onClose}
      onSubmit={() => {
        const input = { siteId, baseVersion: version, keepDays, reason };
        kept.send(() => save({ variables: { input } })).catch(() => undefined);
      }}
    >
      <div>{t("text")}</div>
      <Checkbox
        label={t("limit")}
        checked={isLimited}
        onChange={(event) => setIsLimited(event.currentTarget.checked)}
      />
      {isLimited ? (
        <NumberInput
          label={t("field")}
          value={typed}
          min={LEAST_DAYS}
          max={MOST_DAYS}
          decimalScale={0}
          clampBehavior="none"
          error={
            isRight ? null : t("between", { min: LEAST_DAYS, max: MOST_DAYS })
          }
          onChange={setTyped}
        />
      ) : null}
      {keepDays === null ? null : (
        <RetentionDue siteId={siteId} keepDays={keepDays} />
      )}
      <KeptWordsField
        kept={kept}
        isFirst={false}
        isRequired
        label={t("reason")}
        maxLength={MAX_REASON}
      />
    </StepDialog>
  );
}
