"use client";

import { Button, Group, Modal } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { useShortcuts } from "../../../components/shortcuts/use-shortcuts.ts";
import {
  SignatureProof,
  wantsProof,
} from "../../auth/components/signature-proof.tsx";
import type { CriticalMark } from "../../critical-marks/critical-mark.ts";
import {
  SignCritical,
  useSignCritical,
} from "../../critical-marks/components/sign-critical.tsx";
import { useStrayTaps } from "../stray-tap.ts";
import { type ReportText, textOf } from "../../report-text/report-draft.ts";
import type { Reading } from "../../readings/use-reading.ts";
import { FindingFacts } from "../../findings/components/finding-facts.tsx";
import { ChestFilmCheck } from "../../decisions/components/chest-film-check.tsx";
import styles from "../../../components/layout/reading.module.css";

interface SignDialogProps {
  isOpen: boolean;
  caseId: string;
  patientName: string;
  reading: Reading;
  /** Normal, of what may be no chest film. */
  isDoubted: boolean;
  /** As it reads now. */
  report: ReportText;
  onCancel: () => void;
  /**
   * Says as well whether a doubted film was confirmed to be of a chest;
   * answers whether it was signed.
   */
  onSign: (
    confirmsChestFilm: boolean,
    critical: CriticalMark | null,
  ) => Promise<boolean>;
}

/** The confirming step before a signature: what is signed, once more. */
export function SignDialog(props: SignDialogProps) {
  const t = useTranslations("readings");
  const common = useTranslations("common");
  const labels = useTranslations("findings.labels");
  const suggestions = useTranslations("findings.suggestion");
  const { reading, isDoubted } = props;
  const { draft, decision, suggestion } = reading;
  const { label, overrideReason, comment } = draft;
  const changeReason = reading.isChange ? draft.changeReason : null;
  const isNothing = label === "NOT_DIAGNOSTIC";
  const [isChest, setChest] = useState(false);
  const critical = useSignCritical(props.caseId, draft.findings);
  const isHeldBack = (isDoubted && !isChest) || critical.isUnsaid;
  // The password goes on with what was ticked before it was asked for.
  const sign = () =>
    void critical.send(() =>
      props.onSign(isDoubted && isChest, critical.signed),
    );
  const isProofWanted = wantsProof(reading.error);
  const isStray = useStrayTaps(props.isOpen);
  // The button gets the focus only once the dialog has faded in; a reader who
  // types s and Enter is faster.
  useShortcuts([
    {
      id: "read.signNow",
      keys: "Enter",
      label: t("report.sign"),
      group: "decision",
      inDialogs: true,
      hiddenInPalette: true,
      enabled:
        props.isOpen && !reading.isSigning && !isProofWanted && !isHeldBack,
      run: sign,
    },
  ]);
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onCancel}
      title={t("sign.title", { name: props.patientName })}
      closeButtonProps={{ "aria-label": common("close") }}
      size="md"
    >
      <div className={styles.stack}>
        <div className={styles.decided}>{label ? labels(label) : null}</div>
        <dl className={styles.facts}>
          {reading.blindOpinion ? (
            <>
              <dt>{t("facts.blind")}</dt>
              <dd>{labels(reading.blindOpinion)}</dd>
            </>
          ) : null}
          {suggestion ? (
            <>
              <dt>{t("step.ai")}</dt>
              <dd>{suggestions(suggestion)}</dd>
            </>
          ) : null}
          <dt>{t("step.decision")}</dt>
          <dd>{decision ? t(`decided.${decision}`) : null}</dd>
          {changeReason ? (
            <>
              <dt>{t("change.short")}</dt>
              <dd>{t(`change.reasons.${changeReason}`)}</dd>
            </>
          ) : null}
          {isNothing && draft.notDiagnosticReason ? (
            <>
              <dt>{t("notDiagnostic.short")}</dt>
              <dd>{t(`notDiagnostic.reasons.${draft.notDiagnosticReason}`)}</dd>
              <dt>{t("notDiagnostic.retakeShort")}</dt>
              <dd>
                {draft.retakeAsked
                  ? t("notDiagnostic.retakeAsked")
                  : common("none")}
              </dd>
            </>
          ) : null}
          {overrideReason ? (
            <>
              <dt>{t("override.reason")}</dt>
              <dd>{t(`override.reasons.${overrideReason}`)}</dd>
            </>
          ) : null}
          <FindingFacts findings={draft.findings} marks={draft.marks} />
          <ReportFact report={props.report} />
          <dt>{t("report.comment")}</dt>
          <dd>{comment.trim() || common("none")}</dd>
          <dt>{t("marks.label")}</dt>
          <dd>{draft.marks.length}</dd>
        </dl>
        {isDoubted ? (
          <ChestFilmCheck isChecked={isChest} onChange={setChest} />
        ) : null}
        <SignCritical
          state={critical}
          isDialogOpen={props.isOpen}
          onEnter={() => {
            if (!isHeldBack && !reading.isSigning && !isProofWanted) sign();
          }}
        />
        <div className={styles.text}>{t("sign.final")}</div>
        {isProofWanted ? (
          <SignatureProof onProved={sign} onCancel={props.onCancel} />
        ) : (
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={props.onCancel}>
              {common("cancel")}
            </Button>
            <Button
              data-autofocus
              loading={reading.isSigning}
              disabled={isHeldBack}
              rightSection={<Keys keys="Enter" />}
              onClick={(event) => {
                if (!isStray(event)) sign();
              }}
            >
              {t("report.sign")}
            </Button>
          </Group>
        )}
      </div>
    </Modal>
  );
}

/** What is found and concluded, once more; the rest stands in the panel. */
function ReportFact({ report }: { report: ReportText }) {
  const t = useTranslations("reports");
  const shown = (["FINDINGS", "IMPRESSION"] as const).filter(
    (section) => textOf(report, section).trim() !== "",
  );
  if (shown.length === 0) return null;
  return (
    <>
      <dt>{t("heading")}</dt>
      <dd>
        {shown.map((section) => (
          <div key={section}>
            {t(`sections.${section}`)}: {textOf(report, section)}
          </div>
        ))}
      </dd>
    </>
  );
}
