"use client";

import { Button, Code, Group, Modal, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useReasonPlace } from "../../kept-reasons/use-kept-reason.ts";
import { KeptNote } from "../../kept-texts/components/kept-note.tsx";
import { typedText } from "../../kept-texts/kept-text.ts";
import { useKeptAt } from "../../kept-texts/use-kept-at.ts";
import { type TableReport, useDetailsTable } from "../use-details-table.ts";
import { useUploadSite } from "../../film-notes/use-film-notes.ts";
import { GrowingTextarea } from "../../../components/ui/growing-textarea.tsx";

interface PasteTableDialogProps {
  opened: boolean;
  onClose: () => void;
  onReport: (report: TableReport) => void;
}

/** Patient data for many films at once, out of a spreadsheet. */
export function PasteTableDialog(props: PasteTableDialogProps) {
  const { opened, onClose } = props;
  const t = useTranslations("upload.table");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t("title")}
      closeButtonProps={{ "aria-label": t("cancel") }}
    >
      {opened ? <PasteTableForm {...props} /> : null}
    </Modal>
  );
}

function PasteTableForm({ onClose, onReport }: PasteTableDialogProps) {
  const t = useTranslations("upload.table");
  const apply = useDetailsTable();
  const siteId = useUploadSite();
  const place = useReasonPlace(
    siteId === null
      ? null
      : { kind: "DETAILS_TABLE", aboutId: siteId, part: "" },
  );
  const kept = useKeptAt(place, {
    start: "",
    toTyped: (typed) => typedText(typed, ""),
    fromKept: (found) => found.text,
    label: t("label"),
  });
  const text = kept.value;
  const [problem, setProblem] = useState<string | null>(null);
  const submit = () => {
    const outcome = apply({ text }, null);
    if (!outcome.isUsable) {
      setProblem(t(`problems.${outcome.problem}`));
      return;
    }
    // It stays until the films are here: a crash would take their details.
    onReport(outcome.report);
    onClose();
  };
  return (
    <Stack>
      <Text size="sm">{t("text")}</Text>
      <Code block>
        {
          "file;mrn;name;sex;age;weight;flags\nfilm-1.png;10077;TRAN, B;F;63;58;fever cough"
        }
      </Code>
      <GrowingTextarea
        label={t("label")}
        minRows={6}
        maxRows={16}
        value={text}
        error={problem}
        onChange={(event) => kept.setValue(event.currentTarget.value)}
        onBlur={kept.flush}
        data-autofocus
      />
      <KeptNote kept={kept} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button disabled={!text.trim()} onClick={submit}>
          {t("submit")}
        </Button>
      </Group>
    </Stack>
  );
}
