"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ProcedureStepFieldsFragment } from "../../../gql/graphql.ts";
import { useNow } from "../../../lib/use-now.ts";
import { toneOf, useProcedureWords } from "../use-procedure-words.ts";
import styles from "./procedures.module.css";

interface StepLineProps {
  step: ProcedureStepFieldsFragment;
  /** Whose and of which procedure, where the list does not say it. */
  children?: ReactNode;
  /** The shortcut that presses the button, shown beside it. */
  keys?: ReactNode;
  onAnswer: () => void;
}

/** One step: what, for whom, where it stands, and what may be done. */
export function StepLine({ step, children, keys, onAnswer }: StepLineProps) {
  const t = useTranslations("procedures");
  const roles = useTranslations("shell.roles");
  const words = useProcedureWords();
  const now = useNow(15_000);
  return (
    <>
      <div className={styles.main}>
        {children}
        <div className={styles.head}>
          <strong>{words.inLocale(step.plan.name)}</strong>
          <span className={styles.dim}>{roles(step.role)}</span>
          <span className={styles.state} data-tone={toneOf(step, now)}>
            {words.stateOf(step, now)}
          </span>
        </div>
        {words.historyOf(step).map((line) => (
          <div key={line} className={styles.dim}>
            {line}
          </div>
        ))}
      </div>
      {step.viewerCanComplete || step.viewerCanCorrect ? (
        <Button
          size="compact-sm"
          variant="default"
          rightSection={keys}
          aria-label={t(step.viewerCanComplete ? "answerOf" : "correctionOf", {
            step: words.inLocale(step.plan.name),
          })}
          onClick={onAnswer}
        >
          {t(step.viewerCanComplete ? "answer" : "correctStep")}
        </Button>
      ) : null}
    </>
  );
}
