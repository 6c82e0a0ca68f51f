import { z } from "zod";
import { event } from "./define-event.ts";

/** What the product does of its own accord. */
export const systemEvents = [
  event("demo.seeded", "system", {
    version: 2,
    details: z.strictObject({ films: z.number().int() }),
  }),
] as const;
