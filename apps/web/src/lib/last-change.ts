/** When this tab asked for its last change; of nothing and nobody. */
const KEY = "lung-iris:changed-at";

/** A change of a page that was left takes this long to be made, at most. */
const ON_ITS_WAY_MS = 5_000;

/** To be called with each change that is sent, also by a page that is left. */
export function noteChange(now = Date.now()): void {
  sessionStorage.setItem(KEY, String(now));
}

/**
 * Whether a change may have been on its way while this page was drawn: what
 * somebody typed and reloaded in the same moment. What came with the page may
 * be older than that.
 */
export function hasJustChanged(now = Date.now()): boolean {
  return now - Number(sessionStorage.getItem(KEY) ?? 0) < ON_ITS_WAY_MS;
}
