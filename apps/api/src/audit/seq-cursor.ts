import { z } from "zod";

/** PostgreSQL's largest bigint. */
export const MAX_SEQ = 9_223_372_036_854_775_807n;

/** What a cursor into the trail holds: the number of an event. */
export const seqCursor = z.tuple([
  z
    .string()
    .regex(/^\d{1,19}$/)
    .refine((seq) => BigInt(seq) <= MAX_SEQ),
]);
