"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { useKeptText } from "../../kept-texts/use-kept-text.ts";
import {
  MAX_REASON,
  STUDY_CORRECTIONS,
  STUDY_UNDO_PREVIEW,
  UNDO_STUDY_CORRECTION,
} from "../study-correction-queries.ts";
import { StudyChanges } from "./study-changes.tsx";

interface UndoStudyDialogProps {
  id: string;
  /** The case on whose page it is taken back. */
  caseId: string;
  onClose: () => void;
  onDone: () => void;
}

/** Asks why a correction of whose a study is is taken back; shows what changes. */
export function UndoStudyDialog(props: UndoStudyDialogProps) {
  const { id, caseId, onClose, onDone } = props;
  const t = useTranslations("films.study.undo");
  const films = useTranslations("films");
  const notify = useNotify();
  const kept = useKeptText({
    caseId,
    kind: "STUDY_UNDO",
    aboutId: id,
    label: films("reason"),
  });
  const reason = kept.value.trim();
  const { data, error: unseen } = useQuery(STUDY_UNDO_PREVIEW, {
    variables: { id },
    fetchPolicy: "network-only",
  });
  const [undo, { loading, error }] = useMutation(UNDO_STUDY_CORRECTION, {
    refetchQueries: [STUDY_CORRECTIONS],
    awaitRefetchQueries: true,
    onCompleted: () => {
      notify.done(t("done"));
      onDone();
      onClose();
    },
  });
  const ahead = data?.studyCorrectionUndoPreview;
  return (
    <StepDialog
      size="lg"
      title={t("title")}
      action={t("do")}
      isReady={ahead?.isAllowed === true && reason !== ""}
      isBusy={loading}
      error={error ?? unseen}
      errorTitle={films("notDone")}
      onClose={onClose}
      onSubmit={() => {
        const variables = { id, reason };
        kept.send(() => undo({ variables })).catch(() => undefined);
      }}
    >
      <div>{t("text")}</div>
      <StudyChanges ahead={ahead} hasFailed={unseen !== undefined} />
      <KeptWordsField
        kept={kept}
        isFirst
        isRequired
        label={films("reason")}
        maxLength={MAX_REASON}
      />
    </StepDialog>
  );
}
