"use client";

import { useMutation } from "@apollo/client/react";
import { NumberInput, Radio, Stack } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import type { ProcedureStepFieldsFragment } from "../../../gql/graphql.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { useKeptText } from "../../kept-texts/use-kept-text.ts";
import {
  COMPLETE_STEP,
  CORRECT_STEP,
  PROCEDURES_OF_CASE,
  PROCEDURE_STEPS,
} from "../procedure-queries.ts";
import { useProcedureWords } from "../use-procedure-words.ts";

/** Longest reason that the API takes, in characters. */
const MAX_REASON = 500;

interface StepAnswerProps {
  caseId: string;
  step: ProcedureStepFieldsFragment;
  onClose: () => void;
}

/** Says with evidence that a step is done, or corrects what was said. */
export function StepAnswerDialog(props: StepAnswerProps) {
  const { caseId, step, onClose } = props;
  const t = useTranslations("procedures");
  const { inLocale } = useProcedureWords();
  const isCorrection = step.state === "DONE";
  const [answer, setAnswer] = useState(firstAnswer(step));
  const kept = useKeptText({
    caseId,
    kind: "STEP_CORRECTION",
    aboutId: step.id,
    label: t("correctReason"),
  });
  const reason = kept.value.trim();
  const done = {
    refetchQueries: [PROCEDURES_OF_CASE, PROCEDURE_STEPS],
    awaitRefetchQueries: true,
    onCompleted: onClose,
  };
  const [complete, completing] = useMutation(COMPLETE_STEP, done);
  const [correct, correcting] = useMutation(CORRECT_STEP, done);
  const isReady =
    answer !== "" &&
    (!isCorrection || (reason !== "" && answer !== step.answer));
  return (
    <StepDialog
      title={inLocale(step.plan.name)}
      action={t(isCorrection ? "correct" : "done")}
      isReady={isReady}
      isBusy={completing.loading || correcting.loading}
      error={completing.error ?? correcting.error}
      onClose={onClose}
      onSubmit={() => {
        const { id } = step;
        const sent: Promise<unknown> = isCorrection
          ? kept.send(() => correct({ variables: { id, answer, reason } }))
          : complete({ variables: { id, answer } });
        sent.catch(() => undefined);
      }}
    >
      <Evidence step={step} answer={answer} onChange={setAnswer} />
      {isCorrection ? (
        <KeptWordsField
          kept={kept}
          isRequired
          label={t("correctReason")}
          maxLength={MAX_REASON}
        />
      ) : null}
    </StepDialog>
  );
}

/** A tick needs no more than the button. */
function firstAnswer({ answer, plan }: ProcedureStepFieldsFragment): string {
  return answer ?? (plan.evidence.kind === "TICK" ? "true" : "");
}

interface EvidenceProps {
  step: ProcedureStepFieldsFragment;
  answer: string;
  onChange: (answer: string) => void;
}

function Evidence({ step, answer, onChange }: EvidenceProps) {
  const t = useTranslations("procedures");
  const { inLocale } = useProcedureWords();
  const { kind, options, unit, min, max } = step.plan.evidence;
  if (kind === "CHOICE")
    return (
      <Radio.Group label={t("choose")} value={answer} onChange={onChange}>
        <Stack gap="xs" mt="xs">
          {options.map(({ code, name }, at) => (
            <Radio
              key={code}
              value={code}
              label={inLocale(name)}
              {...(at === 0 ? { "data-autofocus": true } : {})}
            />
          ))}
        </Stack>
      </Radio.Group>
    );
  if (kind === "NUMBER")
    return (
      <NumberInput
        data-autofocus
        label={t("number", { unit: unit ?? "" })}
        withAsterisk
        value={answer}
        decimalScale={4}
        {...(min === null ? {} : { min })}
        {...(max === null ? {} : { max })}
        onChange={(value) => onChange(String(value))}
      />
    );
  return <div>{t("tickText")}</div>;
}
