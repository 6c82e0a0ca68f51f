"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import type { Kept } from "../kept-texts/use-kept-at.ts";

/**
 * Words that the page has in a place of its own, kept on the server beside it:
 * what is typed there is kept, and what was kept is taken up there.
 */
export function useKeptBeside(
  kept: Kept<string>,
  here: string,
  takeUp: (text: string) => void,
): void {
  const agreed = useRef("");
  const there = kept.value;
  const settle = useEffectEvent(() => {
    if (here === there) agreed.current = here;
    // Whichever is no longer what the two had agreed on is the newer.
    else if (here === agreed.current) takeUp(there);
    else kept.setValue(here);
  });
  useEffect(() => settle(), [here, there]);
}
