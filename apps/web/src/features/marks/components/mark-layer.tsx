"use client";

import { type PointerEvent, useState } from "react";
import { canvasToFilm, filmToCanvas } from "../../viewer/view-transform.ts";
import type { Point } from "../../viewer/viewer-contract.ts";
import type { Sheet } from "../drawing.ts";
import { pointFor } from "../drawing.ts";
import {
  frameAround,
  isRegion,
  movedBy,
  onFilm,
  pathOf,
  toCoordinates,
  toPoints,
  type ViewerMark,
} from "../shape.ts";
import type { Drawing } from "../use-drawing.ts";
import styles from "./mark-layer.module.css";

type LabelledMark = ViewerMark & { readonly label: string };

interface MarkLayerProps {
  marks: readonly LabelledMark[];
  sheet: Sheet;
  selectedId: string | null;
  /** marks may be picked up; not while something is drawn */
  canPick: boolean;
  isEditable: boolean;
  drawing: Drawing;
  onSelect: (id: string | null) => void;
  onChange: (mark: ViewerMark) => void;
}

/** What is picked up: the whole shape, or one of its points. */
interface Hold {
  readonly id: string;
  readonly point: number | null;
  readonly from: Point;
  readonly points: readonly number[];
}

/** The reader's marks over the film, where the film lies now. */
export function MarkLayer(props: MarkLayerProps) {
  const { marks, sheet, drawing, isEditable } = props;
  const [hold, setHold] = useState<Hold | null>(null);
  const filmPoint = (event: PointerEvent<SVGElement>): Point => {
    const bounds = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    return canvasToFilm(sheet.view, {
      x: event.clientX - (bounds?.left ?? 0),
      y: event.clientY - (bounds?.top ?? 0),
    });
  };
  const grips = (mark: LabelledMark, point: number | null) => ({
    onPointerDown: (event: PointerEvent<SVGElement>) => {
      if (event.button !== 0 || !event.isPrimary) return;
      event.stopPropagation();
      props.onSelect(mark.id);
      if (!isEditable) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setHold({
        id: mark.id,
        point,
        from: filmPoint(event),
        points: mark.points,
      });
    },
    onPointerMove: (event: PointerEvent<SVGElement>) => {
      if (hold?.id !== mark.id || hold.point !== point) return;
      const points = heldPoints(hold, mark, filmPoint(event), sheet);
      props.onChange({ id: mark.id, kind: mark.kind, points });
    },
    onPointerUp: () => setHold(null),
    onPointerCancel: () => setHold(null),
  });
  return (
    <svg className={styles.layer} data-by="reader" aria-hidden>
      {marks.map((mark) => {
        const points = onCanvas(mark.points, sheet);
        const isSelected = mark.id === props.selectedId;
        const path = pathOf(mark.kind, points);
        return (
          <g
            key={mark.id}
            data-kind={mark.kind}
            data-measure={isRegion(mark.kind) ? undefined : true}
            data-selected={isSelected || undefined}
          >
            <path className={styles.line} d={path} />
            {props.canPick ? (
              <path className={styles.grip} d={path} {...grips(mark, null)} />
            ) : null}
            <MarkLabel points={points} label={mark.label} />
            {isSelected && isEditable && props.canPick
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
        <path
          className={styles.draft}
          d={pathOf(
            drawing.draft.kind,
            drawing.draft.points.map((at) => filmToCanvas(sheet.view, at)),
          )}
        />
      ) : null}
      {drawing.cursor && drawing.isByKey ? (
        <CrossHair at={filmToCanvas(sheet.view, drawing.cursor)} />
      ) : null}
    </svg>
  );
}

function onCanvas(points: readonly number[], { view }: Sheet): Point[] {
  return toPoints(points).map((at) => filmToCanvas(view, at));
}

/** An outline of hundreds of points is moved as a whole only. */
function handlesOf({ kind }: ViewerMark, points: readonly Point[]) {
  return kind === "FREEHAND" ? [] : points;
}

function heldPoints(
  hold: Hold,
  { kind }: ViewerMark,
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
