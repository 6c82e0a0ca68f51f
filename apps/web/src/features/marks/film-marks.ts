import type { ViewerMark } from "./shape.ts";

/** The marks of one film, and what a reader may do to them. */
export interface FilmMarks {
  readonly marks: readonly (ViewerMark & { readonly label: string })[];
  readonly selectedId: string | null;
  readonly isEditable: boolean;
  readonly onDrawn: (mark: ViewerMark) => void;
  readonly onChange: (mark: ViewerMark) => void;
  readonly onSelect: (id: string | null) => void;
}
