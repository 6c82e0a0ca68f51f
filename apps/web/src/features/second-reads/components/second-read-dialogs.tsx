"use client";

import { Button, Group, Modal, Textarea } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useErrorText } from "../../../lib/error-text.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import { usePatientName } from "../../cases/use-patient-name.ts";
import styles from "../../readings/components/reading.module.css";
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
  const closeButtonProps = { "aria-label": common("close") };
  return (
    <>
      <Modal
        opened={second.asking === "request"}
        onClose={second.close}
        title={t("askTitle", { name })}
        closeButtonProps={closeButtonProps}
        size="md"
      >
        <RequestForm second={second} />
      </Modal>
      <Modal
        opened={second.asking === "show"}
        onClose={second.close}
        title={t("showTitle")}
        closeButtonProps={closeButtonProps}
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

function RequestForm({ second }: { second: SecondReading }) {
  const t = useTranslations("readings.second");
  const common = useTranslations("common");
  const [reason, setReason] = useState("");
  const isReady = reason.trim() !== "";
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void second.request(reason.trim());
      }}
    >
      <div className={styles.text}>{t("askText")}</div>
      <Textarea
        data-autofocus
        label={t("askReason")}
        withAsterisk
        autosize
        minRows={2}
        maxLength={MAX_REASON}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Refusal second={second} />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={second.close}>
          {common("cancel")}
        </Button>
        <Button type="submit" loading={second.isBusy} disabled={!isReady}>
          {t("askDo")}
        </Button>
      </Group>
    </form>
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
