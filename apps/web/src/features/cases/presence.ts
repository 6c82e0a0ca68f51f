/** Without a movement for so long, somebody may have worked elsewhere. */
const AWAY_MS = 20_000;

/** A window that is shown again and again is asked for no more often. */
const ASK_EVERY_MS = 2_000;

interface Presence {
  /** @returns whether this is the first movement after a while */
  moved: (now: number) => boolean;
  /** @returns whether coming back to the window is to be answered */
  shown: (now: number) => boolean;
}

/** Follows whether somebody sits before the page; times in milliseconds. */
export function createPresence(since: number): Presence {
  let lastMove = since;
  let lastReturn = since;
  return {
    moved: (now) => {
      const isBack = now - lastMove >= AWAY_MS;
      lastMove = now;
      if (isBack) lastReturn = now;
      return isBack;
    },
    shown: (now) => {
      const isBack = now - lastReturn >= ASK_EVERY_MS;
      lastMove = now;
      if (isBack) lastReturn = now;
      return isBack;
    },
  };
}
