"use client";

import { useState } from "react";
import type { DraftMark } from "../readings/reading-draft.ts";
import { useMarkText } from "../readings/use-mark-text.ts";
import type { FilmMarks } from "../viewer/components/film-viewport.tsx";
import type { ViewerMark } from "../viewer/viewer-contract.ts";

interface MarksInput {
  imageId: string | undefined;
  marks: readonly DraftMark[];
  isEditable: boolean;
  onChange: (marks: DraftMark[]) => void;
  /** after a region was drawn, so that the next drag does not draw another */
  onDrawn: () => void;
}

export interface CaseMarks {
  ofFilm: FilmMarks;
  selectedId: string | null;
  select: (id: string | null) => void;
  removeSelected: () => void;
}

/** The reader's marks of all films, and those of the film on the screen. */
export function useCaseMarks(input: MarksInput): CaseMarks {
  const { imageId, marks, isEditable, onChange } = input;
  const [selectedId, select] = useState<string | null>(null);
  const words = useMarkText();
  const merge = (next: readonly ViewerMark[]) => {
    if (!imageId) return;
    const others = marks.filter((mark) => mark.imageId !== imageId);
    const changed = next.map((mark) => {
      const known = marks.find(({ id }) => id === mark.id);
      return { finding: words.usual, ...known, ...mark, imageId };
    });
    onChange([...others, ...changed]);
  };
  return {
    selectedId,
    select,
    removeSelected: () => {
      onChange(marks.filter(({ id }) => id !== selectedId));
      select(null);
    },
    ofFilm: {
      marks: marks
        .filter((mark) => mark.imageId === imageId)
        .map((mark) => ({ ...mark, label: words.textOf(mark.finding) })),
      selectedId,
      isEditable,
      onChange: merge,
      onDrawn: ({ id }) => {
        select(id);
        input.onDrawn();
      },
      onSelect: select,
    },
  };
}
