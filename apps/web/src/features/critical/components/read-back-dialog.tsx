"use client";

import { useMutation } from "@apollo/client/react";
import { Select } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { WordsField } from "../../../components/ui/words-field.tsx";
import type { CriticalFieldsFragment } from "../../../gql/graphql.ts";
import { MAX_WORDS } from "../critical-mark.ts";
import { ACKNOWLEDGE_CRITICAL, CRITICAL_SUMMARY } from "../critical-queries.ts";
import { useCriticalWords } from "../use-critical-words.ts";

interface ReadBackDialogProps {
  result: CriticalFieldsFragment;
  patientName: string;
  onClose: () => void;
}

/** What was read back, chosen or in words. It is not filled in beforehand. */
export function ReadBackDialog(props: ReadBackDialogProps) {
  const { result, patientName, onClose } = props;
  const t = useTranslations("critical.readBack");
  const { catalogue, nameOf } = useCriticalWords();
  const [finding, setFinding] = useState<string | null>(null);
  const [words, setWords] = useState("");
  const [acknowledge, { loading, error }] = useMutation(ACKNOWLEDGE_CRITICAL, {
    refetchQueries: [CRITICAL_SUMMARY],
    onCompleted: onClose,
  });
  const readBack = words.trim() || null;
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
        acknowledge({ variables }).catch(() => undefined);
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
      <WordsField
        isFirst={!result.finding}
        label={t(result.finding ? "orWords" : "words")}
        maxLength={MAX_WORDS}
        value={words}
        onChange={setWords}
      />
    </StepDialog>
  );
}
