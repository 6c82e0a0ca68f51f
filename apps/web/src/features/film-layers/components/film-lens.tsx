"use client";

import { useEffect, useMemo, useRef } from "react";
import { greyTable } from "../../film-windows/grey-table.ts";
import { LENS_SIZE, lensPower, paintLens } from "../lens.ts";
import { filmToCanvas } from "../../viewer/view-transform.ts";
import type { Film, Point, ViewState } from "../../viewer/viewer-contract.ts";
import styles from "./film-viewport.module.css";

interface FilmLensProps {
  film: Film;
  view: ViewState;
  /** what it stands over, in film coordinates */
  at: Point;
}

/** A lens over the film, where the pointer or the arrows are. */
export function FilmLens({ film, view, at }: FilmLensProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { window, inverted, transform, scale } = view;
  const greys = useMemo(
    () => greyTable(film, window, inverted),
    [film, window, inverted],
  );
  const place = filmToCanvas(transform, at);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const { width: samples } = context.canvas;
    const power = lensPower(scale);
    const lens = { at: place, view: transform, power, samples };
    const picture = paintLens(film, greys, lens);
    context.putImageData(new ImageData(picture, samples, samples), 0, 0);
  });
  return (
    <canvas
      ref={canvas}
      className={styles.lens}
      data-testid="lens"
      aria-hidden
      width={LENS_SIZE}
      height={LENS_SIZE}
      style={{
        transform: `translate(${place.x - LENS_SIZE / 2}px, ${place.y - LENS_SIZE / 2}px)`,
      }}
    />
  );
}
