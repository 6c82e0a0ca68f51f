"use client";

import { useDeferredValue, useEffect, type ReactNode } from "react";
import { useShortcutRegistry } from "../shortcuts/shortcut-provider.tsx";

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
  return isHere ? children : <Place>{place}</Place>;
}

/** Keys that are pressed meanwhile wait for the part that takes them. */
function Place({ children }: { children: ReactNode }) {
  const { expect } = useShortcutRegistry();
  useEffect(() => expect(), [expect]);
  return children;
}
