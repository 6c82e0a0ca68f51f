import type { Prediction, Prisma } from "@lung-iris/prisma";
import type { Assessment, Finding } from "@lung-iris/inference";
import { z } from "zod";

const unit = z.number().min(0).max(1);
const rect = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});

const findingsSchema = z.array(
  z.object({
    code: z.string(),
    concept: z.object({
      system: z.string(),
      code: z.string(),
      display: z.string(),
    }),
    probability: unit,
    interval: z.object({ low: unit, high: unit }),
    threshold: unit,
    positive: z.boolean(),
    group: z.object({ name: z.string(), from: z.string() }),
  }),
);

const mapsSchema = z.array(
  z.object({
    finding: z.string(),
    width: z.number().int().positive(),
    height: z.number().int().positive(),
    values: z.array(unit),
    rect,
  }),
);

const boxesSchema = z.array(rect.extend({ finding: z.string(), score: unit }));

/** The JSON columns of a prediction, read back with their types. */
export function readFindings(prediction: Pick<Prediction, "findings">) {
  return findingsSchema.parse(prediction.findings);
}
export function readMaps(prediction: Pick<Prediction, "cam">) {
  return mapsSchema.parse(prediction.cam);
}
export function readBoxes(prediction: Pick<Prediction, "boxes">) {
  return boxesSchema.parse(prediction.boxes);
}

/** The columns of what a model said. */
export function predictionData(assessment: Assessment) {
  const { gate, findings, cam, boxes } = assessment;
  const pneumonia = findings.find(({ code }) => code === "pneumonia");
  if (gate.status === "assessed" && pneumonia === undefined) {
    throw new Error(`${assessment.model.id} says nothing of pneumonia`);
  }
  return {
    gateStatus:
      gate.status === "assessed"
        ? ("ASSESSED" as const)
        : ("NOT_ASSESSED" as const),
    gateReason: gate.reason,
    gateDetail: gate.status === "assessed" ? null : gate.detail,
    probability: pneumonia?.probability ?? null,
    threshold: pneumonia?.threshold ?? null,
    findings: findings.map(findingJson),
    cam: cam.map((map) => ({
      ...map,
      // Three digits: 1/1000 of the scale is less than a colour step.
      values: Array.from(map.values, (value) => Math.round(value * 1e3) / 1e3),
    })),
    boxes: boxes
      .filter(({ finding }) =>
        findings.some(({ code, positive }) => positive && code === finding),
      )
      .map((box) => ({ ...box })),
    engine: assessment.engine,
    milliseconds: assessment.milliseconds,
  };
}

function findingJson(finding: Finding): Prisma.InputJsonObject {
  const { concept, interval, group } = finding;
  return {
    ...finding,
    concept: { ...concept },
    interval: { ...interval },
    group: { ...group },
  };
}

/** A film that passed the door and cannot be decoded for the model. */
export function refusedAssessment(
  detail: string,
  model: { name: string; sha256: string },
): Assessment {
  return {
    gate: { status: "not-assessed", reason: "unreadable", detail },
    findings: [],
    cam: [],
    boxes: [],
    model: { id: model.name, sha256: model.sha256 },
    engine: "wasm",
    milliseconds: 0,
  };
}
