"use client";

import { Button, Group } from "@mantine/core";
import { useTranslations } from "next-intl";
import {
  useUploadManager,
  useUploadState,
} from "../../uploads/upload-context.tsx";
import {
  countFilms,
  type FilmGroup,
  groupFilms,
} from "../../uploads/upload-state.ts";
import styles from "./upload-page.module.css";

interface UploadSummaryProps {
  /** The group that the table is narrowed to, null for all films. */
  group: FilmGroup | null;
  onGroup: (group: FilmGroup | null) => void;
}

/** What became of the films, and what can be done with all of a kind. */
export function UploadSummary({ group, onGroup }: UploadSummaryProps) {
  const t = useTranslations("upload");
  const manager = useUploadManager();
  const { films } = useUploadState();
  const counts = countFilms(films);
  const idsOf = (step: string) =>
    films.filter(({ status }) => status.step === step).map(({ id }) => id);
  const failed = idsOf("failed").filter((id) => manager.canRetry(id));
  const finished = [...idsOf("done"), ...idsOf("failed")];
  return (
    <>
      <Group justify="space-between" className={styles.summary}>
        <div role="status">
          {t("summary", {
            total: counts.total,
            accepted: counts.accepted,
            duplicate: counts.duplicate,
            refused: counts.refused + counts.failed,
            underWay: counts.underWay,
          })}
        </div>
        <Group gap="sm">
          {failed.length > 0 ? (
            <Button variant="default" onClick={() => manager.retry(failed)}>
              {t("retryAll", { count: failed.length })}
            </Button>
          ) : null}
          {finished.length > 0 ? (
            <Button
              variant="subtle"
              color="gray"
              onClick={() => manager.remove(finished)}
            >
              {t("clearFinished")}
            </Button>
          ) : null}
        </Group>
      </Group>
      <GroupChoice group={group} onGroup={onGroup} />
    </>
  );
}

/** Finds the five films of two hundred that somebody has to look at. */
function GroupChoice({ group, onGroup }: UploadSummaryProps) {
  const t = useTranslations("upload.groups");
  const { films } = useUploadState();
  const groups = groupFilms(films);
  if (groups.size < 2) return null;
  const choices: [FilmGroup | null, number][] = [
    [null, countFilms(films).total],
    ...groups,
  ];
  return (
    <Group gap={4} role="group" aria-label={t("label")} mb="xs">
      {choices.map(([name, count]) => (
        <Button
          key={name ?? "all"}
          size="compact-sm"
          variant={name === group ? "light" : "subtle"}
          {...(name === group ? {} : { color: "gray" })}
          aria-pressed={name === group}
          onClick={() => onGroup(name)}
        >
          {t(name ?? "all")} · {count}
        </Button>
      ))}
    </Group>
  );
}
