"use client";

import { useMutation } from "@apollo/client/react";
import { Badge, Button, Group, Text } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type { ThresholdProposalFieldsFragment } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { useKeptReason } from "../../kept-reasons/use-kept-reason.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import {
  APPROVE_THRESHOLD,
  DECLINE_THRESHOLD,
  THRESHOLD_DESK,
  THRESHOLD_PROPOSALS,
  WITHDRAW_THRESHOLD,
} from "../threshold-queries.ts";
import { useDeskWords } from "../use-desk-words.ts";
import styles from "./thresholds.module.css";

type Proposal = ThresholdProposalFieldsFragment;
type Step = "approve" | "decline" | "withdraw";

/** As long as the API takes. */
const MAX_NOTE = 1_000;

/** One proposal: what, why, by whom, what was known, and what can be done. */
export function ProposalRow({ proposal }: { proposal: Proposal }) {
  const t = useTranslations("thresholds.proposals");
  const locale = useLocale();
  const [step, setStep] = useState<Step | null>(null);
  const { state, isStale, reason, note, closedByName, closedAt } = proposal;
  const shown = isStale ? "STALE" : state;
  return (
    <li className={styles.proposal} data-open={shown === "OPEN" || undefined}>
      <div className={styles.proposalText}>
        <p className={styles.figure}>
          <What proposal={proposal} />{" "}
          <Badge variant="light" color={shown === "OPEN" ? "teal" : "gray"}>
            {t(`states.${shown}`)}
          </Badge>
        </p>
        <p className={styles.reason}>{reason}</p>
        <Evidence proposal={proposal} />
        <p className={styles.hint}>
          {t("by", {
            name: proposal.proposedByName,
            time: formatDateTime(proposal.proposedAt, locale),
          })}
          {state !== "OPEN" && closedByName && closedAt
            ? ` ${t(`closed.${state}`, {
                name: closedByName,
                time: formatDateTime(closedAt, locale),
              })}`
            : null}
        </p>
        {note ? <p className={styles.reason}>{t("note", { note })}</p> : null}
        {isStale ? <p className={styles.hint}>{t("stale")}</p> : null}
      </div>
      {state === "OPEN" ? (
        <Steps proposal={proposal} onChoose={setStep} />
      ) : null}
      {step ? (
        <ProposalDialog
          step={step}
          proposal={proposal}
          onClose={() => setStep(null)}
        />
      ) : null}
    </li>
  );
}

function What({ proposal }: { proposal: Proposal }) {
  const t = useTranslations("thresholds.proposals");
  const words = useDeskWords();
  const { kind, threshold, ageGroup, modelName } = proposal;
  if (kind === "SINGLE_APPROVAL") return t("single");
  return t("what", {
    threshold:
      typeof threshold === "number" ? words.threshold(threshold) : t("own"),
    group: words.group(ageGroup ?? ""),
    model: modelName ?? "",
  });
}

/** Today's threshold against the proposed one, as it was known then. */
function Evidence({ proposal }: { proposal: Proposal }) {
  const t = useTranslations("thresholds.proposals");
  const words = useDeskWords();
  const { evidence } = proposal;
  const { before, after } = evidence ?? {};
  if (!evidence || !before || !after) return null;
  return (
    <p className={styles.hint}>
      {t("evidence", {
        cases: evidence.cases,
        patients: evidence.patients,
        before: words.threshold(before.threshold),
        after: words.threshold(after.threshold),
        sensitivityBefore: words.share(before.sensitivity),
        sensitivityAfter: words.share(after.sensitivity),
        specificityBefore: words.share(before.specificity),
        specificityAfter: words.share(after.specificity),
        dayBefore: words.number(before.positivesADay),
        dayAfter: words.number(after.positivesADay),
      })}
    </p>
  );
}

function Steps(props: { proposal: Proposal; onChoose: (step: Step) => void }) {
  const t = useTranslations("thresholds.proposals");
  const viewer = useViewer();
  const { proposal, onChoose } = props;
  const { isOwn, isStale } = proposal;
  if (isOwn)
    return (
      <div className={styles.proposalSteps}>
        <Text size="sm" c="dimmed">
          {isStale ? null : t("ownWaits")}
        </Text>
        {viewer.can("threshold:propose") ? (
          <Button variant="default" onClick={() => onChoose("withdraw")}>
            {t("withdraw.open")}
          </Button>
        ) : null}
      </div>
    );
  if (!viewer.can("threshold:approve")) return null;
  return (
    <Group gap="xs" className={styles.proposalSteps}>
      <Button variant="default" onClick={() => onChoose("decline")}>
        {t("decline.open")}
      </Button>
      {isStale ? null : (
        <Button onClick={() => onChoose("approve")}>{t("approve.open")}</Button>
      )}
    </Group>
  );
}

interface ProposalDialogProps {
  step: Step;
  proposal: Proposal;
  onClose: () => void;
}

/** The confirming step; a refusal is read in it. */
function ProposalDialog({ step, proposal, onClose }: ProposalDialogProps) {
  const t = useTranslations("thresholds.proposals");
  const notify = useNotify();
  const kept = useKeptReason({
    kind: "THRESHOLD_DECLINE",
    aboutId: proposal.id,
    label: t("decline.note"),
  });
  const note = kept.value.trim();
  const after = {
    refetchQueries: [THRESHOLD_DESK, THRESHOLD_PROPOSALS],
    awaitRefetchQueries: true,
  };
  const [approve, approving] = useMutation(APPROVE_THRESHOLD, after);
  const [decline, declining] = useMutation(DECLINE_THRESHOLD, after);
  const [withdraw, withdrawing] = useMutation(WITHDRAW_THRESHOLD, after);
  const { id } = proposal;
  const acts = {
    approve: () => approve({ variables: { id } }),
    decline: () => kept.send(() => decline({ variables: { id, note } })),
    withdraw: () => withdraw({ variables: { id } }),
  };
  const { loading, error } = {
    approve: approving,
    decline: declining,
    withdraw: withdrawing,
  }[step];
  const submit = async () => {
    try {
      await acts[step]();
    } catch {
      return; // Shown in the dialog.
    }
    notify.done(t(`${step}.done`));
    onClose();
  };
  return (
    <StepDialog
      title={t(`${step}.title`)}
      action={t(`${step}.open`)}
      isReady={step !== "decline" || note !== ""}
      isBusy={loading}
      error={error}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <Text size="sm">
        <What proposal={proposal} />
      </Text>
      <Text size="sm">{t(`${step}.text`)}</Text>
      {step === "decline" ? (
        <KeptWordsField
          kept={kept}
          label={t("decline.note")}
          maxLength={MAX_NOTE}
          isRequired
          isFirst
        />
      ) : null}
    </StepDialog>
  );
}
