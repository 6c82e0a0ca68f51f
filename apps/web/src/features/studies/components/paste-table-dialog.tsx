"use client";

import {
  Button,
  Code,
  Group,
  Modal,
  Stack,
  Text,
  Textarea,
} from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type TableReport, useDetailsTable } from "../use-details-table.ts";

interface PasteTableDialogProps {
  opened: boolean;
  onClose: () => void;
  onReport: (report: TableReport) => void;
}

/** Patient data for many films at once, out of a spreadsheet. */
export function PasteTableDialog(props: PasteTableDialogProps) {
  const { opened, onClose, onReport } = props;
  const t = useTranslations("upload.table");
  const apply = useDetailsTable();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const submit = () => {
    const outcome = apply({ text }, null);
    if (!outcome.isUsable) {
      setProblem(t(`problems.${outcome.problem}`));
      return;
    }
    setText("");
    setProblem(null);
    onReport(outcome.report);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t("title")}
      closeButtonProps={{ "aria-label": t("cancel") }}
    >
      <Stack>
        <Text size="sm">{t("text")}</Text>
        <Code block>
          {
            "file;mrn;name;sex;age;weight;flags\nfilm-1.png;10077;TRAN, B;F;63;58;fever cough"
          }
        </Code>
        <Textarea
          label={t("label")}
          autosize
          minRows={6}
          maxRows={16}
          value={text}
          error={problem}
          onChange={(event) => setText(event.currentTarget.value)}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button disabled={!text.trim()} onClick={submit}>
            {t("submit")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
