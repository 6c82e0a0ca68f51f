"use client";

import type { LabelledBox } from "../film-overlay.ts";
import { labelPlaces } from "../label-places.ts";
import { boxToCanvas } from "../../viewer/view-transform.ts";
import type { ViewTransform } from "../../viewer/viewer-contract.ts";
import styles from "./film-viewport.module.css";

interface BoxLayerProps {
  boxes: readonly LabelledBox[];
  view: ViewTransform;
}

/** The AI's boxes, thin and in its own hue, where the film lies now. */
export function BoxLayer({ boxes, view }: BoxLayerProps) {
  const placed = boxes.map((box) => ({ ...box, at: boxToCanvas(view, box) }));
  const places = labelPlaces(placed);
  return (
    <svg className={styles.boxes} data-by="ai" aria-hidden>
      {placed.map(({ key, label, at }, index) => (
        <g key={key}>
          <rect x={at.x} y={at.y} width={at.width} height={at.height} />
          <text x={places[index]?.x} y={places[index]?.y}>
            {label}
          </text>
        </g>
      ))}
    </svg>
  );
}
