"use client";

import { Button, Group, Modal, Select } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useErrorText } from "../../../lib/error-text.ts";
import {
  SignatureProof,
  wantsProof,
} from "../../auth/components/signature-proof.tsx";
import {
  overrideReasonsFor,
  partlyReasonsFor,
  type Suggestion,
} from "../../decisions/decision-rules.ts";
import { ReportFields } from "../../reports/components/report-fields.tsx";
import { type ReportState, useReport } from "../../reports/use-report.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import type { AmendmentDraft } from "../amendment-draft.ts";
import type { Amendment } from "../use-amendment.ts";
import { KeptNote } from "../../kept-texts/components/kept-note.tsx";
import { AmendmentChanges } from "./amendment-changes.tsx";
import { LabelTiles } from "../../decisions/components/label-tiles.tsx";
import { FindingsField } from "../../findings/components/findings-field.tsx";
import { NotDiagnosticFields } from "../../reading-steps/components/not-diagnostic-fields.tsx";
import {
  ChestFilmCheck,
  isDoubted,
} from "../../decisions/components/chest-film-check.tsx";
import { MarkList } from "../../reading-steps/components/mark-list.tsx";
import { MAX_COMMENT } from "../../reading-steps/components/report-step.tsx";
import styles from "../../../components/layout/reading.module.css";
import { GrowingTextarea } from "../../../components/ui/growing-textarea.tsx";

interface AmendFormProps {
  open: OpenCase;
  amendment: Amendment;
  draft: AmendmentDraft;
  suggestion: Suggestion | null;
  selectedMark: string | null;
  onSelectMark: (id: string | null) => void;
  onRemoveMark: (id: string) => void;
}

/** The next version of a review; asked for its reason before it is signed. */
export function AmendForm(props: AmendFormProps) {
  const { amendment, draft, suggestion } = props;
  const t = useTranslations("readings");
  const common = useTranslations("common");
  const [isAsking, setAsking] = useState(false);
  const report = useReport({
    caseId: props.open.id,
    label: draft.label,
    findings: draft.findings,
    draft: draft.report,
    onChange: (changed) => amendment.update({ report: changed }),
    isActive: true,
  });
  const reasons =
    suggestion && draft.decision === "OVERRIDE"
      ? overrideReasonsFor(draft.label, suggestion)
      : suggestion && draft.decision === "PARTLY"
        ? partlyReasonsFor(draft.label, suggestion)
        : [];
  return (
    <div className={styles.stack} onBlur={amendment.kept.flush}>
      <LabelTiles
        legend={t("override.label")}
        value={draft.label}
        onChange={amendment.setLabel}
      />
      {draft.label === "NOT_DIAGNOSTIC" ? (
        <NotDiagnosticFields draft={draft} onChange={amendment.update} />
      ) : (
        <div className={styles.text}>{t(`decided.${draft.decision}`)}</div>
      )}
      {reasons.length > 0 ? (
        <Select
          label={t("override.reason")}
          placeholder={t("override.choose")}
          withAsterisk
          allowDeselect={false}
          data={reasons.map((code) => ({
            value: code,
            label: t(`override.reasons.${code}`),
          }))}
          value={draft.overrideReason}
          onChange={(value) => {
            const overrideReason = reasons.find((code) => code === value);
            if (overrideReason) amendment.update({ overrideReason });
          }}
        />
      ) : null}
      <FindingsField
        findings={draft.findings}
        marks={draft.marks}
        label={draft.label}
        hasKey
        onChange={amendment.setFindings}
      />
      <ReportFields state={report} siteId={props.open.site.id} />
      <GrowingTextarea
        label={t("report.comment")}
        description={t("report.commentHelp")}
        minRows={2}
        maxRows={8}
        maxLength={MAX_COMMENT}
        value={draft.comment}
        onChange={(event) =>
          amendment.update({ comment: event.currentTarget.value })
        }
      />
      <MarkList
        marks={draft.marks}
        films={props.open.study.images}
        selectedId={props.selectedMark}
        onSelect={props.onSelectMark}
        onRemove={props.onRemoveMark}
        onChange={(marks) => amendment.update({ marks })}
      />
      <KeptNote kept={amendment.kept} hasDiscard={false} />
      <div className={styles.row}>
        <Button variant="default" onClick={amendment.discard}>
          {common("cancel")}
        </Button>
        <Button
          disabled={amendment.missing.length > 0}
          onClick={() => setAsking(true)}
        >
          {t("amend.signEllipsis")}
        </Button>
      </div>
      <ReasonDialog
        amendment={amendment}
        report={report}
        isDoubted={isDoubted(props.open, draft.label)}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}

interface ReasonDialogProps {
  amendment: Amendment;
  report: ReportState;
  /** Normal, of what may be no chest film. */
  isDoubted: boolean;
  isOpen: boolean;
  onClose: () => void;
}

function ReasonDialog(props: ReasonDialogProps) {
  const { amendment, isOpen, onClose } = props;
  const t = useTranslations("readings.amend");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const { reason } = amendment;
  const [isChest, setChest] = useState(false);
  const confirms = props.isDoubted && isChest;
  const isProofWanted = wantsProof(amendment.error);
  const sign = () => amendment.sign(confirms, props.report.settled);
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t("title")}
      size="lg"
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <form
        className={styles.stack}
        onSubmit={(event) => {
          event.preventDefault();
          void sign();
        }}
      >
        {amendment.draft && amendment.signed ? (
          <AmendmentChanges
            signed={amendment.signed}
            draft={amendment.draft}
            report={props.report.report}
          />
        ) : null}
        <GrowingTextarea
          data-autofocus
          label={t("reason")}
          description={t("reasonHelp")}
          withAsterisk
          minRows={2}
          maxLength={MAX_COMMENT}
          value={reason}
          onBlur={amendment.kept.flush}
          onChange={(event) => amendment.setReason(event.currentTarget.value)}
        />
        {props.isDoubted ? (
          <ChestFilmCheck isChecked={isChest} onChange={setChest} />
        ) : null}
        {amendment.error && !isProofWanted ? (
          <div className={styles.notice} data-tone="bad" role="alert">
            {errorText(amendment.error)}
          </div>
        ) : null}
        {isProofWanted ? null : (
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button
              type="submit"
              disabled={reason.trim() === "" || (props.isDoubted && !isChest)}
              loading={amendment.isBusy}
            >
              {t("sign")}
            </Button>
          </Group>
        )}
      </form>
      {isProofWanted ? (
        <SignatureProof onProved={() => void sign()} onCancel={onClose} />
      ) : null}
    </Modal>
  );
}
