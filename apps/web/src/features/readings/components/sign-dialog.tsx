"use client";

import { Button, Group, Modal } from "@mantine/core";
import { useTranslations } from "next-intl";
import type {
  ChangeReason,
  Decision,
  Label,
  OverrideReason,
  ReportSection,
} from "../../../gql/graphql.ts";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { useShortcuts } from "../../../components/shortcuts/use-shortcuts.ts";
import {
  SignatureProof,
  wantsProof,
} from "../../auth/components/signature-proof.tsx";
import type { Suggestion } from "../decision-rules.ts";
import {
  REPORT_SECTIONS,
  type ReportText,
  textOf,
} from "../../reports/report-draft.ts";
import styles from "./reading.module.css";

interface SignDialogProps {
  isOpen: boolean;
  patientName: string;
  /** What the reader said before the AI was shown. */
  opinion: Label | null;
  suggestion: Suggestion | null;
  label: Label | null;
  decision: Decision | null;
  overrideReason: OverrideReason | null;
  /** Only where the AI is followed against the opinion. */
  changeReason: ChangeReason | null;
  comment: string;
  report: ReportText;
  markCount: number;
  isBusy: boolean;
  /** Why the last try was refused, as far as this dialog can help. */
  error: unknown;
  onCancel: () => void;
  onSign: () => void;
}

/** The confirming step before a signature: what is signed, once more. */
export function SignDialog(props: SignDialogProps) {
  const t = useTranslations("readings");
  const common = useTranslations("common");
  const labels = useTranslations("findings.labels");
  const suggestions = useTranslations("findings.suggestion");
  const { label, decision, overrideReason, comment } = props;
  const isProofWanted = wantsProof(props.error);
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
      enabled: props.isOpen && !props.isBusy && !isProofWanted,
      run: props.onSign,
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
          {props.opinion ? (
            <>
              <dt>{t("facts.blind")}</dt>
              <dd>{labels(props.opinion)}</dd>
            </>
          ) : null}
          {props.suggestion ? (
            <>
              <dt>{t("step.ai")}</dt>
              <dd>{suggestions(props.suggestion)}</dd>
            </>
          ) : null}
          <dt>{t("step.decision")}</dt>
          <dd>{decision ? t(`decided.${decision}`) : null}</dd>
          {props.changeReason ? (
            <>
              <dt>{t("change.short")}</dt>
              <dd>{t(`change.reasons.${props.changeReason}`)}</dd>
            </>
          ) : null}
          {overrideReason ? (
            <>
              <dt>{t("override.reason")}</dt>
              <dd>{t(`override.reasons.${overrideReason}`)}</dd>
            </>
          ) : null}
          {REPORT_SECTIONS.map((section) => (
            <SectionFact
              key={section}
              section={section}
              report={props.report}
            />
          ))}
          <dt>{t("report.comment")}</dt>
          <dd>{comment.trim() || common("none")}</dd>
          <dt>{t("marks.label")}</dt>
          <dd>{props.markCount}</dd>
        </dl>
        <div className={styles.text}>{t("sign.final")}</div>
        {isProofWanted ? (
          <SignatureProof onProved={props.onSign} onCancel={props.onCancel} />
        ) : (
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={props.onCancel}>
              {common("cancel")}
            </Button>
            <Button
              data-autofocus
              loading={props.isBusy}
              rightSection={<Keys keys="Enter" />}
              onClick={props.onSign}
            >
              {t("report.sign")}
            </Button>
          </Group>
        )}
      </div>
    </Modal>
  );
}

/** What is concluded and found, once more; the rest stands in the panel. */
function SectionFact({
  section,
  report,
}: {
  section: ReportSection;
  report: ReportText;
}) {
  const t = useTranslations("reports.sections");
  const isShown = section === "FINDINGS" || section === "IMPRESSION";
  const text = textOf(report, section);
  if (!isShown || text.trim() === "") return null;
  return (
    <>
      <dt>{t(section)}</dt>
      <dd>{text}</dd>
    </>
  );
}
