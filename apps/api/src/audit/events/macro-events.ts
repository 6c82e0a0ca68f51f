import { z } from "zod";
import { event, noDetails, someOf } from "./define-event.ts";

const ofMacro = {
  version: 1,
  details: noDetails,
  changed: someOf({
    /** Whose it is; null for one of the site. */
    ownerId: z.string().nullable(),
    name: z.string(),
    /** Language, section and words of each. */
    texts: z.json(),
  }),
} as const;

/** Texts that reports are written of. They say nothing of a patient. */
export const macroEvents = [
  event("macro.created", "macro", ofMacro),
  event("macro.changed", "macro", ofMacro),
  event("macro.deleted", "macro", ofMacro),
] as const;
