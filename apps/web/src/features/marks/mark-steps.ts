import type { ViewerMark } from "./shape.ts";

/** A change of marks, with what is needed to take it back. */
export type MarkStep<Mark extends ViewerMark> =
  | { did: "drew"; id: string }
  | { did: "moved"; id: string; points: readonly number[] }
  | { did: "removed"; mark: Mark; place: number };

/**
 * Marks without a change that was made to them. What happened to them since
 * stays; a mark that is gone is not brought back by an undone move.
 */
export function withoutStep<Mark extends ViewerMark>(
  marks: readonly Mark[],
  step: MarkStep<Mark>,
): Mark[] {
  switch (step.did) {
    case "drew":
      return marks.filter(({ id }) => id !== step.id);
    case "moved":
      return marks.map((mark) =>
        mark.id === step.id ? { ...mark, points: step.points } : mark,
      );
    case "removed":
      return putBack(marks, step.mark, step.place);
  }
}

/**
 * Marks with one that was taken away, at its old place again; the same marks
 * where it is back already.
 */
export function putBack<Mark extends ViewerMark>(
  marks: readonly Mark[],
  mark: Mark,
  place: number,
): Mark[] {
  if (marks.some(({ id }) => id === mark.id)) return [...marks];
  return [...marks.slice(0, place), mark, ...marks.slice(place)];
}
