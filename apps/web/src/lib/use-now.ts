"use client";

import { useEffect, useState } from "react";

/**
 * The time, refreshed every so often; for "12 min" and countdowns. Zero while
 * the server renders, so that both sides draw the same.
 */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
