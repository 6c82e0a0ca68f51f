"use client";

import { skipToken, useQuery } from "@apollo/client/react";
import { Radio, Stack } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { formatExamTime } from "../../../lib/dates.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { useKeptText } from "../../kept-texts/use-kept-text.ts";
import {
  NumberSearch,
  type FoundPatient,
} from "../../patient-search/components/number-search.tsx";
import { FILM_MOVE_PREVIEW, MAX_REASON, MOVE_FILM } from "../film-queries.ts";
import { useFilmCorrection } from "../use-film-correction.ts";
import { FilmChanges } from "./film-changes.tsx";
import styles from "./film-corrections.module.css";

interface MoveFilmDialogProps {
  caseId: string;
  image: { id: string; originalName: string };
  /** the study that it is in */
  studyId: string;
  siteId: string;
  onClose: () => void;
  onDone: () => void;
}

/** A chosen place, as the value of its radio. */
type Place = `study:${string}` | `patient:${string}`;

/** Asks to which study a film belongs, shows what changes, and why. */
export function MoveFilmDialog(props: MoveFilmDialogProps) {
  const { image, siteId, onClose } = props;
  const t = useTranslations("films.move");
  const films = useTranslations("films");
  const [place, setPlace] = useState<Place | null>(null);
  const kept = useKeptText({
    caseId: props.caseId,
    kind: "FILM_MOVE",
    aboutId: image.id,
    label: films("reason"),
  });
  const reason = kept.value.trim();
  const where = place === null ? null : placeOf(place);
  const preview = useQuery(
    FILM_MOVE_PREVIEW,
    where === null
      ? skipToken
      : {
          variables: { imageId: image.id, ...where },
          fetchPolicy: "network-only",
        },
  );
  const [move, { loading, error }] = useFilmCorrection(MOVE_FILM, {
    done: t("done"),
    onDone: props.onDone,
    onClose,
  });
  const ahead = where === null ? undefined : preview.data?.filmMovePreview;
  return (
    <StepDialog
      size="lg"
      title={t("title", { file: image.originalName })}
      action={t("do")}
      isReady={ahead?.isAllowed === true && reason !== ""}
      isBusy={loading}
      error={error ?? preview.error}
      errorTitle={films("notDone")}
      onClose={onClose}
      onSubmit={() => {
        if (where === null) return;
        const variables = {
          imageId: image.id,
          ...where,
          reason,
        };
        kept.send(() => move({ variables })).catch(() => undefined);
      }}
    >
      <NumberSearch
        isFirst
        label={t("number")}
        siteId={siteId}
        onSearch={() => setPlace(null)}
      >
        {(found) => (
          <Radio.Group
            label={t("where")}
            mt="0.5rem"
            value={place}
            onChange={(value) => setPlace(value)}
          >
            <div
              className={styles.found}
              tabIndex={0}
              role="group"
              aria-label={t("where")}
            >
              {found.map((patient) => (
                <PatientPlaces
                  key={patient.id}
                  patient={patient}
                  ownStudyId={props.studyId}
                />
              ))}
            </div>
          </Radio.Group>
        )}
      </NumberSearch>
      {where === null ? null : (
        <FilmChanges ahead={ahead} hasFailed={preview.error !== undefined} />
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

function PatientPlaces({
  patient,
  ownStudyId,
}: {
  patient: FoundPatient;
  ownStudyId: string;
}) {
  const t = useTranslations("films.move");
  const locale = useLocale();
  const patientName = usePatientName();
  const studies = patient.recent.edges
    .map(({ node }) => node)
    .filter(({ id }) => id !== ownStudyId);
  return (
    <div className={styles.patient}>
      <strong>
        {t("patient", {
          name: patientName(patient),
          mrn: patient.mrn ?? t("noNumber"),
          born: patient.birthDate ?? t("unknown"),
        })}
      </strong>
      <Stack gap="0.375rem">
        {studies.map((study) => (
          <Radio
            key={study.id}
            value={`study:${study.id}`}
            label={t("study", {
              when: formatExamTime(study, locale) ?? t("unknown"),
              what: study.description ?? study.viewPosition ?? "",
              accession: study.accessionNumber ?? t("noNumber"),
            })}
          />
        ))}
        <Radio value={`patient:${patient.id}`} label={t("newStudy")} />
      </Stack>
    </div>
  );
}

function placeOf(place: Place) {
  const [kind, id = ""] = place.split(":");
  return kind === "study"
    ? { studyId: id, patientId: null }
    : { studyId: null, patientId: id };
}
