"use client";

import { useMemo } from "react";
import { useFindingText } from "../findings/use-finding-text.ts";
import { leadingFinding } from "../decisions/decision-rules.ts";
import type { ImagePrediction } from "../readings/use-reading.ts";
import { formatProbability } from "../triage/triage-format.ts";
import type {
  FilmActivation,
  LabelledBox,
} from "../film-layers/film-overlay.ts";

interface CaseOverlay {
  map: FilmActivation | null;
  boxes: readonly LabelledBox[];
}

/**
 * What is written above a box: its own chance of being right. Models before it
 * had none, and show the film's.
 */
export function boxLabel(
  name: string,
  own: number | null | undefined,
  ofFilm: number | null | undefined,
): string {
  const chance = own ?? ofFilm;
  return chance == null ? name : `${name} ${formatProbability(chance)}`;
}

/** The activation map and boxes of the film on the screen, as far as seen. */
export function useCaseOverlay(
  predictions: readonly ImagePrediction[],
  imageId: string | undefined,
): CaseOverlay {
  const { nameOf } = useFindingText();
  return useMemo(() => {
    const prediction = predictions.find(
      (film) => film.imageId === imageId,
    )?.prediction;
    if (!prediction?.assessed) return { map: null, boxes: [] };
    const boxes = prediction.boxes.map((box, index) => {
      const finding = prediction.findings.find(
        ({ code }) => code === box.finding,
      );
      const name = finding ? nameOf(finding) : box.finding;
      return {
        key: `${box.finding}-${index}`,
        label: boxLabel(name, box.chance, finding?.probability),
        x: box.x,
        y: box.y,
        width: box.width,
        height: box.height,
      };
    });
    const leading = leadingFinding(prediction)?.code;
    const map = prediction.activationMaps.find(
      ({ finding }) => finding === leading,
    );
    return { map: map ?? null, boxes };
  }, [predictions, imageId, nameOf]);
}
