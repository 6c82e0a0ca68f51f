"use client";

import { useMutation } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import { useKeptReason } from "../../kept-reasons/use-kept-reason.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
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
  const kept = useKeptReason({
    kind: kind === "deny" ? "NOT_SAME" : "NOT_SAME_BACK",
    aboutId: pair.first.id,
    part: pair.second.id,
    label: t("reason"),
  });
  const reason = kept.value.trim();
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
    const ids = { patientId: pair.first.id, otherId: pair.second.id };
    const done: Promise<unknown> =
      kind === "deny"
        ? kept.send(() => deny({ variables: { ...ids, reason } }))
        : kept.send(() => takeBack({ variables: { id: pair.id, reason } }));
    // The dialog says by itself what was refused.
    done.catch(() => undefined);
  };
  return (
    <StepDialog
      size="lg"
      title={t(`${kind}.title`)}
      action={t(`${kind}.do`)}
      isReady={reason !== ""}
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
