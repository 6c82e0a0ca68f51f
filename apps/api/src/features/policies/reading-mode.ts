import type { ReadingMode } from "../cases/blindness.ts";

/** How each site reads; blind unless its policy says otherwise. */
export function readingModes(): (siteId: string) => Promise<ReadingMode> {
  return () => Promise.resolve("blind");
}
