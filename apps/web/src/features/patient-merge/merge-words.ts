/** Longest reason that the API takes, in characters. */
export const MAX_REASON = 1_000;
