import { readFile } from "node:fs/promises";

import { decodeFilm } from "../image/decode-film.ts";
import { Region } from "../metrics/region.ts";
import type { InferencePool } from "../pool/inference-pool.ts";
import { endsTheRun, gateReasonOf } from "../predict/prediction-line.ts";
import type { ActivationMap, Assessment, AssessContext } from "../types.ts";
import type { ManifestRow } from "./manifest.ts";

/** What the product said of one film of the manifest. */
export type Outcome = {
  row: ManifestRow;
} & (
  | {
      status: "assessed";
      probability: number;
      threshold: number;
      positive: boolean;
      localisation: Localisation | null;
      /** What could not be used of the row, or null. */
      note: string | null;
    }
  | { status: "refused"; reason: string; detail: string }
);

/** How the map and boxes compare with what radiologists drew. */
export interface Localisation {
  /** True where the map's highest point lies in the drawn region. */
  pointed: boolean;
  /** Share of the film that is drawn: what a random point would score. */
  chance: number;
  /** Of the union of the product's boxes with the drawn region. */
  iou: number;
}

const FINDING = "pneumonia";

/**
 * Assesses one row. A file that is missing or cannot be read is an outcome
 * like any other refusal, never the end of the run.
 *
 * @throws only what is wrong with the installation, not with a film.
 */
export async function assessRow(
  pool: InferencePool,
  row: ManifestRow,
): Promise<Outcome> {
  try {
    const bytes = await readFile(row.path);
    const { assessment, info } = await pool.assess(bytes, contextOf(row));
    return await toOutcome(row, assessment, info);
  } catch (error) {
    if (endsTheRun(error) || !(error instanceof Error)) throw error;
    const isMissing = "code" in error && error.code === "ENOENT";
    return {
      row,
      status: "refused",
      reason: isMissing ? "missing" : gateReasonOf(error),
      detail: error.message,
    };
  }
}

function contextOf(row: ManifestRow): AssessContext {
  return {
    ...(row.ageYears === null ? {} : { ageYears: row.ageYears }),
    ...(row.sex === null ? {} : { sex: row.sex }),
  };
}

async function toOutcome(
  row: ManifestRow,
  assessment: Assessment,
  film: { width: number; height: number },
): Promise<Outcome> {
  if (assessment.gate.status === "not-assessed") {
    const { reason, detail } = assessment.gate;
    return { row, status: "refused", reason, detail };
  }
  const finding = assessment.findings.find(({ code }) => code === FINDING);
  if (finding === undefined) {
    throw new Error(`The model gives no finding "${FINDING}".`);
  }
  return {
    row,
    status: "assessed",
    probability: finding.probability,
    threshold: finding.threshold,
    positive: finding.positive,
    ...(await localise(row, assessment, film)),
  };
}

async function localise(
  row: ManifestRow,
  assessment: Assessment,
  film: { width: number; height: number },
): Promise<{ localisation: Localisation | null; note: string | null }> {
  try {
    const truth = await drawnRegion(row, film);
    return { localisation: compare(truth, assessment, film), note: null };
  } catch (error) {
    // The film has its answer; only what was drawn on it is missing.
    const detail = error instanceof Error ? error.message : String(error);
    return { localisation: null, note: `its mask is left out: ${detail}` };
  }
}

function compare(
  truth: Region | null,
  assessment: Assessment,
  film: { width: number; height: number },
): Localisation | null {
  const map = assessment.cam.find(({ finding }) => finding === FINDING);
  if (map === undefined || truth === null || truth.share === 0) return null;
  const peak = highestPoint(map);
  const boxes = assessment.boxes.filter(({ finding }) => finding === FINDING);
  return {
    pointed: truth.contains(peak.x / film.width, peak.y / film.height),
    chance: truth.share,
    iou: Region.fromBoxes(boxes, film).iou(truth),
  };
}

async function drawnRegion(
  row: ManifestRow,
  film: { width: number; height: number },
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
