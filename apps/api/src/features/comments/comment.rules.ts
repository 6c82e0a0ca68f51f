/** What decides whether a comment may reach somebody. */
export interface CommentExposure {
  isOwn: boolean;
  /** Its author could see the AI's answer when he wrote it. */
  tellsAi: boolean;
  /** Somebody had begun to read the case by then. */
  tellsReading: boolean;
  /** Whether the viewer may see the AI's answer of the case. */
  seesAi: boolean;
  /** Whether what was signed first is kept from the viewer. */
  isFirstKept: boolean;
}

/**
 * Whether a comment may reach the viewer: words are free, so whoever knows the
 * AI's answer could tell it in them, and whoever knows what a reader said, that.
 * Such a comment waits until the viewer may know these himself.
 */
export function maySeeComment(of: CommentExposure): boolean {
  if (of.isOwn) return true;
  if (of.tellsAi && !of.seesAi) return false;
  return !(of.tellsReading && of.isFirstKept);
}
