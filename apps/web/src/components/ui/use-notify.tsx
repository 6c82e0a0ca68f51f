"use client";

import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslations } from "next-intl";
import { useErrorText } from "../../lib/error-text.ts";

export interface Notify {
  /** Something has been done; `undo` takes it back. */
  done: (message: string, undo?: () => void) => void;
  /** Something could not be used as it is; `title` says what, the text why. */
  problem: (title: string, message: string) => void;
  /** Something could not be done; `title` says what, the error why. */
  failed: (title: string, error: unknown) => void;
}

/** Messages in passing, in the same place everywhere. */
export function useNotify(): Notify {
  const t = useTranslations("common");
  const errorText = useErrorText();
  const closeButtonProps = { "aria-label": t("close") };
  return {
    done(message, undo) {
      const id = crypto.randomUUID();
      notifications.show({
        id,
        closeButtonProps,
        autoClose: undo ? 8000 : 4000,
        message: undo ? (
          <Group justify="space-between" wrap="nowrap">
            <span>{message}</span>
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => {
                notifications.hide(id);
                undo();
              }}
            >
              {t("undo")}
            </Button>
          </Group>
        ) : (
          message
        ),
      });
    },
    problem(title, message) {
      notifications.show({
        color: "yellow",
        role: "alert",
        autoClose: 12_000,
        closeButtonProps,
        title,
        message,
      });
    },
    failed(title, error) {
      notifications.show({
        color: "red",
        role: "alert",
        autoClose: 12_000,
        closeButtonProps,
        title,
        message: errorText(error),
      });
    },
  };
}
