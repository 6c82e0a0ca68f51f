"use client";

import { useEffect, useState } from "react";
import { serverTime } from "../../lib/server-clock.ts";
import { hasEnded, withoutClaim } from "./claim-end.ts";
import { claimEndOf } from "../cases/further-reading.ts";
import type { OpenCase } from "../cases/use-case.ts";

const LOOK_EVERY_MS = 1000;

/**
 * The case with what the viewer's claim still allows: nothing from the moment
 * on in which it runs out, whether or not the server has said so yet. Looked
 * at by the clock, since a timer sleeps while the computer does.
 */
export function useHeldCase(open: OpenCase): OpenCase {
  const end = claimEndOf(open);
  /** the end that has passed; a renewed claim has another one */
  const [passed, setPassed] = useState(() => passedEnd(open));
  useEffect(() => {
    const look = () => setPassed(passedEnd(open));
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [open]);
  return passed !== null && passed === end ? withoutClaim(open) : open;
}

function passedEnd(open: OpenCase): string | null {
  return hasEnded(open, serverTime()) ? claimEndOf(open) : null;
}
