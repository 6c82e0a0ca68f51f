"use client";

import { Button, Group } from "@mantine/core";
import { useTranslations } from "next-intl";

interface RowStepsProps {
  edit: { text: string; label: string; onClick: () => void };
  /** What takes the row away, in two steps. */
  remove: {
    start: string;
    label: string;
    text: string;
    isBusy: boolean;
    onClick: () => void;
  };
  /** Whether the second step is asked for. */
  isAsking: boolean;
  onAsk: (isAsking: boolean) => void;
}

/** Changes a row of a list, or takes it away after a second word. */
export function RowSteps({ edit, remove, isAsking, onAsk }: RowStepsProps) {
  const common = useTranslations("common");
  if (isAsking)
    return (
      <Group gap="xs" wrap="nowrap">
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => onAsk(false)}
        >
          {common("cancel")}
        </Button>
        <Button
          size="compact-sm"
          color="red"
          autoFocus
          loading={remove.isBusy}
          onClick={remove.onClick}
        >
          {remove.text}
        </Button>
      </Group>
    );
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        size="compact-sm"
        variant="default"
        aria-label={edit.label}
        onClick={edit.onClick}
      >
        {edit.text}
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        aria-label={remove.label}
        onClick={() => onAsk(true)}
      >
        {remove.start}
      </Button>
    </Group>
  );
}
