"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { type Answer, answerChoices } from "../../decisions/answers.ts";
import type { Suggestion } from "../../decisions/decision-rules.ts";
import { startOverride } from "../start-override.ts";
import type { Reading } from "../../readings/use-reading.ts";

interface AnswerButtonsProps {
  reading: Reading;
  suggestion: Suggestion;
  isMine: boolean;
  /** the answer wants a reason: said where there is no field for one */
  onReasonWanted?: () => void;
}

/**
 * What may be said to the AI's answer, the same wherever it is asked: where
 * opinion and AI differ, two choices of equal weight that name their label.
 */
export function AnswerButtons(props: AnswerButtonsProps) {
  const { reading, suggestion, isMine } = props;
  const t = useTranslations("readings.decision");
  const labels = useTranslations("findings.labels");
  const give = (answer: Answer) => {
    if (answer === "CONFIRM") reading.confirm();
    else if (answer === "PARTLY") reading.partly();
    else if (answer === "OVERRIDE") startOverride(reading, suggestion);
    else reading.answerNothing();
  };
  return answerChoices(reading.blindOpinion, suggestion).map((one) => {
    const isChosen =
      one.answer === "NOTHING"
        ? reading.draft.label === "NOT_DIAGNOSTIC"
        : reading.decision === one.answer;
    return (
      <Button
        key={one.answer}
        variant={isChosen ? "filled" : "default"}
        aria-pressed={isChosen}
        aria-keyshortcuts={one.keys}
        rightSection={<Keys keys={one.keys} />}
        disabled={!isMine}
        onClick={() => {
          give(one.answer);
          if (one.wantsReason) props.onReasonWanted?.();
        }}
      >
        {!("label" in one)
          ? t(one.word)
          : one.word === "label"
            ? labels(one.label)
            : t(one.word, { label: labels(one.label) })}
      </Button>
    );
  });
}
