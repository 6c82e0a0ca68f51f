/**
 * How far the server's clock is before this computer's, in milliseconds. Ends
 * that the server sets (of a claim) are compared with its clock: a desk whose
 * own clock is a quarter of an hour off would hold no claim, or hold it on.
 */
let aheadMs = 0;

/** A Date header has whole seconds, cut off: half of one is the likeliest. */
const HALF_SECOND_MS = 500;

/** What an HTTP Date header (RFC 9110, 6.6.1) that came just now tells. */
export function noteServerDate(header: string | null, now: number): void {
  const at = Date.parse(header ?? "");
  if (!Number.isNaN(at)) aheadMs = at + HALF_SECOND_MS - now;
}

/** The time by the server's clock, as far as it is known. */
export function serverTime(now: number = Date.now()): number {
  return now + aheadMs;
}
