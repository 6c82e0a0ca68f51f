/** How the map and boxes of one film compare with what was drawn on it. */
import { readFile } from "node:fs/promises";

import { activationAt } from "../explain/activation-map.ts";
import { countedBoxes } from "../explain/counted-boxes.ts";
import { decodeFilm } from "../image/decode-film.ts";
import { Region } from "../metrics/region.ts";
import {
  countCell,
  emptySaliencyCounts,
  type SaliencyCounts,
} from "../metrics/saliency.ts";
import type { ActivationMap, Assessment } from "../types.ts";
import type { ManifestRow } from "./manifest.ts";

/** One film's map and boxes against what radiologists drew. */
export interface Localisation {
  /** What was drawn; a film that has both counts by its mask. */
  drawn: "boxes" | "masks";
  /** True where the map's highest point lies in the drawn region. */
  pointed: boolean;
  /** Share of the film that is drawn: what a random point would score. */
  chance: number;
  /** Of the union of the product's boxes with the drawn region. */
  iou: number;
  /** Share of the product's boxes that is drawn; 0 without a box. */
  iobb: number;
  saliency: SaliencyCounts;
}

interface Sides {
  width: number;
  height: number;
}

/**
 * Compares an assessment with the row's mask or boxes.
 *
 * @returns null where nothing was drawn or the film has no map.
 * @throws where the mask cannot be read.
 */
export async function localise(
  row: ManifestRow,
  assessment: Assessment,
  film: Sides,
  finding: string,
): Promise<Localisation | null> {
  const map = assessment.cam.find((cam) => cam.finding === finding);
  const truth = await drawnRegion(row, film);
  if (map === undefined || truth === null || truth.share === 0) return null;
  const peak = highestPoint(map);
  const boxes = Region.fromBoxes(
    countedBoxes(assessment).filter((box) => box.finding === finding),
    film,
  );
  return {
    drawn: row.maskPath === null ? "boxes" : "masks",
    pointed: truth.contains(peak.x / film.width, peak.y / film.height),
    chance: truth.share,
    iou: boxes.iou(truth),
    iobb: boxes.iobb(truth),
    saliency: saliencyOf(map, truth, film),
  };
}

function saliencyOf(
  map: ActivationMap,
  truth: Region,
  film: Sides,
): SaliencyCounts {
  const counts = emptySaliencyCounts();
  truth.eachCell((x, y, isInside) => {
    const value = activationAt(map, x * film.width, y * film.height);
    countCell(counts, value, isInside);
  });
  return counts;
}

async function drawnRegion(
  row: ManifestRow,
  film: Sides,
): Promise<Region | null> {
  if (row.label !== "pneumonia") return null;
  if (row.maskPath !== null) {
    const bytes = await readFile(row.maskPath);
    return Region.fromMask(await decodeFilm(bytes, { minSide: 1 }));
  }
  if (row.boxes.length === 0) return null;
  return Region.fromBoxes(row.boxes, film);
}

/** Centre of the map's highest cell, in pixels of the film. */
export function highestPoint(map: ActivationMap): { x: number; y: number } {
  let best = 0;
  for (const [i, value] of map.values.entries()) {
    if (value > (map.values[best] ?? 0)) best = i;
  }
  const column = best % map.width;
  const row = Math.trunc(best / map.width);
  const { rect } = map;
  return {
    x: rect.x + ((column + 0.5) / map.width) * rect.width,
    y: rect.y + ((row + 0.5) / map.height) * rect.height,
  };
}
