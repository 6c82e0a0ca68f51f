import { systemViewer } from "../../access/viewer.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { Clock } from "../../platform/clock.ts";
import { newRequestId } from "../../platform/ids.ts";
import type { Refusal, RefusalReason } from "./refusal.ts";

/** Refusals of a session or address that are events of their own, a minute. */
export const WRITTEN_OUT = 10;
/** The same of everybody together. */
const WRITTEN_OUT_IN_ALL = 300;
/** Sessions and addresses told apart in a minute; the rest counts as one. */
const MAX_KEYS = 1_000;
/** Of those, so many get an event of their own; the rest is summed up. */
const MAX_EVENTS = 100;
const MAX_OPERATIONS = 10;
const EVERYBODY_ELSE = "everybody-else";

/** What a session or an address was refused beyond the first few. */
export interface Tally {
  /** The session, or the address. */
  key: string;
  viewer: Viewer;
  written: number;
  count: number;
  since: Date;
  reasons: Map<RefusalReason, number>;
  operations: Set<string>;
}

/** Counts refusals by session and address, until they are taken. */
export class RefusalTallies {
  readonly #clock: Clock;
  #tallies = new Map<string, Tally>();
  #written = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether this one may be an event of its own; it then counts as one. */
  takesOne(viewer: Viewer): boolean {
    const tally = this.#of(viewer);
    const isFull =
      tally.key === EVERYBODY_ELSE ||
      tally.written >= WRITTEN_OUT ||
      this.#written >= WRITTEN_OUT_IN_ALL;
    if (isFull) return false;
    tally.written += 1;
    this.#written += 1;
    return true;
  }

  count(viewer: Viewer, { reason, operation }: Refusal): void {
    const tally = this.#of(viewer);
    tally.count += 1;
    tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1);
    if (tally.operations.size < MAX_OPERATIONS) tally.operations.add(operation);
  }

  /** What was counted, the largest first; begins anew. */
  take(): Tally[] {
    const counted = [...this.#tallies.values()]
      .filter(({ count }) => count > 0)
      .sort((one, other) => other.count - one.count);
    this.#tallies = new Map();
    this.#written = 0;
    const rest = counted.slice(MAX_EVENTS);
    if (rest.length === 0) return counted;
    const sum = this.#empty(EVERYBODY_ELSE, everybodyElse());
    for (const tally of rest) add(sum, tally);
    return [...counted.slice(0, MAX_EVENTS), sum];
  }

  /** For a tally that could not be written down: it counts on. */
  putBack(tally: Tally): void {
    add(this.#of(tally.viewer, tally.key), tally);
  }

  #of(viewer: Viewer, key = keyOf(viewer)): Tally {
    const known = this.#tallies.get(key);
    if (known !== undefined) return known;
    if (this.#tallies.size >= MAX_KEYS && key !== EVERYBODY_ELSE)
      return this.#of(everybodyElse(), EVERYBODY_ELSE);
    const tally = this.#empty(key, viewer);
    this.#tallies.set(key, tally);
    return tally;
  }

  #empty(key: string, viewer: Viewer): Tally {
    return {
      key,
      viewer,
      written: 0,
      count: 0,
      since: this.#clock.now(),
      reasons: new Map(),
      operations: new Set(),
    };
  }
}

function keyOf(viewer: Viewer): string {
  return viewer.kind === "user"
    ? viewer.sessionId
    : (viewer.origin.address ?? "no-address");
}

function everybodyElse(): Viewer {
  return systemViewer("access-guard", newRequestId());
}

function add(sum: Tally, tally: Tally): void {
  sum.count += tally.count;
  if (tally.since < sum.since) sum.since = tally.since;
  for (const [reason, count] of tally.reasons)
    sum.reasons.set(reason, (sum.reasons.get(reason) ?? 0) + count);
  for (const operation of tally.operations)
    if (sum.operations.size < MAX_OPERATIONS) sum.operations.add(operation);
}
