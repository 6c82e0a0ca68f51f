"use client";

import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useErrorText } from "../../lib/error-text.ts";

interface StepDialogProps {
  isOpen?: boolean;
  title: string;
  /** The button that does it. */
  action: string;
  isReady: boolean;
  isBusy: boolean;
  /** Why it was refused, where it was. */
  error?: unknown;
  /** Over the refusal. */
  errorTitle?: string;
  size?: "md" | "lg" | "xl";
  onClose: () => void;
  onSubmit: () => void;
  children: ReactNode;
}

/**
 * A step that asks something first. It stays open until the page closes it, so
 * that a refusal is read beside what was typed.
 */
export function StepDialog(props: StepDialogProps) {
  const { isOpen = true, size = "md", isReady, error, onClose } = props;
  const common = useTranslations("common");
  const errorText = useErrorText();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={props.title}
      closeButtonProps={{ "aria-label": common("close") }}
      size={size}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) props.onSubmit();
        }}
      >
        <Stack gap="0.875rem">
          {props.children}
          {error ? (
            <Alert color="red" p="sm" role="alert" title={props.errorTitle}>
              {errorText(error)}
            </Alert>
          ) : null}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={props.isBusy} disabled={!isReady}>
              {props.action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
