"use client";

import { ActionIcon, Select } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import {
  type FilmScale,
  useMeasureText,
} from "../../marks/use-measure-text.ts";
import { useMarkText } from "../../marks/use-mark-text.ts";
import type { DraftMark } from "../../readings/reading-draft.ts";
import styles from "../../../components/layout/reading.module.css";

interface MarkListProps {
  marks: readonly DraftMark[];
  /** the films that they are on, to measure by */
  films: readonly (FilmScale & { id: string })[];
  selectedId: string | null;
  onSelect: (id: string | null) => void;
  onRemove: (id: string) => void;
  onChange: (marks: DraftMark[]) => void;
}

/** The marks: what each shows or measures, and a way to take it away. */
export function MarkList({
  marks,
  films,
  selectedId,
  onSelect,
  onRemove,
  onChange,
}: MarkListProps) {
  const t = useTranslations("readings.marks");
  const words = useMarkText();
  if (marks.length === 0) return null;
  return (
    <ul className={styles.marks} aria-label={t("label")}>
      {marks.map((mark, index) => (
        <li
          key={mark.id}
          data-selected={mark.id === selectedId || undefined}
          onFocus={() => onSelect(mark.id)}
        >
          <span className={styles.swatch} aria-hidden />
          {mark.finding === null ? (
            <Measurement
              mark={mark}
              film={films.find(({ id }) => id === mark.imageId)}
            />
          ) : (
            <Select
              size="xs"
              flex={1}
              allowDeselect={false}
              aria-label={t("shows", { number: index + 1 })}
              searchable
              data={choicesFor(mark.finding, words.choices).map((code) => ({
                value: code,
                label: words.textOf(code),
              }))}
              value={mark.finding}
              onChange={(finding) => {
                if (!finding) return;
                onChange(
                  marks.map((other) =>
                    other.id === mark.id ? { ...other, finding } : other,
                  ),
                );
              }}
            />
          )}
          <ActionIcon
            size="sm"
            aria-label={t("remove", { number: index + 1 })}
            onClick={() => onRemove(mark.id)}
          >
            <IconTrash size={15} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

interface MeasurementProps {
  mark: DraftMark;
  film: FilmScale | undefined;
}

function Measurement({ mark, film }: MeasurementProps) {
  const words = useMeasureText();
  const caveat = words.caveatOf(mark.kind);
  return (
    <span className={styles.measurement} tabIndex={0}>
      {words.nameOf(mark.kind)}
      {": "}
      <strong>{words.valueOf(mark, film ?? UNKNOWN_SCALE)}</strong>
      {caveat ? <span className={styles.caveat}>{caveat}</span> : null}
    </span>
  );
}

const UNKNOWN_SCALE: FilmScale = { pixelSpacing: [] };

/** A mark of an earlier release may show what is no longer offered. */
function choicesFor(finding: string, offered: readonly string[]) {
  return offered.includes(finding) ? offered : [finding, ...offered];
}
