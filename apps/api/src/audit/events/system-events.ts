import { z } from "zod";
import { event } from "./define-event.ts";

/** What the product does of its own accord. */
export const systemEvents = [
  event("demo.seeded", "system", {
    version: 2,
    details: z.strictObject({ films: z.number().int() }),
  }),
  event("backup.started", "system", {
    version: 1,
    details: z.strictObject({ isEncrypted: z.boolean() }),
  }),
  event("backup.restored", "system", {
    version: 1,
    details: z.strictObject({
      takenAt: z.string(),
      /** Where the trail ended in the copy. */
      through: z.string(),
      throughHash: z.string(),
    }),
  }),
] as const;
