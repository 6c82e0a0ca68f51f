import { z } from "zod";
import { event } from "./define-event.ts";

/** Why somebody did not get what they asked for. */
export const REFUSAL_REASONS = [
  "not-signed-in",
  "no-permission",
  /** A row of a site that the viewer does not belong to. */
  "another-site",
  /** Nothing there, or nothing that may be seen. */
  "not-there",
  /** Somebody else's reading. */
  "not-own",
  /** Blind reading, or a control case. */
  "ai-closed",
  /** An admin's password has to be replaced first. */
  "own-password-first",
] as const;

const reason = z.enum(REFUSAL_REASONS);

/** What was asked for and not given. */
export const accessEvents = [
  event("access.refused", "access", {
    version: 1,
    details: z.strictObject({
      /** "query case", "GET /images/:id/pixels". */
      operation: z.string(),
      reason,
      /** The noun of the answer, "case", where it has one. */
      what: z.string().nullable(),
      /** The permission that is missing. */
      permission: z.string().nullable(),
      /** Ids as they were asked for, by argument. */
      asked: z.record(z.string(), z.string()),
    }),
  }),
  /** What a session or an address was refused beyond the first few, by minute. */
  event("access.refusals-counted", "access", {
    version: 1,
    details: z.strictObject({
      count: z.int().positive(),
      since: z.iso.datetime(),
      reasons: z.partialRecord(reason, z.int().positive()),
      /** Up to ten of what was asked for. */
      operations: z.array(z.string()),
    }),
  }),
] as const;
