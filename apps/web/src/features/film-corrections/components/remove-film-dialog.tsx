"use client";

import { useQuery } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { useKeptText } from "../../kept-texts/use-kept-text.ts";
import {
  FILM_REMOVAL_PREVIEW,
  MAX_REASON,
  REMOVE_FILM,
} from "../film-queries.ts";
import { useFilmCorrection } from "../use-film-correction.ts";
import { FilmChanges } from "./film-changes.tsx";

interface RemoveFilmDialogProps {
  caseId: string;
  image: { id: string; originalName: string };
  onClose: () => void;
  onDone: () => void;
}

/** Asks why a film should not be here, and shows what goes with it. */
export function RemoveFilmDialog(props: RemoveFilmDialogProps) {
  const { image, onClose } = props;
  const t = useTranslations("films.remove");
  const films = useTranslations("films");
  const kept = useKeptText({
    caseId: props.caseId,
    kind: "FILM_REMOVAL",
    aboutId: image.id,
    label: films("reason"),
  });
  const reason = kept.value.trim();
  const { data, error: unseen } = useQuery(FILM_REMOVAL_PREVIEW, {
    variables: { imageId: image.id },
    fetchPolicy: "network-only",
  });
  const [remove, { loading, error }] = useFilmCorrection(REMOVE_FILM, {
    done: t("done"),
    onDone: props.onDone,
    onClose,
  });
  const ahead = data?.filmRemovalPreview;
  return (
    <StepDialog
      size="lg"
      title={t("title", { file: image.originalName })}
      action={t("do")}
      isReady={ahead?.isAllowed === true && reason !== ""}
      isBusy={loading}
      error={error ?? unseen}
      errorTitle={films("notDone")}
      onClose={onClose}
      onSubmit={() => {
        const variables = { imageId: image.id, reason };
        kept.send(() => remove({ variables })).catch(() => undefined);
      }}
    >
      <div>{t("text")}</div>
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
