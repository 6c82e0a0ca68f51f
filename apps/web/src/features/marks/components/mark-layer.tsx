"use client";

import { type PointerEvent, useState } from "react";
import { canvasToFilm, filmToCanvas } from "../../viewer/view-transform.ts";
import type { Point } from "../../viewer/viewer-contract.ts";
import type { Sheet } from "../drawing.ts";
import { pointFor } from "../drawing.ts";
import type { FilmMarks, ShownMark } from "../film-marks.ts";
import {
  frameAround,
  movedBy,
  onFilm,
  pathOf,
  toCoordinates,
  toPoints,
} from "../shape.ts";
import type { Drawing } from "../use-drawing.ts";
import styles from "./mark-layer.module.css";

interface MarkLayerProps {
  marks: FilmMarks;
  sheet: Sheet;
  /** marks may be picked up; not while something is drawn */
  canPick: boolean;
  drawing: Drawing;
  /** what the shape that is being drawn measures so far */
  draftLabel: string;
}

/** What is picked up: the whole shape, or one of its points. */
interface Hold {
  readonly id: string;
  readonly point: number | null;
  readonly from: Point;
  readonly points: readonly number[];
  readonly hasMoved: boolean;
}

/** The reader's marks over the film, where the film lies now. */
export function MarkLayer(props: MarkLayerProps) {
  const { marks, sheet, drawing } = props;
  const [hold, setHold] = useState<Hold | null>(null);
  const filmPoint = (event: PointerEvent<SVGElement>): Point => {
    const bounds = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    return canvasToFilm(sheet.view, {
      x: event.clientX - (bounds?.left ?? 0),
      y: event.clientY - (bounds?.top ?? 0),
    });
  };
  const grips = (mark: ShownMark, point: number | null) => ({
    onPointerDown: (event: PointerEvent<SVGElement>) => {
      if (event.button !== 0 || !event.isPrimary) return;
      event.stopPropagation();
      marks.onSelect(mark.id);
      if (!mark.isEditable) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setHold({
        id: mark.id,
        point,
        from: filmPoint(event),
        points: mark.points,
        hasMoved: false,
      });
    },
    onPointerMove: (event: PointerEvent<SVGElement>) => {
      if (hold?.id !== mark.id || hold.point !== point) return;
      const points = heldPoints(hold, mark, filmPoint(event), sheet);
      marks.onChange({ id: mark.id, kind: mark.kind, points }, !hold.hasMoved);
      if (!hold.hasMoved) setHold({ ...hold, hasMoved: true });
    },
    onPointerUp: () => setHold(null),
    onPointerCancel: () => setHold(null),
  });
  return (
    <svg className={styles.layer} data-by="reader" aria-hidden>
      {marks.marks.map((mark) => {
        const points = onCanvas(mark.points, sheet);
        const isSelected = mark.id === marks.selectedId;
        const path = pathOf(mark.kind, points);
        return (
          <g
            key={mark.id}
            data-kind={mark.kind}
            data-selected={isSelected || undefined}
          >
            <path className={styles.line} d={path} />
            {props.canPick ? (
              <path className={styles.grip} d={path} {...grips(mark, null)} />
            ) : null}
            <MarkLabel points={points} label={mark.label} />
            {isSelected && mark.isEditable && props.canPick
              ? handlesOf(mark, points).map((at, index) => (
                  <circle
                    key={index}
                    className={styles.handle}
                    cx={at.x}
                    cy={at.y}
                    r={5}
                    {...grips(mark, index)}
                  />
                ))
              : null}
          </g>
        );
      })}
      {drawing.draft ? (
        <Draft draft={drawing.draft} sheet={sheet} label={props.draftLabel} />
      ) : null}
      {drawing.cursor && drawing.isByKey ? (
        <CrossHair at={filmToCanvas(sheet.view, drawing.cursor)} />
      ) : null}
    </svg>
  );
}

interface DraftProps {
  draft: NonNullable<Drawing["draft"]>;
  sheet: Sheet;
  label: string;
}

function Draft({ draft, sheet, label }: DraftProps) {
  const points = draft.points.map((at) => filmToCanvas(sheet.view, at));
  return (
    <g>
      <path className={styles.draft} d={pathOf(draft.kind, points)} />
      <MarkLabel points={points} label={label} />
    </g>
  );
}

function onCanvas(points: readonly number[], { view }: Sheet): Point[] {
  return toPoints(points).map((at) => filmToCanvas(view, at));
}

/** An outline of hundreds of points is moved as a whole only. */
function handlesOf({ kind }: ShownMark, points: readonly Point[]) {
  return kind === "FREEHAND" ? [] : points;
}

function heldPoints(
  hold: Hold,
  { kind }: ShownMark,
  at: Point,
  sheet: Sheet,
): number[] {
  const { film } = sheet;
  if (hold.point === null) {
    const by = { x: at.x - hold.from.x, y: at.y - hold.from.y };
    return movedBy(hold.points, by, film);
  }
  const points = toPoints(hold.points);
  // The two ends of a width stay level with each other.
  const partner = kind === "RATIO" ? points[hold.point ^ 1] : undefined;
  const placed = partner
    ? pointFor("RATIO", [partner], at, sheet)
    : onFilm(at, film);
  return toCoordinates(
    points.map((point, index) => (index === hold.point ? placed : point)),
  );
}

const LABEL_GAP = 6;
const LABEL_HEIGHT = 18;

function MarkLabel({ points, label }: { points: Point[]; label: string }) {
  const frame = frameAround(points);
  // above the shape, or inside it where the film's top edge is too near
  const y =
    frame.y < LABEL_HEIGHT
      ? frame.y + LABEL_HEIGHT - LABEL_GAP
      : frame.y - LABEL_GAP;
  return (
    <text x={frame.x + 1} y={y}>
      {label}
    </text>
  );
}

function CrossHair({ at: { x, y } }: { at: Point }) {
  return (
    <g className={styles.crossHair} data-testid="cross-hair">
      <path
        d={`M${x - 14} ${y}h10M${x + 4} ${y}h10M${x} ${y - 14}v10M${x} ${y + 4}v10`}
      />
      <circle cx={x} cy={y} r={1} />
    </g>
  );
}
