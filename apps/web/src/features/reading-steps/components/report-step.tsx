"use client";

import { Button } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import { useErrorText } from "../../../lib/error-text.ts";
import { formatClockTime } from "../../../lib/clock-time.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import { PriorReport } from "../../reports/components/prior-report.tsx";
import { ReportFields } from "../../reports/components/report-fields.tsx";
import type { ReportState } from "../../reports/use-report.ts";
import type { Reading } from "../../readings/use-reading.ts";
import type { DraftState } from "../../readings/use-reading-draft.ts";
import { FindingsField } from "../../findings/components/findings-field.tsx";
import { MarkList } from "./mark-list.tsx";
import { wantsProof } from "../../auth/components/signature-proof.tsx";
import styles from "../../../components/layout/reading.module.css";
import { Step } from "./step.tsx";
import { GrowingTextarea } from "../../../components/ui/growing-textarea.tsx";

/** As many characters as the API takes. */
export const MAX_COMMENT = 4000;

interface ReportStepProps {
  open: OpenCase;
  report: ReportState;
  reading: Reading;
  isMine: boolean;
  mayRead: boolean;
  selectedMark: string | null;
  onSelectMark: (id: string | null) => void;
  onRemoveMark: (id: string) => void;
}

/** The report, an internal comment and marked regions. */
export function ReportStep(props: ReportStepProps) {
  const { reading, isMine } = props;
  const t = useTranslations("readings");
  const { draft, missing } = reading;
  return (
    <Step
      number={4}
      title={t("step.report")}
      isCurrent={missing.length === 0 && isMine}
      isDone={false}
    >
      <div className={styles.stack}>
        <FindingsField
          findings={draft.findings}
          marks={draft.marks}
          label={draft.label}
          hasKey={props.mayRead}
          onChange={reading.setFindings}
        />
        <PriorReport open={props.open} />
        <ReportFields
          state={props.report}
          siteId={props.open.site.id}
          isDisabled={!isMine}
        />
        <GrowingTextarea
          label={t("report.comment")}
          description={t("report.commentHelp")}
          placeholder={t("report.placeholder")}
          minRows={2}
          maxRows={8}
          maxLength={MAX_COMMENT}
          withAsterisk={missing.includes("commentForOther")}
          value={draft.comment}
          onChange={(event) =>
            reading.update({ comment: event.currentTarget.value })
          }
        />
        <MarkList
          marks={draft.marks}
          films={props.open.study.images}
          selectedId={props.selectedMark}
          onSelect={props.onSelectMark}
          onRemove={props.onRemoveMark}
          onChange={(marks) => reading.update({ marks })}
        />
      </div>
    </Step>
  );
}

interface SignFooterProps {
  reading: Reading;
  drafts: DraftState;
  isMine: boolean;
  onSign: () => void;
  /** What may be done instead. */
  children?: ReactNode;
}

/** The signature, always in sight, and what is still missing for it. */
export function SignFooter(props: SignFooterProps) {
  const { reading, drafts, isMine } = props;
  const t = useTranslations("readings");
  const errorText = useErrorText();
  const [missing] = reading.missing;
  const isReady = missing === undefined && isMine;
  return (
    <div className={styles.footer}>
      {reading.error && !wantsProof(reading.error) ? (
        <div className={styles.notice} data-tone="bad" role="alert">
          {errorText(reading.error)}
        </div>
      ) : null}
      <Button
        fullWidth
        variant={isReady ? "filled" : "default"}
        disabled={!isReady}
        loading={reading.isSigning}
        aria-keyshortcuts="s"
        rightSection={<Keys keys="s" />}
        onClick={props.onSign}
      >
        {t("report.sign")}
      </Button>
      {props.children}
      {missing && isMine ? (
        <div className={styles.small}>
          {missing === "decision" && reading.isAiVisible
            ? t("missing.answer")
            : t(`missing.${missing}`)}
        </div>
      ) : null}
      <DraftNote drafts={drafts} />
    </div>
  );
}

function DraftNote({ drafts }: { drafts: DraftState }) {
  const t = useTranslations("readings.draft");
  const locale = useLocale();
  const notify = useNotify();
  const discard = () => {
    const { draft } = drafts;
    drafts.discard();
    notify.done(t("discarded"), () => drafts.update(draft));
  };
  if (drafts.isUnkept) {
    return (
      <div className={styles.notice} role="status">
        {t("unkept")}
      </div>
    );
  }
  if (drafts.savedAt === null) return null;
  return (
    <div className={styles.row}>
      <span className={styles.small} role="status">
        {t(drafts.isRestored ? "restored" : "kept", {
          time: formatClockTime(drafts.savedAt, locale),
        })}
      </span>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        flex="none"
        onClick={discard}
      >
        {t("discard")}
      </Button>
    </div>
  );
}
