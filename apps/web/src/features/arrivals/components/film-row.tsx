"use client";

import { ActionIcon, Button, Group, Text, TextInput } from "@mantine/core";
import { IconDotsVertical, IconX } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { memo } from "react";
import {
  type FilmDetails,
  mergeDetails,
} from "../../film-details/film-details.ts";
import { useUploadManager } from "../../uploads/upload-context.tsx";
import type { UploadFilm } from "../../uploads/upload-state.ts";
import { FilmOutcome } from "./film-outcome.tsx";
import type { UploadedCase } from "../use-uploaded-cases.ts";
import { PlacedPatient } from "./placed-patient.tsx";
import { FilmThumbnail } from "./film-thumbnail.tsx";
import styles from "./upload-table.module.css";

interface FilmRowProps {
  film: UploadFilm;
  shared: FilmDetails;
  /** Its case, once it is known. */
  placed: UploadedCase | undefined;
  onEdit: (id: string) => void;
  onCorrected: () => void;
}

export const FilmRow = memo(function FilmRow(props: FilmRowProps) {
  const { film, shared, placed, onEdit, onCorrected } = props;
  const t = useTranslations("upload");
  const manager = useUploadManager();
  const { status, name } = film;
  const isHeld = status.step === "held";
  return (
    <tr>
      <td>
        <FilmThumbnail film={film} />
      </td>
      <th scope="row">
        <div className={styles.name} title={name}>
          {name}
        </div>
        <div className={styles.size}>
          <Size bytes={film.bytes} />
        </div>
      </th>
      <td>
        {isHeld ? (
          <HeldPatient film={film} shared={shared} onEdit={onEdit} />
        ) : placed ? (
          <PlacedPatient placed={placed} onCorrected={onCorrected} />
        ) : (
          <SentPatient film={film} shared={shared} />
        )}
      </td>
      <td>
        <FilmOutcome film={film} placed={placed} />
      </td>
      <td>
        <Group gap={4} justify="flex-end" wrap="nowrap">
          {status.step === "failed" && manager.canRetry(film.id) ? (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => manager.retry([film.id])}
            >
              {t("retry")}
            </Button>
          ) : null}
          <ActionIcon
            aria-label={t("remove", { name })}
            onClick={() => manager.remove([film.id])}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </td>
    </tr>
  );
});

function Size({ bytes }: { bytes: number }) {
  const format = useFormatter();
  const isSmall = bytes < 1_000_000;
  return format.number(isSmall ? Math.ceil(bytes / 1000) : bytes / 1_000_000, {
    style: "unit",
    unit: isSmall ? "kilobyte" : "megabyte",
    maximumFractionDigits: isSmall ? 0 : 1,
  });
}

/** The four fields that most films need; the rest behind the dots. */
function HeldPatient(props: Pick<FilmRowProps, "film" | "shared" | "onEdit">) {
  const { film, shared, onEdit } = props;
  const t = useTranslations("upload");
  const manager = useUploadManager();
  const problems = manager.problems(film);
  const field = (name: "mrn" | "patientName" | "ageYears") => (
    <TextInput
      size="xs"
      aria-label={t("fieldOf", { field: t(`fields.${name}`), name: film.name })}
      placeholder={shared[name] || t(`short.${name}`)}
      value={film.details[name] ?? ""}
      error={problems[name] !== undefined}
      autoComplete="off"
      onChange={(event) =>
        manager.setDetails(film.id, { [name]: event.currentTarget.value })
      }
    />
  );
  return (
    <div className={styles.patient}>
      {field("mrn")}
      {field("patientName")}
      {field("ageYears")}
      <ActionIcon
        aria-label={t("editAll", { name: film.name })}
        onClick={() => onEdit(film.id)}
      >
        <IconDotsVertical size={16} aria-hidden />
      </ActionIcon>
      {film.details.clinicalNote ? (
        // It may have been typed before: it is read before it is sent.
        <Text size="xs" c="dimmed" lineClamp={2} className={styles.note}>
          {t("fields.clinicalNote")}: {film.details.clinicalNote}
        </Text>
      ) : null}
    </div>
  );
}

function SentPatient({ film, shared }: Pick<FilmRowProps, "film" | "shared">) {
  const t = useTranslations("upload");
  const isTaken =
    film.status.step !== "failed" &&
    (film.status.step !== "done" || film.status.result.outcome !== "refused");
  if (film.kind === null || !isTaken) return null;
  if (film.kind !== "picture") {
    return <span className={styles.size}>{t("fromHeader")}</span>;
  }
  const { patientName, mrn } = mergeDetails(shared, film.details);
  const text = [patientName, mrn].filter(Boolean).join(" · ");
  return text || <span className={styles.size}>{t("unknownPatient")}</span>;
}
