import { z } from "zod";
import { event, noDetails, someOf } from "./define-event.ts";

const way = z.enum(["EMAIL", "WEBHOOK"]);
const ways = z.array(z.string());
const delivery = { kind: z.string(), way, userId: z.string() };
const ended = {
  version: 1,
  details: z.strictObject({
    ...delivery,
    tries: z.number().int(),
    /** What went wrong last; null where nothing did. */
    problem: z.string().nullable(),
  }),
} as const;

/** How notes leave the desk. They say nothing of a patient. */
export const notificationEvents = [
  event("notification-ways.changed", "notification-ways", {
    version: 1,
    details: z.strictObject({
      version: z.number().int(),
      isPasswordNew: z.boolean(),
      isSecretNew: z.boolean(),
    }),
    changed: someOf({
      emailIsOn: z.boolean(),
      smtpHost: z.string().nullable(),
      smtpPort: z.number().int().nullable(),
      smtpSecurity: z.string().nullable(),
      smtpUser: z.string().nullable(),
      fromAddress: z.string().nullable(),
      webhookIsOn: z.boolean(),
      webhookUrl: z.string().nullable(),
    }),
  }),
  event("notification-ways.tested", "notification-ways", {
    version: 1,
    details: z.strictObject({
      way,
      ok: z.boolean(),
      problem: z.string().nullable(),
    }),
  }),
  event("notification.sent", "notification", ended),
  event("notification.given-up", "notification", ended),
  event("notification.sent-again", "notification", {
    version: 1,
    details: z.strictObject(delivery),
  }),
  event("user.notifications-chosen", "user", {
    version: 1,
    details: noDetails,
    /** By kind of note. */
    changed: someOf({
      CRITICAL: ways,
      ESCALATED: ways,
      ASSIGNED: ways,
      MENTIONED: ways,
      TAKEN_OVER: ways,
      PROCEDURE: ways,
      RETAKE_ASKED: ways,
      RETAKE_DONE: ways,
      ALARM: ways,
    }),
  }),
] as const;
