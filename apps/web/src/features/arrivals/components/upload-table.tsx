"use client";

import { Button, Group, Modal } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { NO_DETAILS } from "../../film-details/film-details.ts";
import {
  useUploadManager,
  useUploadState,
} from "../../uploads/upload-context.tsx";
import {
  type FilmGroup,
  type UploadFilm,
  groupOf,
} from "../../uploads/upload-state.ts";
import { type UploadedCase, useUploadedCases } from "../use-uploaded-cases.ts";
import { useFilmHash, useUploadSite } from "../../film-notes/use-film-notes.ts";
import { DetailsFields } from "../../film-details/components/details-fields.tsx";
import { FilmRow } from "./film-row.tsx";
import { KeptFilmNote } from "../../film-notes/components/kept-film-note.tsx";
import styles from "./upload-table.module.css";

/** Every film of this tab: file, patient, how far, what became of it. */
export function UploadTable({ group }: { group: FilmGroup | null }) {
  const t = useTranslations("upload");
  const { films, shared } = useUploadState();
  const shown = films.filter(
    ({ status }) =>
      groupOf(status) !== null && (group === null || groupOf(status) === group),
  );
  const uploaded = useUploadedCases(films);
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
              placed={placedOf(film, uploaded.byCase)}
              onEdit={setEditing}
              onCorrected={uploaded.refetch}
            />
          ))}
        </tbody>
      </table>
      <EditDialog filmId={editing} onClose={() => setEditing(null)} />
    </>
  );
}

function placedOf(
  { status }: UploadFilm,
  byCase: ReadonlyMap<string, UploadedCase>,
): UploadedCase | undefined {
  return status.step === "done"
    ? byCase.get(status.result.caseId ?? "")
    : undefined;
}

interface EditDialogProps {
  filmId: string | null;
  onClose: () => void;
}

function EditDialog({ filmId, onClose }: EditDialogProps) {
  const t = useTranslations("upload");
  const { films } = useUploadState();
  const film = films.find(({ id }) => id === filmId);
  return (
    <Modal
      opened={film !== undefined}
      onClose={onClose}
      size="lg"
      title={t("editTitle", { name: film?.name ?? "" })}
      closeButtonProps={{ "aria-label": t("done") }}
    >
      {film ? <FilmForm film={film} /> : null}
      <Group justify="flex-end" mt="md">
        <Button onClick={onClose}>{t("done")}</Button>
      </Group>
    </Modal>
  );
}

function FilmForm({ film }: { film: UploadFilm }) {
  const manager = useUploadManager();
  const { shared } = useUploadState();
  const siteId = useUploadSite();
  const hash = useFilmHash(film.id);
  return (
    <DetailsFields
      details={{ ...NO_DETAILS, ...film.details }}
      inherited={shared}
      problems={manager.problems(film)}
      onChange={(change) => manager.setDetails(film.id, change)}
      noteState={
        siteId === null || hash === null ? null : (
          <KeptFilmNote
            key={`${siteId} ${hash}`}
            siteId={siteId}
            film={hash}
            note={film.details.clinicalNote ?? ""}
            onTakenUp={(clinicalNote) =>
              manager.setDetails(film.id, { clinicalNote })
            }
          />
        )
      }
    />
  );
}
