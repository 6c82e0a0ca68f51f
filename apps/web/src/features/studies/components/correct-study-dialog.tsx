"use client";

import { useMutation } from "@apollo/client/react";
import {
  Alert,
  Button,
  Checkbox,
  Group,
  Modal,
  Text,
  TextInput,
} from "@mantine/core";
import { useTranslations } from "next-intl";
import { type SyntheticEvent, useState } from "react";
import { useUnsaved } from "../../../components/shell/unsaved-context.tsx";
import type {
  CaseState,
  CaseStateFieldsFragment,
} from "../../../gql/graphql.ts";
import { errorCode, useErrorText } from "../../../lib/error-text.ts";
import { problemsOf } from "../film-details.ts";
import {
  correctionsOf,
  detailsOf,
  type KnownStudy,
} from "../study-corrections.ts";
import { UPDATE_STUDY_DETAILS } from "../study-mutations.ts";
import { DetailsFields } from "./details-fields.tsx";

interface CorrectStudyDialogProps {
  known: KnownStudy & { state?: CaseState };
  onClose: () => void;
  /** with the case as it is afterwards */
  onCorrected: (state: CaseStateFieldsFragment | null) => void;
}

/** Puts right what a film said, or failed to say, of its patient. */
export function CorrectStudyDialog(props: CorrectStudyDialogProps) {
  const { known, onClose } = props;
  const t = useTranslations("upload.correct");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const [before] = useState(() => detailsOf(known));
  const [details, setDetails] = useState(before);
  const [reason, setReason] = useState("");
  const { claims } = known.patient;
  const [isSame, setSame] = useState(false);
  const [update, { loading, error }] = useMutation(UPDATE_STUDY_DETAILS);
  const problems = problemsOf(details, new Date().toISOString().slice(0, 10));
  const corrections = correctionsOf(known.study.id, before, details);
  const input =
    isSame && claims
      ? { studyId: known.study.id, joinPatientId: claims.id }
      : corrections;
  const canSave = input !== null && Object.keys(problems).length === 0;
  const needsReason =
    known.state === "SIGNED" ||
    (error !== undefined && errorCode(error) === "REASON_REQUIRED");
  useUnsaved(t("title"), input !== null);
  const save = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!canSave) return;
    try {
      const { data } = await update({
        variables: {
          input: { ...input, ...(reason.trim() ? { reason } : {}) },
        },
      });
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
          onChange={(change) => setDetails((now) => ({ ...now, ...change }))}
        />
        {needsReason ? (
          <TextInput
            mt="md"
            label={t("reason")}
            description={t("reasonText")}
            maxLength={500}
            required
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        ) : null}
        {error ? (
          <Alert color="red" p="sm" mt="md" role="alert">
            {errorCode(error) === "CONFLICT"
              ? t("otherPerson")
              : errorText(error)}
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
