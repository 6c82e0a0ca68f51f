"use client";

import { useEffect } from "react";
import { loadViewer } from "../load-viewer.ts";

/**
 * Fetches the viewer before the first case is opened, so that its film is
 * painted at once. A failure shows, and is tried again, where a film is.
 */
export function ViewerWarmUp() {
  useEffect(() => {
    loadViewer().catch(() => undefined);
  }, []);
  return null;
}
