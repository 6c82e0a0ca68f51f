"use client";

import { Button, Collapse, Group, List } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import {
  useUploadManager,
  useUploadState,
} from "../../uploads/upload-context.tsx";
import styles from "./upload-page.module.css";

/** More names than this are counted. */
const NAMED = 50;

/** What lay beside the films, named, so that nobody misses a film in it. */
export function AsidePanel() {
  const t = useTranslations("upload.aside");
  const manager = useUploadManager();
  const { films } = useUploadState();
  const [isOpen, list] = useDisclosure(false);
  const aside = films.flatMap(({ id, name, status }) =>
    status.step === "aside" ? [{ id, name, kind: status.kind }] : [],
  );
  if (aside.length === 0) return null;
  const ids = aside.map(({ id }) => id);
  return (
    <section className={styles.aside} aria-label={t("label")}>
      <Group gap="sm">
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          aria-expanded={isOpen}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          onClick={list.toggle}
        >
          {t("title", { count: aside.length })}
        </Button>
      </Group>
      <Collapse expanded={isOpen}>
        <List size="sm" my={4}>
          {aside.slice(0, NAMED).map(({ id, name, kind }) => (
            <List.Item key={id}>
              {name} · {t(`kinds.${kind}`)}
            </List.Item>
          ))}
        </List>
        {aside.length > NAMED ? (
          <p className={styles.hint}>
            {t("more", { count: aside.length - NAMED })}
          </p>
        ) : null}
        <Group gap="sm" mb="sm">
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => manager.sendAside(ids)}
          >
            {t("send")}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={() => manager.remove(ids)}
          >
            {t("clear")}
          </Button>
        </Group>
      </Collapse>
    </section>
  );
}
