"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useNotify } from "../../components/ui/use-notify.tsx";
import type { FilmFieldsFragment } from "../../gql/graphql.ts";
import type { FilmMarks, ShownMark } from "../marks/film-marks.ts";
import { type MarkStep, withoutStep } from "../marks/mark-steps.ts";
import { isRegion, type ViewerMark } from "../marks/shape.ts";
import { useLooseMarks } from "../marks/use-loose-marks.ts";
import { useMeasureText } from "../marks/use-measure-text.ts";
import type { DraftMark } from "../readings/reading-draft.ts";
import { useMarkText } from "../marks/use-mark-text.ts";

interface MarksInput {
  /** of the study that is read: what is drawn on others is not kept */
  images: readonly { id: string }[];
  marks: readonly DraftMark[];
  isEditable: boolean;
  onChange: (marks: DraftMark[]) => void;
}

export interface CaseMarks {
  ofFilm: (image: FilmFieldsFragment) => FilmMarks;
  selectedId: string | null;
  select: (id: string | null) => void;
  /** Takes a mark away; the message that says so can put it back. */
  remove: (id: string) => void;
  /** null where nothing is selected that may be taken away */
  removeSelected: (() => void) | null;
  /** Takes the last change of the marks back; null where there is none. */
  undo: (() => void) | null;
}

/** More steps back than anybody remembers. */
const MAX_STEPS = 100;

/**
 * The marks of all films on the screen: those of the reading, and measurements
 * that nobody keeps.
 */
export function useCaseMarks(input: MarksInput): CaseMarks {
  const { marks, isEditable, onChange } = input;
  const [selectedId, select] = useState<string | null>(null);
  const [steps, setSteps] = useState<readonly MarkStep<DraftMark>[]>([]);
  const loose = useLooseMarks();
  const words = useMarkText();
  const measures = useMeasureText();
  const t = useTranslations("readings.marks");
  const notify = useNotify();
  const note = (step: MarkStep<DraftMark>) =>
    setSteps((before) => [...before, step].slice(-MAX_STEPS));
  // An undo comes later, to the marks as they are by then.
  const latest = useRef(input);
  useEffect(() => {
    latest.current = input;
  });
  const takeBack = (step: MarkStep<DraftMark>) => {
    setSteps((before) => before.filter((other) => other !== step));
    const now = latest.current;
    if (now.isEditable) now.onChange(withoutStep(now.marks, step));
  };
  const keepsOn = (imageId: string) =>
    isEditable && input.images.some(({ id }) => id === imageId);
  const remove = (id: string) => {
    select(null);
    if (loose.has(id)) {
      notify.done(t("measurementRemoved"), loose.remove(id));
      return;
    }
    const place = marks.findIndex((mark) => mark.id === id);
    const mark = marks[place];
    if (!mark) return;
    const step = { did: "removed", mark, place } as const;
    onChange(marks.filter((other) => other !== mark));
    note(step);
    notify.done(t("removed", { number: place + 1 }), () => takeBack(step));
  };
  const draw = (imageId: string, mark: ViewerMark) => {
    select(mark.id);
    if (!keepsOn(imageId)) {
      loose.add(imageId, mark);
      return;
    }
    const finding = isRegion(mark.kind) ? words.usual : null;
    onChange([...marks, { ...mark, imageId, finding }]);
    note({ did: "drew", id: mark.id });
  };
  const change = (changed: ViewerMark, isNew: boolean) => {
    if (loose.has(changed.id)) {
      loose.change(changed);
      return;
    }
    const before = marks.find(({ id }) => id === changed.id);
    if (!before || !isEditable) return;
    onChange(
      marks.map((mark) => (mark === before ? { ...mark, ...changed } : mark)),
    );
    if (isNew) note({ did: "moved", id: before.id, points: before.points });
  };
  const shownOn = (image: FilmFieldsFragment): ShownMark[] => {
    const ofReading = marks
      .filter(({ imageId }) => imageId === image.id)
      .map((mark) => ({
        ...mark,
        isEditable,
        label:
          mark.finding === null
            ? measures.valueOf(mark, image)
            : words.textOf(mark.finding),
      }));
    const ofNobody = loose.of(image.id).map((mark) => ({
      ...mark,
      isEditable: true,
      label: measures.valueOf(mark, image),
    }));
    return [...ofReading, ...ofNobody];
  };
  const last = steps.at(-1);
  const isRemovable =
    selectedId !== null && (isEditable || loose.has(selectedId));
  return {
    selectedId,
    select,
    remove,
    removeSelected: isRemovable ? () => remove(selectedId) : null,
    undo: last && isEditable ? () => takeBack(last) : null,
    ofFilm: (image) => ({
      marks: shownOn(image),
      selectedId,
      canDraw: (kind) => keepsOn(image.id) || !isRegion(kind),
      onDrawn: (mark) => draw(image.id, mark),
      onChange: change,
      onSelect: select,
    }),
  };
}
