"use client";

import { useEffect, useRef } from "react";
import { paintActivations, resampleGrid } from "../activation-grid.ts";
import type { ColorScale } from "../color-scale.ts";
import type { FilmActivation, MapStyle } from "../film-overlay.ts";
import { boxToCanvas } from "../../viewer/view-transform.ts";
import type { ViewTransform } from "../../viewer/viewer-contract.ts";
import styles from "./film-viewport.module.css";

interface ActivationLayerProps {
  map: FilmActivation;
  view: ViewTransform;
  mapStyle: MapStyle;
}

/** The activation map over the film, where the film lies now. */
export function ActivationLayer({ map, view, mapStyle }: ActivationLayerProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) paintMap(canvas.current, map, mapStyle.scale);
  }, [map, mapStyle.scale]);
  const { x, y, width, height } = boxToCanvas(view, map.rect);
  return (
    <canvas
      ref={canvas}
      className={styles.map}
      data-testid="activation-map"
      aria-hidden
      style={{
        width,
        height,
        transform: `translate(${x}px, ${y}px)`,
        opacity: mapStyle.opacity,
      }}
    />
  );
}

/** Beyond this the browser's own smoothing cannot be told from more samples. */
const LONG_SIDE = 320;

function paintMap(
  canvas: HTMLCanvasElement,
  map: FilmActivation,
  scale: ColorScale,
): void {
  const longest = Math.max(map.rect.width, map.rect.height, 1);
  canvas.width = Math.max(
    1,
    Math.round((map.rect.width / longest) * LONG_SIDE),
  );
  canvas.height = Math.max(
    1,
    Math.round((map.rect.height / longest) * LONG_SIDE),
  );
  const values = resampleGrid(map, canvas.width, canvas.height);
  const image = new ImageData(
    paintActivations(values, scale),
    canvas.width,
    canvas.height,
  );
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}
