"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { formatProbability } from "../../triage/triage-format.ts";
import { LabelTiles } from "../../decisions/components/label-tiles.tsx";
import { AnswerButtons } from "../../reading-steps/components/answer-buttons.tsx";
import { leadingFinding } from "../../decisions/decision-rules.ts";
import { useFindingText } from "../../findings/use-finding-text.ts";
import {
  isClosed,
  type Reading,
  wasRevealed,
} from "../../readings/use-reading.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import type { Claim } from "../../claims/use-claim.ts";
import styles from "../../../components/layout/reading-room.module.css";

interface DecisionBarProps {
  open: OpenCase;
  reading: Reading;
  claim: Claim;
  onSign: () => void;
  onLeave: () => void;
}

/** The decision in one line, under a film that fills the screen. */
export function DecisionBar(props: DecisionBarProps) {
  const { open, reading, claim } = props;
  const t = useTranslations("readings");
  const patientName = usePatientName();
  const { draft, suggestion } = reading;
  const mayRead = claim.isMine || open.viewerCanClaim;
  const isHidden =
    open.assessment === "ASSESSED" && !reading.isAiVisible && !isClosed(open);
  return (
    <div className={styles.bar} role="group" aria-label={t("bar")}>
      <strong>{patientName(open.patient)}</strong>
      {mayRead ? (
        <LabelTiles
          legend={t("step.opinion")}
          value={draft.label}
          isDisabled={wasRevealed(open) && open.assessment === "ASSESSED"}
          hasKeys
          onChange={(label) => {
            // Its reason is given in the panel, which full screen hides.
            if (label === "NOT_DIAGNOSTIC") props.onLeave();
            void reading.giveOpinion(label);
          }}
        />
      ) : null}
      {isHidden && mayRead ? (
        <Button
          variant="default"
          disabled={draft.blindLabel === null}
          loading={reading.isRevealing}
          rightSection={<Keys keys="r" />}
          onClick={() => void reading.reveal()}
        >
          {t("ai.reveal")}
        </Button>
      ) : null}
      <AiShort reading={reading} />
      {claim.isMine && suggestion && reading.isAiVisible ? (
        <AnswerButtons
          reading={reading}
          suggestion={suggestion}
          isMine
          onReasonWanted={props.onLeave}
        />
      ) : null}
      {claim.isMine ? (
        <Button
          disabled={reading.missing.length > 0}
          rightSection={<Keys keys="s" />}
          onClick={props.onSign}
        >
          {t("report.sign")}
        </Button>
      ) : null}
    </div>
  );
}

function AiShort({ reading }: { reading: Reading }) {
  const t = useTranslations("readings.ai");
  const { nameOf } = useFindingText();
  const finding = leadingFinding(reading.shown);
  if (!finding || !reading.isAiVisible) return null;
  return (
    <span className={styles.aiShort}>
      {t(finding.unsure ? "shortUnsure" : "short", {
        finding: nameOf(finding),
        percent: formatProbability(finding.probability),
      })}
    </span>
  );
}
