import {
  STATES,
  URGENCIES,
} from "../apps/api/src/features/worklist-query/worklist.buckets.ts";
import { WORKLIST_SORTS } from "../apps/api/src/features/worklist-query/worklist.order.ts";
import type { WorklistSort } from "../apps/api/src/features/worklist-query/worklist.order.ts";
import {
  AGE_BANDS,
  FILM_VIEWS,
} from "../apps/api/src/features/worklist-query/worklist.traits.ts";
import type { WorklistRequest } from "../apps/api/src/features/worklist/worklist.request.ts";
import { BENCH_SITES, benchReader } from "./bench-people.ts";

const ASSESSMENTS = ["PENDING", "ASSESSED", "NOT_ASSESSED"] as const;
const LABELS = ["NORMAL", "PNEUMONIA", "OTHER"] as const;

/** Names common and rare, parts of numbers, short words, several, and none. */
const SEARCHES = [
  "nguyễn",
  "nguyen van",
  "nguyen thi 123",
  "lê",
  "trần",
  "quach",
  "q",
  "smith",
  "MRN-0123456",
  "2345",
  "acc-77",
  "nguyen le",
  "van",
  "123",
  "ngoc 7",
  "dinh minh",
  "duong van 55",
  "mrn",
  "zzz",
];

const HOUR_MS = 3_600_000;
/** The seeded studies end here; the page's times count back from now. */
const NOW = Date.parse("2025-12-29T00:00:00Z");
const ago = (hours: number): Date => new Date(NOW - hours * HOUR_MS);

const TIMES: readonly WorklistRequest[] = [
  { arrivedAfter: ago(1) },
  { arrivedAfter: ago(24) },
  { arrivedAfter: ago(7 * 24) },
  { arrivedBefore: ago(2) },
  { arrivedBefore: ago(24) },
  { arrivedAfter: ago(365 * 24) },
  { arrivedAfter: ago(700 * 24), arrivedBefore: ago(500 * 24) },
];

/**
 * Filters and orders as the page lets them be combined, drawn by fixed dice:
 * each filter is set in a third of them.
 */
export function* worklistCombinations(
  count: number,
): Generator<[WorklistRequest, WorklistSort]> {
  const dice = new Dice();
  for (let n = 0; n < count; n++) {
    const request: WorklistRequest = {
      ...dice.maybe(() => ({ states: dice.some(STATES) })),
      ...dice.maybe(() => ({ urgencies: dice.some(URGENCIES) })),
      ...dice.maybe(() => ({ assessments: dice.some(ASSESSMENTS) })),
      ...dice.maybe(() => ({ labels: dice.some(LABELS) })),
      ...dice.maybe(() => ({ aiPositive: dice.next() < 0.5 })),
      ...dice.maybe(() => assignment(dice)),
      ...dice.maybe(() => ({ filmViews: dice.some(FILM_VIEWS) })),
      ...dice.maybe(() => ({ patientAges: dice.some(AGE_BANDS) })),
      ...dice.maybe(() => dice.one(TIMES)),
      ...dice.maybe(() => ({ search: dice.one(SEARCHES) })),
      ...dice.maybe(() => ({ siteId: dice.one(BENCH_SITES) })),
    };
    yield [request, dice.one(WORKLIST_SORTS)];
  }
}

function assignment(dice: Dice): WorklistRequest {
  return dice.next() < 0.5
    ? { unassigned: true }
    : { assigneeId: benchReader(1 + Math.floor(dice.next() * 60)) };
}

/** The same numbers in every run (MINSTD, Park and Miller 1988). */
class Dice {
  #state = 20_261_123;

  /** In 0…1. */
  next(): number {
    this.#state = (this.#state * 48_271) % 2_147_483_647;
    return this.#state / 2_147_483_647;
  }

  one<T>(values: readonly T[]): T {
    const value = values[Math.floor(this.next() * values.length)];
    if (value === undefined) throw new Error("nothing to choose from");
    return value;
  }

  /** At least one of them. */
  some<T>(values: readonly T[]): T[] {
    const chosen = values.filter(() => this.next() < 0.5);
    return chosen.length > 0 ? chosen : [this.one(values)];
  }

  maybe(make: () => WorklistRequest): WorklistRequest {
    return this.next() < 1 / 3 ? make() : {};
  }
}
