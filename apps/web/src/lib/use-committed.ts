"use client";

import { useEffect, useState } from "react";

/**
 * The value as of the last render that reached the screen. What comes from the
 * address changes within a transition, which React may draw in turns with the
 * page as it was; a query that follows it in render is then asked old and new
 * in turns, without end where every answer is a failure.
 * @param value compared by identity, so it must be the same while nothing changed
 */
export function useCommitted<T>(value: T): T {
  const [committed, setCommitted] = useState(value);
  useEffect(() => {
    // eslint-disable-next-line react-hooks/set-state-in-effect -- that it is set after the commit, in a render of its own, is the point
    setCommitted(value);
  }, [value]);
  return committed;
}
