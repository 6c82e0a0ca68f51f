"use client";

import { Button, Group, Text } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type DragEvent, useRef, useState } from "react";
import { namedFiles, readDroppedFiles } from "../read-dropped-files.ts";
import type { NamedFile } from "../../uploads/upload-manager.ts";
import styles from "./drop-area.module.css";

interface DropAreaProps {
  onFiles: (files: NamedFile[]) => void;
  /** A dropped folder that cannot be read. */
  onError: (error: unknown) => void;
  /** Smaller, once films are listed below. */
  isCompact: boolean;
}

/** Where films and folders of films are dropped or chosen. */
export function DropArea({ onFiles, onError, isCompact }: DropAreaProps) {
  const t = useTranslations("upload.drop");
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [depth, setDepth] = useState(0);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setDepth(0);
    readDroppedFiles(event.dataTransfer.items).then(onFiles, onError);
  };
  const take = (input: HTMLInputElement) => {
    onFiles(namedFiles([...(input.files ?? [])]));
    // The same files can be chosen again.
    input.value = "";
  };
  return (
    <section
      aria-label={t("title")}
      className={styles.area}
      data-over={depth > 0 || undefined}
      data-compact={isCompact || undefined}
      onDragEnter={() => setDepth((value) => value + 1)}
      onDragLeave={() => setDepth((value) => Math.max(0, value - 1))}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      <IconUpload size={isCompact ? 20 : 32} aria-hidden />
      <div className={styles.words}>
        <Text fw={600}>{t("title")}</Text>
        <Text size="sm" c="dimmed">
          {t("text")}
        </Text>
      </div>
      <Group gap="sm">
        <Button onClick={() => files.current?.click()}>
          {t("chooseFiles")}
        </Button>
        <Button variant="default" onClick={() => folder.current?.click()}>
          {t("chooseFolder")}
        </Button>
      </Group>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label={t("chooseFiles")}
        onChange={(event) => take(event.currentTarget)}
      />
      <input
        ref={folder}
        type="file"
        webkitdirectory=""
        hidden
        aria-label={t("chooseFolder")}
        onChange={(event) => take(event.currentTarget)}
      />
    </section>
  );
}
