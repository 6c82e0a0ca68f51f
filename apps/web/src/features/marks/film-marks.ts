import type { MarkKind } from "../../gql/graphql.ts";
import type { ViewerMark } from "./shape.ts";

/** A mark as it is drawn on a film. */
export interface ShownMark extends ViewerMark {
  /** what stands beside it: a finding, or what it measures */
  readonly label: string;
  readonly isEditable: boolean;
}

/** The marks of one film, and what a reader may do to them. */
export interface FilmMarks {
  readonly marks: readonly ShownMark[];
  readonly selectedId: string | null;
  /** Measuring is everybody's; a region is for who reads the case. */
  readonly canDraw: (kind: MarkKind) => boolean;
  readonly onDrawn: (mark: ViewerMark) => void;
  /** @param isNew the first change of a move, which is taken back as one */
  readonly onChange: (mark: ViewerMark, isNew: boolean) => void;
  readonly onSelect: (id: string | null) => void;
}
