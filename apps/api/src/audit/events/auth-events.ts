import { z } from "zod";
import { event, noDetails } from "./define-event.ts";

const method = z.enum(["password", "id-token"]);

/** Coming and going. */
export const authEvents = [
  event("auth.signed-in", "user", {
    version: 2,
    details: z.strictObject({ method }),
  }),
  event("auth.sign-in-refused", "user", {
    version: 2,
    details: z.strictObject({
      method,
      reason: z.enum([
        "wrong-credentials",
        "locked",
        "inactive",
        "no-such-user",
        /** A demo user where demo mode is off. */
        "demo-off",
        /** A password that this product's pages show. */
        "published-password",
        /** An admin's password that was good once, or for a while. */
        "first-password-used",
      ]),
      /** The hash keeps a mistyped password in this field unreadable. */
      emailSha256: z.string(),
    }),
  }),
  event("auth.signed-out", "user", { version: 2, details: noDetails }),
  event("auth.ticket-created", "user", { version: 2, details: noDetails }),
  /** Attempts that were not even tried, counted over a minute. */
  event("auth.attempts-refused", "user", {
    version: 1,
    details: z.strictObject({
      count: z.int().positive(),
      reason: z.enum([
        "too-many-of-account",
        "too-many-of-source",
        "too-many-of-everybody",
      ]),
      since: z.iso.datetime(),
      /** Up to ten addresses that they came from. */
      sources: z.array(z.string()),
    }),
  }),
  event("auth.reauthenticated", "user", {
    version: 1,
    details: z.strictObject({ method }),
  }),
  event("auth.reauthentication-refused", "user", {
    version: 1,
    details: z.strictObject({
      reason: z.enum(["wrong-credentials", "locked"]),
    }),
  }),
] as const;
