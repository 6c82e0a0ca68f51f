import { bootstrap } from "../metrics/bootstrap.ts";
import { proportion, type Figure } from "../metrics/figure.ts";
import { saliencyPrecision } from "../metrics/saliency.ts";
import type { Localisation } from "./localisation.ts";

/** How well maps and boxes find what was drawn, over a set of films. */
export interface LocalisationMeasures {
  /** Answered films of pneumonia on which something is drawn. */
  films: number;
  /** Films whose highest point of the map is drawn. */
  pointing: Figure | null;
  /** Drawn share of the films: pointing and saliency of a map without sense. */
  pointingChance: Figure | null;
  /** Of the union of the product's boxes with what is drawn. */
  iou: Figure | null;
  /**
   * Films of whose detected boxes at least this part is drawn (Wang 2017,
   * ChestX-ray8); a film without a box is a miss.
   */
  iobb10: Figure | null;
  iobb25: Figure | null;
  iobb50: Figure | null;
  /** Average precision of the map over all cells (`metrics/saliency.ts`). */
  saliencyAuprc: Figure | null;
}

/** A film's patient and how it compares with what is drawn on it. */
export interface Located {
  patient: string;
  found: Localisation;
}

/** Measures films that have something drawn on them. */
export function measureLocalisation(
  located: readonly Located[],
): LocalisationMeasures {
  const patients = located.map(({ patient }) => patient);
  const share = (isHit: (found: Localisation) => boolean): Figure | null =>
    proportion(
      located.filter(({ found }) => isHit(found)).length,
      located.length,
    );
  const mean = (pick: (found: Localisation) => number): Figure | null =>
    bootstrap(patients, (weights) => weightedMean(located, weights, pick));
  const saliency = located.map(({ found }) => found.saliency);
  return {
    films: located.length,
    pointing: share((found) => found.pointed),
    pointingChance: mean((found) => found.chance),
    iou: mean((found) => found.iou),
    iobb10: share((found) => found.iobb >= 0.1),
    iobb25: share((found) => found.iobb >= 0.25),
    iobb50: share((found) => found.iobb >= 0.5),
    saliencyAuprc: bootstrap(patients, (weights) =>
      saliencyPrecision(saliency, weights),
    ),
  };
}

function weightedMean(
  located: readonly Located[],
  weights: Uint32Array,
  pick: (found: Localisation) => number,
): number | null {
  let total = 0;
  let sum = 0;
  for (const [i, { found }] of located.entries()) {
    total += weights[i] ?? 0;
    sum += (weights[i] ?? 0) * pick(found);
  }
  return total === 0 ? null : sum / total;
}
