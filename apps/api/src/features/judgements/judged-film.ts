import { highestPoint, type Assessment } from "@lung-iris/inference";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";
import type { KnownFilm, Region } from "../known-films/known-film.ts";
import type { ModelManifestSummary } from "../models/model-manifest.ts";

/** What one model said of one film. */
export interface FilmAnswer {
  /** Null: the gate refused. */
  probability: number | null;
  /** At the model's triage point for the film's age group. */
  isTriaged: boolean;
  /** At its balanced point. */
  isPositive: boolean;
  /** Whether the map peaks inside a region; null where none is marked. */
  pointed: boolean | null;
  milliseconds: number;
}

/** A known film with what both models said of it. */
export interface JudgedFilm extends KnownFilm {
  candidate: FilmAnswer;
  live: FilmAnswer;
}

/** What a model's assessment comes to against what is known of the film. */
export function answerOf(
  assessment: Assessment,
  manifest: ModelManifestSummary,
  { isSick, regions }: KnownFilm,
): FilmAnswer {
  const { milliseconds } = assessment;
  const finding = assessment.findings.find(
    ({ code }) => code === LEADING_FINDING,
  );
  if (finding === undefined)
    return {
      probability: null,
      isTriaged: false,
      isPositive: false,
      pointed: null,
      milliseconds,
    };
  const group =
    finding.group.from === "default" ? "default" : finding.group.name;
  const points = manifest.findings.find(({ code }) => code === LEADING_FINDING)
    ?.thresholds[group];
  const triage = points?.["triage"];
  if (triage === undefined)
    throw new Error(`${manifest.id} has no triage point for ${group}`);
  const map = assessment.cam.find((cam) => cam.finding === LEADING_FINDING);
  const { probability } = finding;
  return {
    probability,
    isTriaged: probability >= triage,
    isPositive: finding.positive,
    pointed:
      isSick && regions.length > 0 && map !== undefined
        ? isInside(highestPoint(map), regions)
        : null,
    milliseconds,
  };
}

function isInside(
  { x, y }: { x: number; y: number },
  regions: readonly Region[],
): boolean {
  return regions.some(
    (region) =>
      x >= region.x &&
      x < region.x + region.width &&
      y >= region.y &&
      y < region.y + region.height,
  );
}
