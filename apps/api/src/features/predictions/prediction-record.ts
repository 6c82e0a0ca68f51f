import type { PredictionFinding, PredictionMap } from "@lung-iris/prisma";
import type { ActivationMap, Assessment, Finding } from "@lung-iris/inference";
import { z } from "zod";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";
import {
  ownThreshold,
  unsureBetween,
  type ModelManifestSummary,
} from "../models/model-manifest.ts";

const boxesSchema = z.array(
  z.object({
    x: z.number(),
    y: z.number(),
    width: z.number(),
    height: z.number(),
    score: z.number().min(0).max(1),
    chance: z.number().min(0).max(1).nullable().default(null),
  }),
);

/**
 * A region of a finding in source pixels; `score`: the map's mean inside,
 * `chance`: that a radiologist marks there, null of models that do not say.
 */
export interface FindingBox {
  finding: string;
  x: number;
  y: number;
  width: number;
  height: number;
  score: number;
  chance: number | null;
}

/** The regions of a finding, read back with their type. */
export function readBoxes({
  code,
  boxes,
}: Pick<PredictionFinding, "code" | "boxes">): FindingBox[] {
  return boxesSchema.parse(boxes).map((box) => ({ finding: code, ...box }));
}

type FindingRow = Omit<PredictionFinding, "predictionId" | "boxes"> & {
  boxes: Omit<FindingBox, "finding">[];
};
type MapRow = Omit<PredictionMap, "predictionId">;

/** What a model said, as rows; the finding's own thresholds beside it. */
export interface PredictionRecord {
  prediction: {
    gateStatus: "ASSESSED" | "NOT_ASSESSED";
    gateReason: string | null;
    gateDetail: string | null;
    engine: string;
    milliseconds: number;
    greyMean: number | null;
    greySpan: number | null;
    gateDistance: number | null;
  };
  findings: FindingRow[];
  maps: MapRow[];
}

/**
 * The rows of what a model said.
 *
 * @throws Error where an assessed film has no word of the leading finding, or
 *   the manifest no threshold for one.
 */
export function predictionRecord(
  assessment: Assessment,
  manifest: ModelManifestSummary,
): PredictionRecord {
  const { gate, findings, cam, engine, milliseconds, input } = assessment;
  const isAssessed = gate.status === "assessed";
  if (isAssessed && !findings.some(({ code }) => code === LEADING_FINDING)) {
    throw new Error(`${manifest.id} says nothing of ${LEADING_FINDING}`);
  }
  return {
    prediction: {
      gateStatus: isAssessed ? "ASSESSED" : "NOT_ASSESSED",
      gateReason: gate.reason,
      gateDetail: isAssessed ? null : gate.detail,
      engine,
      milliseconds,
      greyMean: input?.greyMean ?? null,
      greySpan: input?.greySpan ?? null,
      // Not a number where the net gave none; the gate refused it then.
      gateDistance: finite(input?.gateDistance),
    },
    findings: findings.map((finding) => ({
      ...findingRow(finding, manifest),
      boxes: assessment.boxes
        .filter((box) => box.finding === finding.code)
        .map(({ x, y, width, height, score, chance }) => {
          return { x, y, width, height, score, chance };
        }),
    })),
    maps: cam.map(mapRow),
  };
}

function finite(value: number | null | undefined): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function findingRow(finding: Finding, manifest: ModelManifestSummary) {
  const { code, score, probability, interval, group, shown } = finding;
  const unsure = unsureBetween(manifest, code, group);
  return {
    code,
    score,
    probability,
    low: interval.low,
    high: interval.high,
    ownThreshold: ownThreshold(manifest, code, group),
    ageGroup: group.name,
    groupFrom: group.from,
    unsureFrom: unsure?.from ?? null,
    unsureTo: unsure?.to ?? null,
    shown,
  };
}

function mapRow({ finding, width, height, values, rect }: ActivationMap) {
  return {
    code: finding,
    columns: width,
    rows: height,
    // Three digits: 1/1000 of the scale is less than a colour step.
    values: Array.from(values, (value) => Math.round(value * 1e3) / 1e3),
    ...rect,
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
    input: null,
    model: { id: model.name, sha256: model.sha256 },
    engine: "wasm",
    milliseconds: 0,
  };
}
