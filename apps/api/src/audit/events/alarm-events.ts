import { z } from "zod";
import { event, someOf } from "./define-event.ts";

const kind = z.enum([
  "DRIFT",
  "AI_SILENT",
  "SOURCE_SILENT",
  "GOLDEN_FILM",
  "PROMOTION",
]);
/** The figure, source, or worker and model that the alarm is of. */
const about = z.string();

/** What the watch over the AI said, and what people made of it. */
export const alarmEvents = [
  event("alarm.raised", "alarm", {
    version: 1,
    details: z.strictObject({
      kind,
      about,
      /** What was seen: numbers and short texts by name. */
      figures: z.record(
        z.string(),
        z.union([z.number(), z.string(), z.null()]),
      ),
    }),
  }),
  event("alarm.ended", "alarm", {
    version: 1,
    details: z.strictObject({ kind, about }),
  }),
  event("alarm.taken", "alarm", {
    version: 1,
    details: z.strictObject({ kind, about }),
    changed: someOf({ ownerId: z.string().nullable() }),
  }),
  event("alarm.acknowledged", "alarm", {
    version: 1,
    details: z.strictObject({
      kind,
      about,
      note: z.string(),
      /** The alarm ended by it, and its watch began anew. */
      isOver: z.boolean(),
    }),
  }),
] as const;
