"use client";

import type { LabelledBox } from "../film-overlay.ts";
import { boxToCanvas } from "../view-transform.ts";
import type { FilmBox, ViewTransform } from "../viewer-contract.ts";
import styles from "./film-viewport.module.css";

interface BoxLayerProps {
  boxes: readonly LabelledBox[];
  view: ViewTransform;
  /** whose boxes: the AI's own hue, or the one for what people mark */
  by: "ai" | "reader";
  selectedKey?: string | null;
}

/** Thin boxes with a label each, over the film, where the film lies now. */
export function BoxLayer({ boxes, view, by, selectedKey }: BoxLayerProps) {
  return (
    <svg className={styles.boxes} data-by={by} aria-hidden>
      {boxes.map((box) => (
        <Box
          key={box.key}
          label={box.label}
          at={boxToCanvas(view, box)}
          isSelected={box.key === selectedKey}
        />
      ))}
    </svg>
  );
}

interface BoxProps {
  label: string;
  at: FilmBox;
  isSelected: boolean;
}

const LABEL_GAP = 5;
const LABEL_HEIGHT = 18;

function Box({ label, at, isSelected }: BoxProps) {
  // above the box, or inside it where the film's top edge is too near
  const labelY =
    at.y < LABEL_HEIGHT ? at.y + LABEL_HEIGHT - LABEL_GAP : at.y - LABEL_GAP;
  return (
    <g data-selected={isSelected || undefined}>
      <rect x={at.x} y={at.y} width={at.width} height={at.height} />
      <text x={at.x + 1} y={labelY}>
        {label}
      </text>
    </g>
  );
}
