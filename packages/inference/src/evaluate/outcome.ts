import { readFile } from "node:fs/promises";

import type { InferencePool } from "../pool/pool-interface.ts";
import { endsTheRun, gateReasonOf } from "../predict/prediction-line.ts";
import type { Assessment, AssessContext } from "../types.ts";
import { localise, type Localisation } from "./localisation.ts";
import type { ManifestRow } from "./manifest.ts";

/** What the product said of one film of the manifest. */
export type Outcome = {
  row: ManifestRow;
} & (
  | {
      status: "assessed";
      probability: number;
      /** Log odds before calibration. */
      score: number;
      /** Whose calibration made a probability of it. */
      calibratedAs: "child" | "adult" | "default";
      threshold: number;
      positive: boolean;
      localisation: Localisation | null;
      /** What could not be used of the row, or null. */
      note: string | null;
    }
  | { status: "refused"; reason: string; detail: string }
);

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
    score: finding.score,
    calibratedAs:
      finding.group.from === "default" ? "default" : finding.group.name,
    threshold: finding.threshold,
    positive: finding.positive,
    ...(await tryToLocalise(row, assessment, film)),
  };
}

async function tryToLocalise(
  row: ManifestRow,
  assessment: Assessment,
  film: { width: number; height: number },
): Promise<{ localisation: Localisation | null; note: string | null }> {
  try {
    const localisation = await localise(row, assessment, film, FINDING);
    return { localisation, note: null };
  } catch (error) {
    // The film has its answer; only what was drawn on it is missing.
    const detail = error instanceof Error ? error.message : String(error);
    return { localisation: null, note: `its mask is left out: ${detail}` };
  }
}
