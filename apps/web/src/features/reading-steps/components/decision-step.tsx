"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { OpenCase } from "../../cases/use-case.ts";
import {
  opinionsDiffer,
  partlyReasonsFor,
  type Suggestion,
} from "../../decisions/decision-rules.ts";
import { isClosed, type Reading } from "../../readings/use-reading.ts";
import { AnswerButtons } from "./answer-buttons.tsx";
import { ChangeField } from "./change-field.tsx";
import { ConfidenceField } from "../../decisions/components/confidence-field.tsx";
import { NotDiagnosticFields } from "./not-diagnostic-fields.tsx";
import { OverrideFields } from "../../decisions/components/override-fields.tsx";
import { ReasonField } from "../../decisions/components/reason-field.tsx";
import styles from "../../../components/layout/reading.module.css";
import { Step } from "./step.tsx";

interface DecisionStepProps {
  open: OpenCase;
  reading: Reading;
  isMine: boolean;
}

/** Follow the AI or not; without one there is nothing to follow. */
export function DecisionStep({ open, reading, isMine }: DecisionStepProps) {
  const t = useTranslations("readings");
  const { suggestion, decision } = reading;
  const isCurrent =
    suggestion !== null || reading.draft.label === "NOT_DIAGNOSTIC";
  const isIndependent = open.assessment !== "ASSESSED" || isClosed(open);
  return (
    <Step
      number={3}
      title={t("step.decision")}
      isCurrent={isCurrent && reading.missing.length > 0 && isMine}
      isDone={decision !== null && reading.missing.length === 0}
      stage={decision}
    >
      {reading.draft.label === "NOT_DIAGNOSTIC" ? (
        <NotDiagnosticFields draft={reading.draft} onChange={reading.update} />
      ) : null}
      {isIndependent ? (
        reading.draft.label === "NOT_DIAGNOSTIC" ? null : (
          <div className={styles.text}>{t("decision.independent")}</div>
        )
      ) : suggestion && reading.isAiVisible ? (
        <Answer reading={reading} suggestion={suggestion} isMine={isMine} />
      ) : reading.draft.label === "NOT_DIAGNOSTIC" ? null : (
        <div className={styles.text}>{t("decision.afterReveal")}</div>
      )}
    </Step>
  );
}

interface AnswerProps {
  reading: Reading;
  suggestion: Suggestion;
  isMine: boolean;
}

function Answer({ reading, suggestion, isMine }: AnswerProps) {
  const t = useTranslations("readings");
  const labels = useTranslations("findings.labels");
  const { draft, decision } = reading;
  const own = reading.blindOpinion;
  const isDifferent = opinionsDiffer(own, suggestion);
  // A draft that is taken up again leaves the focus where it is.
  const [wasOverridden] = useState(decision === "OVERRIDE");
  const [wasPartly] = useState(decision === "PARTLY");
  return (
    <div className={styles.stack}>
      <div className={isDifferent ? styles.answers : styles.row}>
        <AnswerButtons
          reading={reading}
          suggestion={suggestion}
          isMine={isMine}
        />
      </div>
      {isDifferent && decision === null ? (
        <div className={styles.text}>{t("decision.differ")}</div>
      ) : null}
      {reading.isChange ? <ChangeField reading={reading} /> : null}
      {decision === "PARTLY" && draft.label ? (
        <ReasonField
          reasons={partlyReasonsFor(draft.label, suggestion)}
          label={t("override.partly")}
          reason={draft.overrideReason}
          isFresh={!wasPartly}
          onReason={(overrideReason) => reading.update({ overrideReason })}
        />
      ) : null}
      {decision === "OVERRIDE" ? (
        <OverrideFields
          suggestion={suggestion}
          label={draft.label}
          reason={draft.overrideReason}
          hasKeys
          isFresh={!wasOverridden}
          onLabel={reading.override}
          onReason={(overrideReason) => reading.update({ overrideReason })}
        />
      ) : null}
      {decision ? (
        <ConfidenceField
          value={draft.confidence}
          isDisabled={!isMine}
          onChange={(confidence) => reading.update({ confidence })}
        />
      ) : null}
      {draft.label && decision ? (
        <div className={styles.text}>
          {t("decision.willSign", { label: labels(draft.label) })}
        </div>
      ) : null}
    </div>
  );
}
