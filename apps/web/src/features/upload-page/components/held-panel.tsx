"use client";

import { Button, Collapse, Group, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconTable } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { problemsOf } from "../../film-details/film-details.ts";
import {
  useUploadManager,
  useUploadState,
} from "../../uploads/upload-context.tsx";
import type { TableReport } from "../../details-tables/use-details-table.ts";
import {
  useForgetOnceSent,
  useNotesTakenUp,
  useUploadSite,
} from "../../film-notes/use-film-notes.ts";
import { DetailsFields } from "../../film-details/components/details-fields.tsx";
import { KeptFilmNote } from "../../film-notes/components/kept-film-note.tsx";
import { PasteTableDialog } from "../../details-tables/components/paste-table-dialog.tsx";
import styles from "./upload-page.module.css";

interface HeldPanelProps {
  onReport: (report: TableReport) => void;
}

/**
 * Pictures say nothing of their patient: what holds for all of them is filled
 * in here once, then they are sent.
 */
export function HeldPanel({ onReport }: HeldPanelProps) {
  const t = useTranslations("upload.held");
  const manager = useUploadManager();
  const { films, shared } = useUploadState();
  const siteId = useUploadSite();
  useForgetOnceSent(siteId);
  useNotesTakenUp(siteId);
  const [isFormOpen, form] = useDisclosure(true);
  const [isPasteOpen, paste] = useDisclosure(false);
  const held = films.filter(({ status }) => status.step === "held");
  if (held.length === 0) return null;
  const ready = held.filter(
    (film) => Object.keys(manager.problems(film)).length === 0,
  );
  const unknown = held.filter((film) => !film.details.mrn && !shared.mrn);
  const today = new Date().toISOString().slice(0, 10);
  return (
    <section className={styles.held} aria-labelledby="held-title">
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={2} id="held-title">
            {t("title", { count: held.length })}
          </Title>
          <Text size="sm" c="dimmed">
            {t("text")}
          </Text>
        </div>
        <Group gap="sm">
          <Button
            variant="default"
            leftSection={<IconTable size={16} aria-hidden />}
            onClick={paste.open}
          >
            {t("paste")}
          </Button>
          <Button
            disabled={ready.length === 0}
            onClick={() => manager.release(ready.map(({ id }) => id))}
          >
            {t("send", { count: ready.length })}
          </Button>
        </Group>
      </Group>
      {unknown.length > 0 ? (
        <Text size="sm" className={styles.unknown}>
          {t("unknown", { count: unknown.length })}
        </Text>
      ) : null}
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        aria-expanded={isFormOpen}
        rightSection={<IconChevronDown size={14} aria-hidden />}
        onClick={form.toggle}
        className={styles.formToggle}
      >
        {t("forAll")}
      </Button>
      <Collapse expanded={isFormOpen}>
        <DetailsFields
          details={shared}
          problems={problemsOf(shared, today)}
          onChange={(change) => manager.setShared(change)}
          noteState={
            siteId === null ? null : (
              <KeptFilmNote
                key={siteId}
                siteId={siteId}
                film=""
                note={shared.clinicalNote}
                onTakenUp={(clinicalNote) =>
                  manager.setShared({ clinicalNote })
                }
              />
            )
          }
        />
      </Collapse>
      <PasteTableDialog
        opened={isPasteOpen}
        onClose={paste.close}
        onReport={onReport}
      />
    </section>
  );
}
