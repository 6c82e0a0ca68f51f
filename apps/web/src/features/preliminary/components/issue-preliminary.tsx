"use client";

import { useMutation } from "@apollo/client/react";
import { Button, Group, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { useShortcuts } from "../../../components/shortcuts/use-shortcuts.ts";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import { useErrorText } from "../../../lib/error-text.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import styles from "../../../components/layout/reading.module.css";
import { toFindingInput } from "../../findings/draft-findings.ts";
import type { Reading } from "../../readings/use-reading.ts";
import { ReportTextView } from "../../report-text/components/report-text.tsx";
import { isEmptyReport } from "../../report-text/report-draft.ts";
import type { ReportState } from "../../reports/use-report.ts";
import { ISSUE_PRELIMINARY } from "../preliminary-queries.ts";

interface IssuePreliminaryProps {
  open: OpenCase;
  reading: Reading;
  report: ReportState;
}

/** Gives the report out as it reads now; the case stays to be signed. */
export function IssuePreliminary(props: IssuePreliminaryProps) {
  const { open, reading, report } = props;
  const t = useTranslations("preliminary");
  const common = useTranslations("common");
  const labels = useTranslations("findings.labels");
  const errorText = useErrorText();
  const notify = useNotify();
  const patientName = usePatientName()(open.patient);
  const [isOpen, dialog] = useDisclosure(false);
  const [send, { loading, error, reset }] = useMutation(ISSUE_PRELIMINARY);
  const { label, findings } = reading.draft;
  const isReady =
    open.viewerCanIssuePreliminary &&
    label !== null &&
    !reading.missing.includes("findings");
  const close = () => {
    reset();
    dialog.close();
  };
  const issue = async () => {
    if (label === null || loading) return;
    // What is given out says what is chosen now, however fast it was typed.
    const text = await report.settled().catch(() => null);
    if (text === null) return;
    const input = {
      caseId: open.id,
      label,
      findings: toFindingInput(findings, []),
      report: text,
    };
    const done = await send({ variables: { input } }).catch(() => null);
    if (!done?.data) return;
    notify.done(t("issued", { number: done.data.issuePreliminary.number }));
    close();
  };
  useShortcuts([
    {
      id: "read.preliminary",
      keys: "shift+S",
      label: t("start"),
      group: "decision",
      enabled: isReady,
      run: dialog.open,
    },
    {
      id: "read.preliminaryNow",
      keys: "Enter",
      label: t("do"),
      group: "decision",
      inDialogs: true,
      hiddenInPalette: true,
      enabled: isOpen && !loading,
      run: () => void issue(),
    },
  ]);
  if (!open.viewerCanIssuePreliminary) return null;
  return (
    <>
      <Button
        fullWidth
        size="xs"
        variant="subtle"
        disabled={!isReady}
        aria-keyshortcuts="Shift+S"
        rightSection={<Keys keys="shift+S" />}
        onClick={dialog.open}
      >
        {t("start")}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t("title", { name: patientName })}
        closeButtonProps={{ "aria-label": common("close") }}
        size="md"
      >
        <div className={styles.stack}>
          <div className={styles.text}>{t("text")}</div>
          <div className={styles.decided}>{label ? labels(label) : null}</div>
          {isEmptyReport(report.report) ? (
            <div className={styles.text}>{t("empty")}</div>
          ) : (
            <ReportTextView report={report.report} />
          )}
          {error ? (
            <div className={styles.notice} data-tone="bad" role="alert">
              {errorText(error)}
            </div>
          ) : null}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close}>
              {common("cancel")}
            </Button>
            <Button
              data-autofocus
              loading={loading}
              disabled={isEmptyReport(report.report)}
              rightSection={<Keys keys="Enter" />}
              onClick={() => void issue()}
            >
              {t("do")}
            </Button>
          </Group>
        </div>
      </Modal>
    </>
  );
}
