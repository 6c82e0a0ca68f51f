"use client";

import { Button, Group, Modal } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { NO_DETAILS } from "../film-details.ts";
import { useUploadManager, useUploadState } from "../upload-context.tsx";
import { type FilmGroup, groupOf } from "../upload-state.ts";
import { DetailsFields } from "./details-fields.tsx";
import { FilmRow } from "./film-row.tsx";
import styles from "./upload-table.module.css";

/** Every film of this tab: file, patient, how far, what became of it. */
export function UploadTable({ group }: { group: FilmGroup | null }) {
  const t = useTranslations("upload");
  const { films, shared } = useUploadState();
  const shown = films.filter(
    ({ status }) =>
      groupOf(status) !== null && (group === null || groupOf(status) === group),
  );
  const [editing, setEditing] = useState<string | null>(null);
  return (
    <>
      <table className={styles.table} aria-label={t("columns.label")}>
        <thead>
          <tr>
            <th scope="col" className={styles.thumbnailColumn}>
              <span className={styles.hidden}>{t("columns.thumbnail")}</span>
            </th>
            <th scope="col">{t("columns.file")}</th>
            <th scope="col" className={styles.patientColumn}>
              {t("columns.patient")}
            </th>
            <th scope="col" className={styles.outcomeColumn}>
              {t("columns.outcome")}
            </th>
            <th scope="col" className={styles.actionColumn}>
              <span className={styles.hidden}>{t("columns.actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((film) => (
            <FilmRow
              key={film.id}
              film={film}
              shared={shared}
              onEdit={setEditing}
            />
          ))}
        </tbody>
      </table>
      <EditDialog filmId={editing} onClose={() => setEditing(null)} />
    </>
  );
}

interface EditDialogProps {
  filmId: string | null;
  onClose: () => void;
}

function EditDialog({ filmId, onClose }: EditDialogProps) {
  const t = useTranslations("upload");
  const manager = useUploadManager();
  const { films, shared } = useUploadState();
  const film = films.find(({ id }) => id === filmId);
  return (
    <Modal
      opened={film !== undefined}
      onClose={onClose}
      size="lg"
      title={t("editTitle", { name: film?.name ?? "" })}
      closeButtonProps={{ "aria-label": t("done") }}
    >
      {film ? (
        <DetailsFields
          details={{ ...NO_DETAILS, ...film.details }}
          inherited={shared}
          problems={manager.problems(film)}
          onChange={(change) => manager.setDetails(film.id, change)}
        />
      ) : null}
      <Group justify="flex-end" mt="md">
        <Button onClick={onClose}>{t("done")}</Button>
      </Group>
    </Modal>
  );
}
