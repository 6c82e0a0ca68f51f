import { z } from "zod";
import { event, noDetails, someOf } from "./define-event.ts";

const ofView = {
  version: 1,
  details: noDetails,
  changed: someOf({
    /** Where it is shared; null for somebody's own. */
    siteId: z.string().nullable(),
    ownerId: z.string(),
    name: z.string(),
    /** Filters, order, columns and rows; no words of a search. */
    settings: z.json(),
  }),
} as const;

/** Worklists as people set them out. They say nothing of a patient. */
export const viewEvents = [
  event("view.created", "view", ofView),
  event("view.changed", "view", ofView),
  event("view.shared", "view", ofView),
  event("view.deleted", "view", ofView),
  event("view.restored", "view", ofView),
  event("view.default-chosen", "user", {
    version: 1,
    details: noDetails,
    changed: someOf({ viewId: z.string().nullable() }),
  }),
] as const;
