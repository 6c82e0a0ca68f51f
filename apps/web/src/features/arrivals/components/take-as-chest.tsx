"use client";

import { Button, Group, Modal, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import type { Messages } from "../../../i18n/messages.ts";
import { useUploadManager } from "../../uploads/upload-context.tsx";
import type { UploadFilm } from "../../uploads/upload-state.ts";

type ModalityKey = keyof Messages["upload"]["modalities"];

/** What a film says it is, in words. */
export function useModalityText(): (modality: string) => string {
  const t = useTranslations("upload.modalities");
  return (modality) =>
    modality !== "other" && t.has(modality as ModalityKey)
      ? t(modality as Exclude<ModalityKey, "other">)
      : t("other", { code: modality });
}

interface TakeAsChestProps {
  film: UploadFilm;
  modality: string;
}

/** Lets a person overrule what a film says of its modality, on purpose. */
export function TakeAsChest({ film, modality }: TakeAsChestProps) {
  const t = useTranslations("upload.take");
  const manager = useUploadManager();
  const modalityText = useModalityText();
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={dialog.open}>
        {t("start")}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={t("title")}
        closeButtonProps={{ "aria-label": t("cancel") }}
      >
        <Text size="sm">
          {t("text", { name: film.name, what: modalityText(modality) })}
        </Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={dialog.close} data-autofocus>
            {t("cancel")}
          </Button>
          <Button
            onClick={() => {
              dialog.close();
              manager.takeAsChest(film.id);
            }}
          >
            {t("submit")}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
