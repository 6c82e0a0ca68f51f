import type { CaseStatus } from "./case.transition.ts";

/** A claim counts until its lease runs out. */
export function holdsLease(
  now: Pick<CaseStatus, "state" | "claimExpiresAt">,
  at: Date,
): boolean {
  return (
    now.state === "READING" &&
    now.claimExpiresAt !== null &&
    now.claimExpiresAt > at
  );
}
