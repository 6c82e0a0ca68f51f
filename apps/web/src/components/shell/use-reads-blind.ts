"use client";

import { useSite } from "./site-context.tsx";

/**
 * Whether the viewer reads blind at any of the sites that are looked at: the
 * list then shows, sorts and filters nothing by what the AI says.
 */
export function useReadsBlind(): boolean {
  const { site, sites } = useSite();
  return (site ? [site] : sites).some((one) => one.viewerReadsBlind);
}
