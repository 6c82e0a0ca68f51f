"use client";

import { useEffect, useEffectEvent } from "react";
import { createPresence } from "./presence.ts";

/**
 * Calls when somebody comes back to the page: by its window, by its tab, or
 * by the first movement after a while, since a desk that was left has its
 * window in front all the time.
 */
export function useReturn(onReturn: () => void): void {
  const called = useEffectEvent(onReturn);
  useEffect(() => {
    const presence = createPresence(performance.now());
    const moved = () => {
      if (presence.moved(performance.now())) called();
    };
    const shown = () => {
      if (document.visibilityState === "hidden") return;
      if (presence.shown(performance.now())) called();
    };
    const moves = ["pointermove", "pointerdown", "keydown"] as const;
    for (const move of moves) document.addEventListener(move, moved);
    document.addEventListener("visibilitychange", shown);
    window.addEventListener("focus", shown);
    return () => {
      for (const move of moves) document.removeEventListener(move, moved);
      document.removeEventListener("visibilitychange", shown);
      window.removeEventListener("focus", shown);
    };
  }, []);
}
