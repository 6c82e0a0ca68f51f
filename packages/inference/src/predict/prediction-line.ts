import { InferenceError } from "../errors.ts";
import { countedBoxes } from "../explain/counted-boxes.ts";
import type { Assessment, EngineName, GateReason } from "../types.ts";

/** One line of `npm run predict`; the fields are those of `design.md`. */
export interface PredictionLine {
  file: string;
  gate: { status: "assessed" | "not-assessed"; reason: GateReason | null };
  findings: {
    code: string;
    probability: number;
    threshold: number;
    positive: boolean;
    unsure: boolean;
    shown: boolean;
  }[];
  boxes: {
    finding: string;
    x: number;
    y: number;
    width: number;
    height: number;
    score: number;
  }[];
  model: { id: string; sha256: string };
  engine: EngineName;
  milliseconds: number;
}

/** The line of an assessed or gated film. */
export function assessmentLine(
  file: string,
  assessment: Assessment,
): PredictionLine {
  return {
    file,
    gate: {
      status: assessment.gate.status,
      reason: assessment.gate.reason,
    },
    findings: assessment.findings.map((finding) => ({
      code: finding.code,
      probability: finding.probability,
      threshold: finding.threshold,
      positive: finding.positive,
      unsure: finding.unsure,
      shown: finding.shown,
    })),
    boxes: countedBoxes(assessment).map((box) => ({
      finding: box.finding,
      x: box.x,
      y: box.y,
      width: box.width,
      height: box.height,
      score: box.score,
    })),
    model: assessment.model,
    engine: assessment.engine,
    milliseconds: assessment.milliseconds,
  };
}

/** The line of a file that could not be read as a film. */
export function refusalLine(
  file: string,
  error: Error,
  source: { model: { id: string; sha256: string }; engine: EngineName },
  milliseconds: number,
): PredictionLine {
  return {
    file,
    gate: { status: "not-assessed", reason: gateReasonOf(error) },
    findings: [],
    boxes: [],
    model: source.model,
    engine: source.engine,
    milliseconds,
  };
}

/** The gate's word for a film that never reached the model. */
export function gateReasonOf(error: Error): GateReason {
  if (!(error instanceof InferenceError)) return "unreadable";
  if (error.code === "not-a-radiograph") return "not-a-chest-film";
  return error.code === "too-small" ? "too-small" : "unreadable";
}

/** True for what is wrong with the installation, not with a film. */
export function endsTheRun(error: unknown): boolean {
  return (
    error instanceof InferenceError &&
    ["model-missing", "model-corrupt", "engine-unavailable"].includes(
      error.code,
    )
  );
}
