"use client";

import { Button, Group, Modal } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useErrorText } from "../../../lib/error-text.ts";
import styles from "./critical.module.css";

interface CriticalDialogProps {
  title: string;
  /** The button that does it. */
  action: string;
  isReady: boolean;
  isBusy: boolean;
  error: unknown;
  onClose: () => void;
  onSubmit: () => void;
  children: ReactNode;
}

/** The frame of every step of a critical result; what was typed stays. */
export function CriticalDialog(props: CriticalDialogProps) {
  const common = useTranslations("common");
  const errorText = useErrorText();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ "aria-label": common("close") }}
      size="md"
    >
      <form
        className={styles.stack}
        onSubmit={(event) => {
          event.preventDefault();
          if (props.isReady) props.onSubmit();
        }}
      >
        {props.children}
        {props.error ? (
          <div className={styles.notice} role="alert">
            {errorText(props.error)}
          </div>
        ) : null}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={props.onClose}>
            {common("cancel")}
          </Button>
          <Button
            type="submit"
            loading={props.isBusy}
            disabled={!props.isReady}
          >
            {props.action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
