"use client";

import { skipToken, useMutation, useQuery } from "@apollo/client/react";
import { Alert, Button, Checkbox, Group, Modal, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import { type SyntheticEvent, useMemo, useState } from "react";
import { useUnsaved } from "../../../components/shell/unsaved-context.tsx";
import type {
  CaseState,
  CaseStateFieldsFragment,
  StudyDetailsInput,
} from "../../../gql/graphql.ts";
import { errorCode, useErrorText } from "../../../lib/error-text.ts";
import { KeptNote } from "../../kept-texts/components/kept-note.tsx";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { useKeptText } from "../../kept-texts/use-kept-text.ts";
import { StudyChanges } from "./study-changes.tsx";
import { STUDY_CORRECTION_PREVIEW } from "../study-correction-queries.ts";
import { problemsOf } from "../../film-details/film-details.ts";
import {
  concernsPatient,
  correctionsOf,
  detailsOf,
  type KnownStudy,
} from "../../film-details/study-corrections.ts";
import { UPDATE_STUDY_DETAILS } from "../study-mutations.ts";
import styles from "../../film-details/components/details-fields.module.css";
import { DetailsFields } from "../../film-details/components/details-fields.tsx";

interface CorrectStudyDialogProps {
  /** with the id of its case */
  known: KnownStudy & { id: string; state?: CaseState };
  onClose: () => void;
  /** with the case as it is afterwards */
  onCorrected: (state: CaseStateFieldsFragment | null) => void;
}

/** Longest reason for a correction that the API takes, in characters. */
const MAX_REASON = 500;

/** A look ahead is asked for once so long nothing was typed. */
const PAUSE_MS = 300;

/** Puts right what a film said, or failed to say, of its patient. */
export function CorrectStudyDialog(props: CorrectStudyDialogProps) {
  const { known, onClose } = props;
  const t = useTranslations("upload.correct");
  const fields = useTranslations("upload.fields");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const [before] = useState(() => detailsOf(known));
  const [typed, setTyped] = useState(before);
  const about = { caseId: known.id, aboutId: known.study.id };
  const note = useKeptText({
    ...about,
    kind: "STUDY_NOTE",
    start: before.clinicalNote,
    label: fields("clinicalNote"),
  });
  const details = useMemo(
    () => ({ ...typed, clinicalNote: note.value }),
    [typed, note.value],
  );
  const reason = useKeptText({
    ...about,
    kind: "STUDY_CORRECTION",
    label: t("reason"),
  });
  const { claims } = known.patient;
  const [isSame, setSame] = useState(false);
  const [update, { loading, error }] = useMutation(UPDATE_STUDY_DETAILS);
  const problems = problemsOf(details, new Date().toISOString().slice(0, 10));
  const hasProblems = Object.keys(problems).length > 0;
  const studyId = known.study.id;
  const joinPatientId = isSame ? claims?.id : undefined;
  const input = useMemo(
    (): StudyDetailsInput | null =>
      joinPatientId === undefined
        ? correctionsOf(studyId, before, details)
        : { studyId, joinPatientId },
    [studyId, joinPatientId, before, details],
  );
  const { ahead, unseen, isAsked } = useLookAhead(hasProblems ? null : input);
  const needsReason =
    known.state === "SIGNED" ||
    ahead?.needsReason === true ||
    (error !== undefined && errorCode(error) === "REASON_REQUIRED");
  const asksReason = needsReason || ahead?.isIdentity === true;
  const why = asksReason ? reason.value.trim() : "";
  const canSave =
    input !== null &&
    !hasProblems &&
    (!isAsked || ahead?.isAllowed === true) &&
    (!needsReason || why !== "");
  const failure = error ?? unseen;
  useUnsaved(t("title"), input !== null);
  const save = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!canSave) return;
    const variables = { input: { ...input, ...(why ? { reason: why } : {}) } };
    const send = () => update({ variables });
    // Words that are not sent with it stay kept.
    const sendNote = () =>
      input.clinicalNote === undefined ? send() : note.send(send);
    try {
      const { data } = await (why ? reason.send(sendNote) : sendNote());
      props.onCorrected(data?.updateStudyDetails.case ?? null);
      onClose();
    } catch {
      // The form stays as it is and says why, below.
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={input === null}
      size="lg"
      title={t("title")}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <form onSubmit={(event) => void save(event)}>
        <Text size="sm" c="dimmed" mb="md">
          {t("text")}
        </Text>
        {claims ? (
          <Checkbox
            mb="md"
            checked={isSame}
            onChange={(event) => setSame(event.currentTarget.checked)}
            label={t("samePerson", {
              mrn: claims.mrn ?? "",
              name: claims.name,
              birthDate: claims.birthDate ?? t("unknown"),
            })}
            description={t("samePersonText")}
          />
        ) : null}
        <DetailsFields
          details={details}
          problems={problems}
          onChange={(change) => {
            if (change.clinicalNote !== undefined)
              note.setValue(change.clinicalNote);
            else setTyped((now) => ({ ...now, ...change }));
          }}
          noteState={<KeptNote kept={note} />}
          onNoteLeft={note.flush}
        />
        {isAsked ? (
          <div className={styles.ahead}>
            <StudyChanges ahead={ahead} hasFailed={unseen !== undefined} />
          </div>
        ) : null}
        {asksReason ? (
          <KeptWordsField
            kept={reason}
            label={t("reason")}
            description={t("reasonText")}
            maxLength={MAX_REASON}
            isRequired={needsReason}
          />
        ) : null}
        {failure ? (
          <Alert color="red" p="sm" mt="md" role="alert">
            {errorCode(failure) === "CONFLICT"
              ? t("otherPerson")
              : errorText(failure)}
          </Alert>
        ) : null}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" disabled={!canSave} loading={loading}>
            {common("save")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

/**
 * What a correction of whose the study is would change, once it is typed.
 * `isAsked`: nothing is saved before it is there.
 */
function useLookAhead(input: StudyDetailsInput | null) {
  const asked = input !== null && concernsPatient(input) ? input : null;
  const [settled] = useDebouncedValue(asked, PAUSE_MS);
  const { data, error } = useQuery(
    STUDY_CORRECTION_PREVIEW,
    settled === null
      ? skipToken
      : { variables: { input: settled }, fetchPolicy: "network-only" },
  );
  const isNow = asked !== null && asked === settled;
  return {
    ahead: isNow ? data?.studyCorrectionPreview : undefined,
    unseen: isNow ? error : undefined,
    isAsked: asked !== null,
  };
}
