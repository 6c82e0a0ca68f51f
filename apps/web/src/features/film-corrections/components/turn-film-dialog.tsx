"use client";

import { skipToken, useQuery } from "@apollo/client/react";
import { Button, SegmentedControl } from "@mantine/core";
import {
  IconFlipVertical,
  IconRotate2,
  IconRotateClockwise2,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PatientPicture } from "../../../components/patient-picture.tsx";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import type { FilmFieldsFragment } from "../../../gql/graphql.ts";
import { apiRoutes } from "../../../lib/routes.ts";
import { storedOrientation } from "../../viewer/stored-orientation.ts";
import { orientationSince, turned, TURNS } from "../../viewer/turn-film.ts";
import type { Orientation } from "../../viewer/viewer-contract.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { useKeptText } from "../../kept-texts/use-kept-text.ts";
import { FILM_TURN_PREVIEW, MAX_REASON, TURN_FILM } from "../film-queries.ts";
import { useFilmCorrection } from "../use-film-correction.ts";
import { FilmChanges } from "./film-changes.tsx";
import styles from "./film-corrections.module.css";

interface TurnFilmDialogProps {
  caseId: string;
  image: FilmFieldsFragment;
  /** what the study says of the view */
  studyView: string | null;
  onClose: () => void;
  onDone: () => void;
}

/** Views that a chest film is told apart by. */
const VIEWS = ["PA", "AP", "LATERAL"] as const;

const ICONS = {
  clockwise: IconRotateClockwise2,
  counterclockwise: IconRotate2,
  mirror: IconFlipVertical,
} as const;

/** Asks how a film lies and which view it is, shows it so, and why. */
export function TurnFilmDialog(props: TurnFilmDialogProps) {
  const { image, onClose } = props;
  const t = useTranslations("films.turn");
  const films = useTranslations("films");
  const viewer = useTranslations("viewer");
  const views = useTranslations("upload.views");
  const now = storedOrientation(image);
  const viewNow = image.viewPosition ?? props.studyView ?? "";
  const [wanted, setWanted] = useState(now);
  const [view, setView] = useState(viewNow);
  const kept = useKeptText({
    caseId: props.caseId,
    kind: "FILM_TURN",
    aboutId: image.id,
    label: films("reason"),
  });
  const reason = kept.value.trim();
  const isOther =
    view !== viewNow ||
    wanted.turns !== now.turns ||
    wanted.flipped !== now.flipped;
  const pose = {
    imageId: image.id,
    quarterTurns: wanted.turns,
    isMirrored: wanted.flipped,
    viewPosition: view === viewNow ? null : view,
  };
  const preview = useQuery(
    FILM_TURN_PREVIEW,
    isOther ? { variables: pose, fetchPolicy: "network-only" } : skipToken,
  );
  const [turn, { loading, error }] = useFilmCorrection(TURN_FILM, {
    done: t("done"),
    onDone: props.onDone,
    onClose,
  });
  const ahead = isOther ? preview.data?.filmTurnPreview : undefined;
  return (
    <StepDialog
      size="lg"
      title={t("title", { file: image.originalName })}
      action={t("do")}
      isReady={isOther && ahead?.isAllowed === true && reason !== ""}
      isBusy={loading}
      error={error ?? preview.error}
      errorTitle={films("notDone")}
      onClose={onClose}
      onSubmit={() => {
        const variables = { ...pose, reason };
        kept.send(() => turn({ variables })).catch(() => undefined);
      }}
    >
      <div className={styles.poses}>
        <Pose image={image} label={t("now")} />
        <Pose
          image={image}
          label={t("then")}
          by={orientationSince(now, wanted)}
        />
      </div>
      <div role="group" aria-label={t("lies")} className={styles.actions}>
        {TURNS.map((name, at) => {
          const Icon = ICONS[name];
          return (
            <Button
              key={name}
              {...(at === 0 ? { "data-autofocus": true } : {})}
              size="compact-sm"
              variant="default"
              leftSection={<Icon size={16} aria-hidden />}
              onClick={() => setWanted((before) => turned(before, name))}
            >
              {viewer(`turn.${name}`)}
            </Button>
          );
        })}
      </div>
      <div>
        <div className={styles.label} id="film-view">
          {t("view")}
        </div>
        <SegmentedControl
          aria-labelledby="film-view"
          value={view}
          onChange={setView}
          data={[
            ...(viewNow === "" || isKnown(viewNow)
              ? []
              : [{ value: viewNow, label: viewNow }]),
            ...(viewNow === "" ? [{ value: "", label: t("noView") }] : []),
            ...VIEWS.map((value) => ({ value, label: views(value) })),
          ]}
        />
      </div>
      {isOther ? (
        <FilmChanges ahead={ahead} hasFailed={preview.error !== undefined} />
      ) : (
        <div className={styles.dim}>{t("same")}</div>
      )}
      <KeptWordsField
        kept={kept}
        isRequired
        label={films("reason")}
        maxLength={MAX_REASON}
      />
    </StepDialog>
  );
}

function isKnown(view: string): boolean {
  return VIEWS.some((one) => one === view);
}

/** The film in small, turned from how it lies now. */
function Pose({
  image,
  label,
  by = { turns: 0, flipped: false },
}: {
  image: FilmFieldsFragment;
  label: string;
  by?: Orientation;
}) {
  return (
    <figure className={styles.pose}>
      <div
        className={styles.poseFrame}
        data-turns={by.turns}
        data-flipped={by.flipped}
      >
        <PatientPicture path={apiRoutes.file(image.thumbnailPath)} />
      </div>
      <figcaption className={styles.dim}>{label}</figcaption>
    </figure>
  );
}
