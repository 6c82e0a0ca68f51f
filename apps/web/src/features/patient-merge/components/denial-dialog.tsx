"use client";

import { useMutation } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import { WordsField } from "../../../components/ui/words-field.tsx";
import {
  DENY_SAME,
  PATIENT_PAIRS,
  TAKE_BACK_DENIAL,
} from "../merge-queries.ts";
import { MAX_REASON } from "../merge-words.ts";
import type { Pair } from "./pair-list.tsx";
import { RecordCard } from "./record-card.tsx";
import styles from "./merges.module.css";

interface DenialDialogProps {
  pair: Pair;
  kind: "deny" | "takeBack";
  onClose: () => void;
}

/** Asks why two records are two people's, or why that is taken back. */
export function DenialDialog({ pair, kind, onClose }: DenialDialogProps) {
  const t = useTranslations("duplicates");
  const notify = useNotify();
  const [reason, setReason] = useState("");
  const options = {
    refetchQueries: [PATIENT_PAIRS],
    awaitRefetchQueries: true,
    onCompleted: () => {
      notify.done(t(`${kind}.done`));
      onClose();
    },
  };
  const [deny, denying] = useMutation(DENY_SAME, options);
  const [takeBack, takingBack] = useMutation(TAKE_BACK_DENIAL, options);
  const { loading, error } = kind === "deny" ? denying : takingBack;
  const submit = () => {
    const why = reason.trim();
    const done =
      kind === "deny"
        ? deny({
            variables: {
              patientId: pair.first.id,
              otherId: pair.second.id,
              reason: why,
            },
          })
        : takeBack({ variables: { id: pair.id, reason: why } });
    // The dialog says by itself what was refused.
    done.catch(() => undefined);
  };
  return (
    <StepDialog
      size="lg"
      title={t(`${kind}.title`)}
      action={t(`${kind}.do`)}
      isReady={reason.trim() !== ""}
      isBusy={loading}
      error={error}
      errorTitle={t("notDone")}
      onClose={onClose}
      onSubmit={submit}
    >
      <div>{t(`${kind}.text`)}</div>
      <div className={styles.records}>
        <RecordCard record={pair.first} />
        <RecordCard record={pair.second} />
      </div>
      <WordsField
        isFirst
        isRequired
        label={t("reason")}
        maxLength={MAX_REASON}
        value={reason}
        onChange={setReason}
      />
    </StepDialog>
  );
}
