"use client";

import type { LabelledBox } from "../film-overlay.ts";
import { boxToCanvas } from "../../viewer/view-transform.ts";
import type { FilmBox, ViewTransform } from "../../viewer/viewer-contract.ts";
import styles from "./film-viewport.module.css";

interface BoxLayerProps {
  boxes: readonly LabelledBox[];
  view: ViewTransform;
}

/** The AI's boxes, thin and in its own hue, where the film lies now. */
export function BoxLayer({ boxes, view }: BoxLayerProps) {
  return (
    <svg className={styles.boxes} data-by="ai" aria-hidden>
      {boxes.map((box) => (
        <Box key={box.key} label={box.label} at={boxToCanvas(view, box)} />
      ))}
    </svg>
  );
}

interface BoxProps {
  label: string;
  at: FilmBox;
}

const LABEL_GAP = 5;
const LABEL_HEIGHT = 18;

function Box({ label, at }: BoxProps) {
  // above the box, or inside it where the film's top edge is too near
  const labelY =
    at.y < LABEL_HEIGHT ? at.y + LABEL_HEIGHT - LABEL_GAP : at.y - LABEL_GAP;
  return (
    <g>
      <rect x={at.x} y={at.y} width={at.width} height={at.height} />
      <text x={at.x + 1} y={labelY}>
        {label}
      </text>
    </g>
  );
}
