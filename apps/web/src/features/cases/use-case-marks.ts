"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useNotify } from "../../components/ui/use-notify.tsx";
import { type DraftMark, putBack } from "../readings/reading-draft.ts";
import { useMarkText } from "../readings/use-mark-text.ts";
import type { FilmMarks } from "../viewer/components/film-viewport.tsx";
import type { ViewerMark } from "../viewer/viewer-contract.ts";

interface MarksInput {
  imageId: string | undefined;
  marks: readonly DraftMark[];
  isEditable: boolean;
  onChange: (marks: DraftMark[]) => void;
}

export interface CaseMarks {
  ofFilm: FilmMarks;
  selectedId: string | null;
  select: (id: string | null) => void;
  /** Takes a mark away; the message that says so can put it back. */
  remove: (id: string) => void;
  removeSelected: () => void;
}

/** The reader's marks of all films, and those of the film on the screen. */
export function useCaseMarks(input: MarksInput): CaseMarks {
  const { imageId, marks, isEditable, onChange } = input;
  const [selectedId, select] = useState<string | null>(null);
  const words = useMarkText();
  const t = useTranslations("readings.marks");
  const notify = useNotify();
  const merge = (next: readonly ViewerMark[]) => {
    if (!imageId) return;
    const others = marks.filter((mark) => mark.imageId !== imageId);
    const changed = next.map((mark) => {
      const known = marks.find(({ id }) => id === mark.id);
      return { finding: words.usual, ...known, ...mark, imageId };
    });
    onChange([...others, ...changed]);
  };
  // An undo comes later, to the marks as they are by then.
  const latest = useRef(input);
  useEffect(() => {
    latest.current = input;
  });
  const remove = (removedId: string) => {
    const place = marks.findIndex(({ id }) => id === removedId);
    const removed = marks[place];
    select(null);
    if (!removed) return;
    onChange(marks.filter(({ id }) => id !== removedId));
    notify.done(t("removed", { number: place + 1 }), () => {
      const now = latest.current;
      if (now.isEditable) now.onChange(putBack(now.marks, removed, place));
    });
  };
  return {
    selectedId,
    select,
    remove,
    removeSelected: () => {
      if (selectedId !== null) remove(selectedId);
    },
    ofFilm: {
      marks: marks
        .filter((mark) => mark.imageId === imageId)
        .map((mark) => ({ ...mark, label: words.textOf(mark.finding) })),
      selectedId,
      isEditable,
      onChange: merge,
      onDrawn: ({ id }) => select(id),
      onSelect: select,
    },
  };
}
