/** Failed sign-ins that cost nothing. */
export const FREE_ATTEMPTS = 5;
const FIRST_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 15 * 60;

/**
 * Seconds to wait after the n-th failure in a row: none for the first few,
 * then 30, 60, 120 … up to 15 minutes. A wait and not a lock for good, so
 * that nobody can shut a colleague out of the hospital's desk.
 */
export function waitAfterFailures(failures: number): number {
  if (failures < FREE_ATTEMPTS) return 0;
  const doublings = Math.min(failures - FREE_ATTEMPTS, 10);
  return Math.min(FIRST_WAIT_SECONDS * 2 ** doublings, LONGEST_WAIT_SECONDS);
}
