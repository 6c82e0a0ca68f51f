"use client";

import { useMutation } from "@apollo/client/react";
import { Select } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import type { CriticalFieldsFragment } from "../../../gql/graphql.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { useKeptText } from "../../kept-texts/use-kept-text.ts";
import { MAX_WORDS } from "../../critical-marks/critical-mark.ts";
import {
  ACKNOWLEDGE_CRITICAL,
  CRITICAL_SUMMARY,
} from "../../critical-marks/critical-queries.ts";
import { useCriticalWords } from "../../critical-marks/use-critical-words.ts";

interface ReadBackDialogProps {
  result: CriticalFieldsFragment;
  caseId: string;
  patientName: string;
  onClose: () => void;
}

/** What was read back, chosen or in words. It is not filled in beforehand. */
export function ReadBackDialog(props: ReadBackDialogProps) {
  const { result, caseId, patientName, onClose } = props;
  const t = useTranslations("critical.readBack");
  const { catalogue, nameOf } = useCriticalWords();
  const [finding, setFinding] = useState<string | null>(null);
  const label = t(result.finding ? "orWords" : "words");
  const kept = useKeptText({
    caseId,
    kind: "CRITICAL_READ_BACK",
    aboutId: result.id,
    label,
  });
  const [acknowledge, { loading, error }] = useMutation(ACKNOWLEDGE_CRITICAL, {
    refetchQueries: [CRITICAL_SUMMARY],
    onCompleted: onClose,
  });
  const readBack = kept.value.trim() || null;
  return (
    <StepDialog
      title={t("title", { name: patientName })}
      action={t("do")}
      isReady={finding !== null || readBack !== null}
      isBusy={loading}
      error={error}
      onClose={onClose}
      onSubmit={() => {
        const variables = { id: result.id, finding, readBack };
        kept.send(() => acknowledge({ variables })).catch(() => undefined);
      }}
    >
      <div>
        {t(result.isToldToViewer ? "own" : "of", { name: result.toldTo ?? "" })}
      </div>
      {result.finding ? (
        <Select
          data-autofocus
          label={t("finding")}
          searchable
          clearable
          data={catalogue.map(({ code }) => ({
            value: code,
            label: nameOf(code),
          }))}
          value={finding}
          onChange={setFinding}
        />
      ) : null}
      <KeptWordsField
        kept={kept}
        isFirst={!result.finding}
        label={label}
        maxLength={MAX_WORDS}
      />
    </StepDialog>
  );
}
