"use client";

import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { useTranslations } from "next-intl";
import type { MarkKind } from "../../gql/graphql.ts";
import { canvasToFilm, filmToCanvas } from "../viewer/view-transform.ts";
import type { Point } from "../viewer/viewer-contract.ts";
import {
  closed,
  type Drawn,
  pointFor,
  type Sheet,
  withPoint,
} from "./drawing.ts";
import {
  distance,
  OUTLINE_POINTS,
  POINTS_OF,
  toCoordinates,
  type ViewerMark,
} from "./shape.ts";
import { STEP_PX, stepOf } from "./step-keys.ts";

interface DrawingInput {
  /** null while nothing is drawn: another tool, or no film yet */
  kind: MarkKind | null;
  /** whether arrows move a cross-hair although nothing is drawn */
  isPointing: boolean;
  sheet: Sheet | null;
  onDrawn: (mark: ViewerMark) => void;
  /** Esc with nothing begun: back to the usual tool */
  onLeave: () => void;
}

export interface Drawing {
  /** what is drawn so far with the place of the pointer as its last point */
  draft: { kind: MarkKind; points: readonly Point[] } | null;
  /** where pointer or arrows are, in film coordinates */
  cursor: Point | null;
  /** the cross-hair is moved by arrows, so it must be seen */
  isByKey: boolean;
  /** said to people who cannot see it */
  news: string;
  pointer: {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    onPointerCancel: () => void;
    onPointerLeave: () => void;
  };
  /** @returns whether the key meant anything */
  press: (event: KeyboardEvent) => boolean;
}

/** Farther than this between press and release is a drag, in CSS pixels. */
const DRAG_PX = 6;
/** Points of an outline by hand lie as far apart as this at least. */
const OUTLINE_STEP_PX = 3;

let drawnCount = 0;

/**
 * Draws shapes by mouse, pen, finger or keys: a point for each click or Enter,
 * and one where a drag ends.
 */
export function useDrawing(input: DrawingInput): Drawing {
  const { kind, sheet } = input;
  const t = useTranslations("viewer.marks");
  const [points, setPoints] = useState<readonly Point[]>([]);
  const [of, setOf] = useState(kind);
  const [cursor, setCursor] = useState<Point | null>(null);
  const [isByKey, setByKey] = useState(false);
  const [pressedAt, setPressedAt] = useState<Point | null>(null);
  const [news, setNews] = useState("");
  // What was begun with another tool is gone with it.
  if (of !== kind) {
    setOf(kind);
    setPoints([]);
    setPressedAt(null);
  }
  const isActive = sheet !== null && (kind !== null || input.isPointing);

  const take = (drawn: Drawn) => {
    if (kind === null) return;
    setPoints(drawn.status === "going-on" ? drawn.points : []);
    if (drawn.status === "going-on") {
      setNews(
        kind === "FREEHAND"
          ? t("pointSet", { number: drawn.points.length })
          : t("pointOf", {
              number: drawn.points.length,
              count: POINTS_OF[kind],
            }),
      );
      return;
    }
    if (drawn.status === "dropped") {
      setNews(t("dropped"));
      return;
    }
    drawnCount += 1;
    setNews(t("drawn", { kind: t(`kind.${kind}`) }));
    input.onDrawn({
      id: `drawn-${drawnCount}`,
      kind,
      points: toCoordinates(drawn.points),
    });
  };
  const setAt = (at: Point) => {
    if (kind === null || !sheet) return;
    take(withPoint(kind, points, pointFor(kind, points, at, sheet)));
  };
  const placeOf = (event: PointerEvent<HTMLElement>): Point => {
    const bounds = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
  };

  const pointer: Drawing["pointer"] = {
    onPointerDown: (event) => {
      // Two fingers move the film: what the first began is not a mark.
      if (!event.isPrimary && pressedAt !== null) {
        setPressedAt(null);
        setPoints(kind === "FREEHAND" ? [] : points.slice(0, -1));
        return;
      }
      if (!sheet || kind === null || event.button !== 0 || !event.isPrimary) {
        return;
      }
      event.currentTarget.setPointerCapture(event.pointerId);
      const place = placeOf(event);
      const at = canvasToFilm(sheet.view, place);
      setByKey(false);
      setCursor(at);
      setPressedAt(place);
      if (kind === "FREEHAND") setPoints([pointFor(kind, [], at, sheet)]);
      else setAt(at);
    },
    onPointerMove: (event) => {
      if (!sheet || !isActive || !event.isPrimary) return;
      const at = canvasToFilm(sheet.view, placeOf(event));
      setByKey(false);
      setCursor(at);
      if (kind !== "FREEHAND" || pressedAt === null) return;
      const last = points.at(-1);
      const isFar =
        !last ||
        distance(
          filmToCanvas(sheet.view, last),
          filmToCanvas(sheet.view, at),
        ) >= OUTLINE_STEP_PX;
      if (isFar && points.length < OUTLINE_POINTS.most) {
        setPoints([...points, pointFor(kind, points, at, sheet)]);
      }
    },
    onPointerUp: (event) => {
      if (!sheet || kind === null || pressedAt === null) return;
      setPressedAt(null);
      const place = placeOf(event);
      if (kind === "FREEHAND") take(closed(points));
      else if (points.length > 0 && distance(place, pressedAt) > DRAG_PX) {
        setAt(canvasToFilm(sheet.view, place));
      }
    },
    onPointerCancel: () => {
      setPressedAt(null);
      setPoints([]);
    },
    onPointerLeave: () => {
      if (!isByKey) setCursor(null);
    },
  };

  const press = (event: KeyboardEvent): boolean => {
    if (!sheet || !isActive) return false;
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const { view, film } = sheet;
    const step = stepOf(event);
    const middle = { x: film.width / 2, y: film.height / 2 };
    const here = cursor ?? middle;
    if (step) {
      const place = filmToCanvas(view, here);
      const moved = canvasToFilm(view, {
        x: place.x + step.x,
        y: place.y + step.y,
      });
      const at = pointFor("RULER", [], moved, sheet);
      setByKey(true);
      setCursor(at);
      setNews(t("at", { x: Math.round(at.x), y: Math.round(at.y) }));
      return true;
    }
    if (event.key === "Escape") {
      if (points.length > 0) {
        setPoints([]);
        setNews(t("dropped"));
      } else {
        setCursor(null);
        input.onLeave();
      }
      return true;
    }
    if (kind === null) return false;
    if (event.key === "Enter") {
      setByKey(true);
      setCursor(here);
      const last = points.at(-1);
      const isAgain =
        last !== undefined &&
        distance(filmToCanvas(view, last), filmToCanvas(view, here)) <
          STEP_PX / 2;
      // Enter twice in one place closes an outline.
      if (kind === "FREEHAND" && isAgain) take(closed(points));
      else setAt(here);
      return true;
    }
    if (
      (event.key === "Backspace" || event.key === "Delete") &&
      points.length > 0
    ) {
      setPoints(points.slice(0, -1));
      setNews(t("pointGone", { number: points.length }));
      return true;
    }
    return false;
  };

  const hasDraft = kind !== null && sheet !== null && points.length > 0;
  const isByHand = kind === "FREEHAND" && pressedAt !== null;
  return {
    draft: hasDraft
      ? {
          kind,
          points:
            cursor && !isByHand
              ? [...points, pointFor(kind, points, cursor, sheet)]
              : points,
        }
      : null,
    cursor: isActive ? cursor : null,
    isByKey,
    news,
    pointer,
    press,
  };
}
