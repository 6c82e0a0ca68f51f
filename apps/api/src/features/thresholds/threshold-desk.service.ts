import type {
  DatabaseClient,
  LabelGrade,
  ModelVersion,
} from "@lung-iris/prisma";
import { harmOf, type OperatingPoint } from "@lung-iris/inference";
import { assertCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import { BadInputError, NotFoundError } from "../../errors.ts";
import { addSeconds, type Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";
import {
  findOwnThreshold,
  parseModelManifest,
} from "../models/model-manifest.ts";
import type {
  PolicyPlacement,
  PolicyPreview,
} from "../policies/policy-preview.ts";
import {
  policyOf,
  type SitePolicies,
  type SitePolicy,
} from "../policies/site-policies.ts";
import { thresholdFor } from "../policies/threshold.rules.ts";
import {
  binsOf,
  DAYS_COUNTED,
  dailyOf,
  FEWEST_CASES,
  isTooFew,
  pointsOf,
  stepsWith,
  suggestedOf,
  totalOf,
} from "./threshold-desk.rules.ts";
import {
  countArrived,
  countDecided,
  liveModelAt,
  patientSums,
} from "./threshold-desk.store.ts";
import {
  assertAgeGroup,
  assertChoice,
  setThreshold,
  withThreshold,
  type ThresholdChoice,
} from "./threshold.rules.ts";

export interface DeskRequest {
  siteId: string;
  /** "child" or "adult". */
  ageGroup: string;
  /** How many false alarms one missed case weighs, 1 to 1,000. */
  harmWeight: number;
  /** Grades of the labels that count; at least one. */
  grades: readonly LabelGrade[];
  /** A threshold beside the slider's steps that is wanted too. */
  also?: number | null;
}

/** A threshold with what it does to the site's decided cases. */
export interface DeskPoint extends OperatingPoint {
  /** Null where the model has seen none of the site's new cases yet. */
  positivesADay: number | null;
}

/** All that the desk shows of one site and age group. */
export interface ThresholdDesk {
  model: ModelVersion;
  policyVersion: number;
  approval: "one" | "two";
  /** What holds today; null where the model does not know the group. */
  today: number | null;
  /** The model's own word. */
  own: number | null;
  grades: { grade: LabelGrade; cases: number; isCounted: boolean }[];
  cases: number;
  positives: number;
  patients: number;
  fewest: number;
  isTooFew: boolean;
  suggested: number | null;
  harmOfAll: number | null;
  harmOfNone: number | null;
  days: number;
  casesADay: number;
  points: DeskPoint[];
}

const GRADES = [
  "ADJUDICATED",
  "TWO_AGREE",
  "ONE_BLIND",
  "ONE_AFTER_AI",
] as const;
const MOST_WEIGHT = 1_000;
const DAY_SECONDS = 86_400;

export interface ThresholdDeskDeps {
  client: DatabaseClient;
  clock: Clock;
  policies: SitePolicies;
  placement: PolicyPlacement;
}

/** How thresholds of the live model do on a site's own decided cases. */
export class ThresholdDeskService {
  readonly #deps: ThresholdDeskDeps;

  constructor(deps: ThresholdDeskDeps) {
    this.#deps = deps;
  }

  /**
   * The desk of a site and age group: counts only, no patient.
   *
   * @returns null where no model is live at the site.
   * @throws FORBIDDEN, BAD_USER_INPUT, or NOT_FOUND for a site out of sight.
   */
  async read(
    viewer: Viewer,
    request: DeskRequest,
  ): Promise<ThresholdDesk | null> {
    const { siteId, ageGroup, harmWeight, grades } = request;
    assertCan(viewer, "threshold:read", { what: "site", siteId });
    if (!isUuid(siteId)) throw new NotFoundError("site");
    assertRequest(request);
    const { client, clock, policies } = this.#deps;
    const [policy, model] = await Promise.all([
      policies.current(siteId),
      liveModelAt(client, siteId),
    ]);
    if (model === null) return null;
    const { own, today } = thresholdsOf(model, ageGroup, policy);
    const thresholds = stepsWith([today, own, request.also ?? null]);
    const group = { siteId, modelVersionId: model.id, ageGroup };
    const now = clock.now();
    const since = addSeconds(now, -DAYS_COUNTED * DAY_SECONDS);
    const [decided, sums, arrived] = await Promise.all([
      countDecided(client, group, thresholds),
      patientSums(client, group, grades),
      countArrived(client, group, thresholds, since),
    ]);
    const bins = binsOf(decided, grades, thresholds);
    const total = totalOf(bins);
    const cases = total.positives + total.negatives;
    const points = pointsOf(thresholds, bins, sums, harmWeight);
    const { days, casesADay, positivesADay } = dailyOf(
      arrived,
      thresholds,
      now,
    );
    const harm = (falseNegatives: number, falsePositives: number) =>
      harmOf({ falseNegatives, falsePositives, cases }, harmWeight);
    return {
      model,
      policyVersion: policy.version,
      approval: policy.document.thresholdDesk.approval,
      today,
      own,
      grades: GRADES.map((grade) => ({
        grade,
        cases: decided
          .filter((count) => count.grade === grade)
          .reduce((sum, count) => sum + count.cases, 0),
        isCounted: grades.includes(grade),
      })),
      cases,
      positives: total.positives,
      patients: sums.patients,
      fewest: FEWEST_CASES,
      isTooFew: isTooFew(total),
      suggested: suggestedOf(points, total),
      harmOfAll: harm(0, total.negatives),
      harmOfNone: harm(total.positives, 0),
      days,
      casesADay,
      points: points.map((point, at) => ({
        ...point,
        positivesADay: positivesADay[at] ?? null,
      })),
    };
  }

  /**
   * What another threshold would do to the worklist as it is now.
   *
   * @throws FORBIDDEN, BAD_USER_INPUT, NOT_FOUND for a site out of sight or
   *   without a live model.
   */
  async preview(
    viewer: Viewer,
    siteId: string,
    choice: ThresholdChoice,
  ): Promise<PolicyPreview> {
    assertCan(viewer, "threshold:propose", { what: "site", siteId });
    if (!isUuid(siteId)) throw new NotFoundError("site");
    assertChoice(choice, "");
    const { client, policies, placement } = this.#deps;
    const model = await liveModelAt(client, siteId);
    if (model === null) throw new NotFoundError("model");
    const now = await policies.current(siteId);
    const then = withThreshold(now.document, model.fingerprint, choice);
    return placement.preview(now, policyOf(siteId, now.version + 1, then));
  }
}

/** What the model says of itself for the group, and what holds at the site. */
function thresholdsOf(
  { manifest, fingerprint }: ModelVersion,
  ageGroup: string,
  policy: SitePolicy,
): { own: number | null; today: number | null } {
  const own = findOwnThreshold(
    parseModelManifest(manifest),
    LEADING_FINDING,
    ageGroup,
  );
  if (own === null) {
    const today = setThreshold(policy.document, fingerprint, ageGroup);
    return { own, today };
  }
  const model = { fingerprint, ownThreshold: own };
  const of = { finding: LEADING_FINDING, ageGroup };
  return { own, today: thresholdFor(model, of, policy) };
}

function assertRequest({ ageGroup, harmWeight, grades }: DeskRequest): void {
  assertAgeGroup(ageGroup, "ageGroup");
  if (!(harmWeight >= 1 && harmWeight <= MOST_WEIGHT))
    throw new BadInputError(
      `One missed case weighs 1 to ${String(MOST_WEIGHT)} false alarms.`,
      ["harmWeight"],
    );
  if (grades.length === 0)
    throw new BadInputError("Say which grades of labels count.", ["grades"]);
}
