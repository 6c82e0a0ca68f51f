"use client";

import { Button, Group, Modal, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useShortcuts } from "../../../components/shortcuts/use-shortcuts.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import { usePatientName } from "../../cases/use-patient-name.ts";
import type { Claim } from "../../cases/use-claim.ts";
import styles from "./reading.module.css";

/** Longest reason that the API takes, in characters. */
const MAX_REASON = 500;

interface TakeOverProps {
  open: OpenCase;
  claim: Claim;
}

/** Takes a case from its reader, who is told why. */
export function TakeOver({ open, claim }: TakeOverProps) {
  const t = useTranslations("readings.notice.takeOver");
  const keys = useTranslations("cases.keys");
  const common = useTranslations("common");
  const [isOpen, dialog] = useDisclosure(false);
  const patientName = usePatientName();
  const [reason, setReason] = useState("");
  const reader = open.claimedBy?.name ?? "";
  useShortcuts([
    {
      id: "case.takeOver",
      keys: "shift+C",
      label: keys("takeOver"),
      group: "case",
      run: dialog.open,
    },
  ]);
  const takeOver = async () => {
    if (await claim.takeOver(reason.trim())) dialog.close();
  };
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={dialog.open}>
        {t("open")}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={t("title", { name: patientName(open.patient) })}
        closeButtonProps={{ "aria-label": common("close") }}
        size="md"
      >
        <form
          className={styles.stack}
          onSubmit={(event) => {
            event.preventDefault();
            void takeOver();
          }}
        >
          <div className={styles.text}>{t("text", { reader })}</div>
          <Textarea
            data-autofocus
            label={t("reason")}
            description={t("reasonHelp", { reader })}
            withAsterisk
            autosize
            minRows={2}
            maxLength={MAX_REASON}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={dialog.close}>
              {common("cancel")}
            </Button>
            <Button
              type="submit"
              loading={claim.isBusy}
              disabled={reason.trim() === ""}
            >
              {t("do")}
            </Button>
          </Group>
        </form>
      </Modal>
    </>
  );
}
