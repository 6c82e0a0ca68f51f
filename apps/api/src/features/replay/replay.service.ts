import type { DatabaseClient } from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import { BadInputError } from "../../errors.ts";
import { addSeconds } from "../../platform/clock.ts";
import type { Clock } from "../../platform/clock.ts";
import {
  isPastCeiling,
  URGENCY_LADDER,
  type PolicyDocument,
  type UrgencyName,
} from "../policies/policy-document.ts";
import { proposedPolicy } from "../policies/proposed-policy.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { urgencyOf } from "../urgency/urgency.rules.ts";
import { ownWeeks } from "./own-weeks.ts";
import type { ReplayFacts } from "./replay-facts.ts";
import {
  byPolicy,
  curveOf,
  firstCome,
  likeliestFirst,
  play,
  waitsOf,
  type Queue,
  type Waits,
} from "./replay.rules.ts";
import { casesArrived } from "./replay.store.ts";
import { SYNTHETIC_DAYS, syntheticMonth } from "./synthetic-month.ts";

const DAY_SECONDS = 86_400;
/** A month of the busiest department that the simulator takes. */
const MOST_CASES = 60_000;

export const REPLAY_ORDERS = [
  "FIRST_COME",
  "AI_ONLY",
  "POLICY",
  "DRAFT",
] as const;
export type ReplayOrderName = (typeof REPLAY_ORDERS)[number];

export interface ReplayRequest {
  siteId: string;
  /** Absent: a month that does not exist. */
  ownWeeks?: number | null;
  readers: number;
  minutesPerCase: number;
  casesPerDay: number;
  seed: number;
  /** A policy being edited. */
  document?: unknown;
}

export interface ReplayClass {
  urgency: UrgencyName;
  waits: Waits;
  /** Share of the class that waited past the ceiling that the order keeps. */
  pastCeiling: number;
}

export interface ReplayResult {
  order: ReplayOrderName;
  all: Waits | null;
  positives: Waits | null;
  classes: ReplayClass[];
  curve: number[];
}

export interface Replay {
  cases: number;
  isCapped: boolean;
  days: number;
  /** Share of all readers' time that the readings take. */
  load: number;
  results: ReplayResult[];
}

/** Plays a stretch of work through the ways in which it could be ordered. */
export class ReplayService {
  readonly #client: DatabaseClient;
  readonly #clock: Clock;
  readonly #policies: SitePolicies;

  constructor(deps: {
    client: DatabaseClient;
    clock: Clock;
    policies: SitePolicies;
  }) {
    this.#client = deps.client;
    this.#clock = deps.clock;
    this.#policies = deps.policies;
  }

  /**
   * The same request gives the same figures for as long as the site's cases
   * stay as they are.
   *
   * @throws FORBIDDEN, NOT_FOUND, or BAD_USER_INPUT naming the field.
   */
  async run(viewer: Viewer, request: ReplayRequest): Promise<Replay> {
    const { siteId } = request;
    assertCan(viewer, "policy:edit", { what: "site", siteId });
    assertRanges(request);
    const inForce = (await this.#policies.current(siteId)).document;
    const draft =
      request.document === null || request.document === undefined
        ? null
        : await proposedPolicy(
            this.#client,
            siteId,
            request.document,
            "input.document",
          );
    const days =
      typeof request.ownWeeks === "number"
        ? request.ownWeeks * 7
        : SYNTHETIC_DAYS;
    const all = await this.#facts(request, days);
    const cases = all.slice(0, MOST_CASES);
    const busy = cases.reduce((sum, { readMinutes }) => sum + readMinutes, 0);
    return {
      cases: cases.length,
      isCapped: all.length > cases.length,
      days,
      load: busy / (days * 1_440 * request.readers),
      results: resultsOf(cases, request.readers, inForce, draft),
    };
  }

  async #facts(request: ReplayRequest, days: number): Promise<ReplayFacts[]> {
    const { seed, casesPerDay, minutesPerCase } = request;
    if (typeof request.ownWeeks !== "number")
      return syntheticMonth(seed, casesPerDay, minutesPerCase);
    const to = this.#clock.now();
    const from = addSeconds(to, -days * DAY_SECONDS);
    const rows = await casesArrived(
      this.#client,
      request.siteId,
      from,
      to,
      MOST_CASES + 1,
    );
    return ownWeeks(rows, from, seed, minutesPerCase);
  }
}

function resultsOf(
  cases: readonly ReplayFacts[],
  readers: number,
  inForce: PolicyDocument,
  draft: PolicyDocument | null,
): ReplayResult[] {
  // Every order is told by the classes of the policy in force, so that the
  // same cases are compared; a draft by its own ceilings.
  const classes = classesOf(cases, inForce);
  const result = (
    order: ReplayOrderName,
    queue: Queue,
    policy: PolicyDocument,
  ): ReplayResult => {
    const waited = play(cases, readers, queue);
    return { order, ...summary(cases, classes, waited, policy) };
  };
  const results = [
    result("FIRST_COME", firstCome(), inForce),
    result("AI_ONLY", likeliestFirst(cases), inForce),
    result("POLICY", byPolicy(cases, classes, inForce), inForce),
  ];
  if (draft === null) return results;
  const drafted = byPolicy(cases, classesOf(cases, draft), draft);
  return [...results, result("DRAFT", drafted, draft)];
}

function classesOf(
  cases: readonly ReplayFacts[],
  policy: PolicyDocument,
): UrgencyName[] {
  return cases.map(
    ({ placedBy }) =>
      urgencyOf({ ...placedBy, waitedMinutes: null }, policy).urgency,
  );
}

function summary(
  cases: readonly ReplayFacts[],
  classes: readonly UrgencyName[],
  waited: Float64Array,
  policy: PolicyDocument,
): Omit<ReplayResult, "order"> {
  const all = [...waited];
  return {
    all: waitsOf(all),
    positives: waitsOf(all.filter((_, at) => cases[at]?.isPositive === true)),
    classes: URGENCY_LADDER.flatMap((urgency) => {
      const own = all.filter((_, at) => classes[at] === urgency);
      const waits = waitsOf(own);
      if (waits === null) return [];
      const past = own.filter((minutes) =>
        isPastCeiling(policy, urgency, minutes),
      );
      return [{ urgency, waits, pastCeiling: past.length / own.length }];
    }),
    curve: curveOf(all),
  };
}

const RANGES = {
  ownWeeks: [1, 8],
  readers: [1, 20],
  minutesPerCase: [0.5, 60],
  casesPerDay: [1, 2_000],
  seed: [0, 4_294_967_295],
} as const;

function assertRanges(request: ReplayRequest): void {
  for (const [field, [least, most]] of Object.entries(RANGES)) {
    const value = request[field as keyof typeof RANGES];
    if (value === null || value === undefined) continue;
    if (value >= least && value <= most) continue;
    throw new BadInputError(
      `This is between ${String(least)} and ${String(most)}.`,
      [`input.${field}`],
    );
  }
}
