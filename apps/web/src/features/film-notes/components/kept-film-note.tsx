"use client";

import { useTranslations } from "next-intl";
import { useKeptBeside } from "../../kept-reasons/use-kept-beside.ts";
import { useKeptReason } from "../../kept-reasons/use-kept-reason.ts";
import { KeptNote } from "../../kept-texts/components/kept-note.tsx";

interface KeptFilmNoteProps {
  siteId: string;
  /** What the film is known by; empty for all that are sent together. */
  film: string;
  note: string;
  onTakenUp: (note: string) => void;
}

/** Keeps the note on films that are not sent yet, and says so below it. */
export function KeptFilmNote(props: KeptFilmNoteProps) {
  const { siteId, film, note, onTakenUp } = props;
  const t = useTranslations("upload");
  const kept = useKeptReason({
    kind: "FILM_NOTE",
    aboutId: siteId,
    part: film,
    label: t("fields.clinicalNote"),
  });
  useKeptBeside(kept, note, onTakenUp);
  return <KeptNote kept={kept} />;
}
