import type { Sheet } from "./drawing.ts";
import type { FilmMarks } from "./film-marks.ts";
import { stepOf, steppedBy } from "./step-keys.ts";

interface Press {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly repeat: boolean;
}

/**
 * Keys for the selected mark of a film that has the focus: arrows move it, with
 * Shift in large steps, Esc lets it go.
 * @returns whether the key meant anything
 */
export function pressOnMark(
  press: Press,
  marks: FilmMarks,
  sheet: Sheet,
): boolean {
  const selected = marks.marks.find(({ id }) => id === marks.selectedId);
  if (!selected || press.ctrlKey || press.metaKey || press.altKey) return false;
  if (press.key === "Escape") {
    marks.onSelect(null);
    return true;
  }
  const step = stepOf(press);
  if (!step || !selected.isEditable) return false;
  const { id, kind } = selected;
  const points = steppedBy(selected.points, step, sheet);
  marks.onChange({ id, kind, points }, !press.repeat);
  return true;
}
