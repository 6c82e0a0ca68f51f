/**
 * Browsers let requests outlive their page only up to 64 KiB together (Fetch
 * standard, 4.6); a letter takes 3 bytes at most, and a quoted one 6.
 */
const MOST_KEPT_ALIVE = 10_000;

/** Whether what was typed a moment before a reload still reaches the server. */
export function mayOutliveThePage(input: object): boolean {
  return JSON.stringify(input).length <= MOST_KEPT_ALIVE;
}
