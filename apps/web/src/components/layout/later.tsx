"use client";

import { useDeferredValue, type ReactNode } from "react";

interface LaterProps {
  /** as large as what comes, so that nothing jumps */
  place: ReactNode;
  children: ReactNode;
}

/**
 * What is drawn right after the page, in pieces between which the browser
 * paints and answers: what stands beside a film does not hold the film up.
 */
export function Later({ place, children }: LaterProps) {
  const isHere = useDeferredValue(true, false);
  return isHere ? children : place;
}
