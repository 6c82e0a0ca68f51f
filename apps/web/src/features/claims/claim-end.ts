import type { OpenCase } from "../cases/use-case.ts";
import { claimEndOf } from "../cases/further-reading.ts";

type Held = Pick<
  OpenCase,
  | "claimExpiresAt"
  | "secondReadUntil"
  | "viewerCanSign"
  | "viewerCanClaim"
  | "viewerCanRelease"
  | "viewerCanIssuePreliminary"
>;

/** Below this the end of a claim is said in words. */
export const NEAR_END_MS = 2 * 60_000;

const MINUTE_MS = 60_000;

/**
 * Whether the viewer's claim ran out by the server's clock. The server frees
 * the case within a minute of that; whoever looks at it knows at once.
 */
export function hasEnded(open: Held, now: number): boolean {
  const end = claimEndOf(open);
  return open.viewerCanSign && end !== null && Date.parse(end) <= now;
}

/** The case as it stands once the viewer's claim ran out: free for him too. */
export function withoutClaim<C extends Held>(open: C): C {
  return {
    ...open,
    viewerCanSign: false,
    viewerCanIssuePreliminary: false,
    viewerCanRelease: false,
    viewerCanClaim: true,
  };
}

/** Whole minutes that are left, rounded up, where few are; else null. */
export function lastMinutes(until: string, now: number): number | null {
  const left = Date.parse(until) - now;
  if (left <= 0 || left > NEAR_END_MS) return null;
  return Math.ceil(left / MINUTE_MS);
}

/**
 * Whether work should renew a claim: not before it is worth a question, and
 * never once it ended, when somebody else may hold the case: that is asked.
 */
export function mayRenew(
  until: string | null,
  now: number,
  renewBelowMs: number,
): boolean {
  if (until === null) return false;
  const left = Date.parse(until) - now;
  return left > 0 && left <= renewBelowMs;
}
