import { z } from "zod";
import { event, noDetails, someOf } from "./define-event.ts";

const written = {
  version: 1,
  details: z.strictObject({
    caseId: z.string(),
    versionId: z.string(),
    /** Counts the comment's versions from 1. */
    number: z.number().int(),
    /** Of the words, which stand in the version and can not be changed. */
    textSha256: z.string(),
    mentionIds: z.array(z.string()),
  }),
} as const;

/** What people say to each other of cases, and are told of them. */
export const commentEvents = [
  event("comment.added", "comment", written),
  event("comment.edited", "comment", written),
  event("inbox.read", "user", {
    version: 1,
    details: z.strictObject({ itemIds: z.array(z.string()) }),
  }),
  event("user.quiet-hours-changed", "user", {
    version: 1,
    details: noDetails,
    changed: someOf({
      quietFromMinute: z.number().int().nullable(),
      quietToMinute: z.number().int().nullable(),
    }),
  }),
] as const;
