"use client";

import { useEffect, useState } from "react";

/**
 * The room over the whole window, and the window over the whole screen where
 * the browser lets it. The browser's own way out (Esc, F11) ends both.
 */
export function useFullScreen(): {
  isOn: boolean;
  toggle: () => void;
  leave: () => void;
} {
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    const changed = () => {
      if (!document.fullscreenElement) setOn(false);
    };
    document.addEventListener("fullscreenchange", changed);
    return () => {
      document.removeEventListener("fullscreenchange", changed);
      leaveBrowserFullScreen();
    };
  }, []);
  const leave = () => {
    setOn(false);
    leaveBrowserFullScreen();
  };
  return {
    isOn,
    leave,
    toggle: () => {
      if (isOn) {
        leave();
        return;
      }
      setOn(true);
      // Refused where the page sits in a frame; the window is full all the same.
      document.documentElement.requestFullscreen().catch(() => undefined);
    },
  };
}

function leaveBrowserFullScreen(): void {
  if (!document.fullscreenElement) return;
  document.exitFullscreen().catch(() => undefined);
}
