"use client";

import { Button, Group, Modal } from "@mantine/core";
import { useTranslations } from "next-intl";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { useErrorText } from "../../../lib/error-text.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { useKeptText } from "../../kept-texts/use-kept-text.ts";
import styles from "../../../components/layout/reading.module.css";
import type { SecondReading } from "../use-second-reading.ts";

/** Longest reason that the API takes, in characters. */
const MAX_REASON = 500;

interface DialogsProps {
  open: OpenCase;
  second: SecondReading;
}

/** The two questions about a second reading; one at a time. */
export function SecondReadDialogs({ open, second }: DialogsProps) {
  const t = useTranslations("readings.second");
  const common = useTranslations("common");
  const name = usePatientName()(open.patient);
  return (
    <>
      {second.asking === "request" ? (
        <RequestDialog caseId={open.id} second={second} name={name} />
      ) : null}
      <Modal
        opened={second.asking === "show"}
        onClose={second.close}
        title={t("showTitle")}
        closeButtonProps={{ "aria-label": common("close") }}
        size="md"
      >
        <div className={styles.stack}>
          <div className={styles.text}>{t("showText")}</div>
          <Refusal second={second} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" data-autofocus onClick={second.close}>
              {common("cancel")}
            </Button>
            <Button
              loading={second.isBusy}
              onClick={() => void second.showFirst()}
            >
              {t("showDo")}
            </Button>
          </Group>
        </div>
      </Modal>
    </>
  );
}

interface RequestDialogProps {
  caseId: string;
  second: SecondReading;
  name: string;
}

function RequestDialog({ caseId, second, name }: RequestDialogProps) {
  const t = useTranslations("readings.second");
  const kept = useKeptText({
    caseId,
    kind: "SECOND_READ",
    label: t("askReason"),
  });
  const reason = kept.value.trim();
  return (
    <StepDialog
      title={t("askTitle", { name })}
      action={t("askDo")}
      isReady={reason !== ""}
      isBusy={second.isBusy}
      error={second.error}
      onClose={second.close}
      onSubmit={() => void kept.send(() => second.request(reason), Boolean)}
    >
      <div className={styles.text}>{t("askText")}</div>
      <KeptWordsField
        kept={kept}
        isFirst
        isRequired
        label={t("askReason")}
        maxLength={MAX_REASON}
      />
    </StepDialog>
  );
}

function Refusal({ second }: { second: SecondReading }) {
  const errorText = useErrorText();
  if (!second.error) return null;
  return (
    <div className={styles.notice} data-tone="bad" role="alert">
      {errorText(second.error)}
    </div>
  );
}
