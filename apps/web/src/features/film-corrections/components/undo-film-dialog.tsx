"use client";

import { useQuery } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { useKeptText } from "../../kept-texts/use-kept-text.ts";
import {
  FILM_UNDO_PREVIEW,
  MAX_REASON,
  UNDO_FILM_CORRECTION,
} from "../film-queries.ts";
import { useFilmCorrection } from "../use-film-correction.ts";
import { FilmChanges } from "./film-changes.tsx";
import type { FilmCorrection } from "./film-correction-list.tsx";

interface UndoFilmDialogProps {
  caseId: string;
  correction: FilmCorrection;
  onClose: () => void;
  onDone: () => void;
}

/** Asks why a correction of a film is taken back, and shows what changes. */
export function UndoFilmDialog(props: UndoFilmDialogProps) {
  const { correction, onClose } = props;
  const t = useTranslations("films.undo");
  const films = useTranslations("films");
  const kept = useKeptText({
    caseId: props.caseId,
    kind: "FILM_UNDO",
    aboutId: correction.id,
    label: films("reason"),
  });
  const reason = kept.value.trim();
  const { id } = correction;
  const { data, error: unseen } = useQuery(FILM_UNDO_PREVIEW, {
    variables: { id },
    fetchPolicy: "network-only",
  });
  const [undo, { loading, error }] = useFilmCorrection(UNDO_FILM_CORRECTION, {
    done: t("done"),
    onDone: props.onDone,
    onClose,
  });
  const ahead = data?.filmCorrectionUndoPreview;
  return (
    <StepDialog
      size="lg"
      title={t("title", { file: correction.fileName })}
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
      <div>{t(`text.${correction.kind}`)}</div>
      <FilmChanges ahead={ahead} hasFailed={unseen !== undefined} />
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
