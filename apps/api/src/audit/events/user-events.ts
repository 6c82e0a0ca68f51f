import { z } from "zod";
import { event, noDetails, shownList, someOf } from "./define-event.ts";

const user = someOf({
  email: z.string(),
  name: z.string(),
  role: z.enum(["STAFF", "RADIOLOGIST", "ADMIN", "AUDITOR"]),
  /** Of a reader; left out by former releases. */
  grade: z.enum(["JUNIOR", "SENIOR"]),
  locale: z.string(),
  isActive: z.boolean(),
  isDemo: z.boolean(),
  siteIds: z.array(z.string()),
});

const site = someOf({
  code: z.string(),
  name: z.string(),
  /** IANA zone of the site's clocks; null where nobody has said. */
  timeZone: z.string().nullable(),
});

/** In terms of a film's own window. */
const window = someOf({ shift: z.number(), width: z.number() });

/** Under which key. */
const windowKey = z.strictObject({ key: z.number() });

/** A reason that is typed and not given yet; it stands in no event itself. */
const keptReason = {
  version: 1,
  details: z.strictObject({
    /** What it is for, for example MERGE. */
    kind: z.string(),
    /** The record, alarm, promotion or proposal it is about; else the site. */
    aboutId: z.string(),
    /** What of it: the other record, the age group, the model; else empty. */
    part: z.string(),
  }),
} as const;

/** Who may work here, and where. */
export const userEvents = [
  event("user.reason-kept", "user", keptReason),
  event("user.reason-forgotten", "user", keptReason),
  event("user.created", "user", {
    version: 2,
    details: noDetails,
    changed: user,
  }),
  event("user.create-refused", "user", {
    version: 1,
    details: z.strictObject({ reason: z.enum(["email-of-another-site"]) }),
  }),
  event("user.password-changed", "user", {
    version: 1,
    /** Whether it replaced a first password that an admin had set. */
    details: z.strictObject({ wasFirst: z.boolean() }),
  }),
  event("user.updated", "user", {
    version: 2,
    details: z.union([
      z.strictObject({ isPasswordNew: z.boolean() }),
      /** By the product itself. */
      z.strictObject({ reason: z.enum(["demo-on", "demo-off"]) }),
    ]),
    changed: user,
  }),
  event("user.locale-changed", "user", {
    version: 2,
    details: noDetails,
    changed: user,
  }),
  event("user.window-kept", "user", {
    version: 1,
    details: windowKey,
    changed: window,
  }),
  event("user.window-forgotten", "user", {
    version: 1,
    details: windowKey,
    changed: window,
  }),
  event("users.viewed", "users", { version: 1, details: shownList }),
  event("site.created", "site", {
    version: 2,
    details: noDetails,
    changed: site,
  }),
  event("site.updated", "site", {
    version: 1,
    details: noDetails,
    changed: site,
  }),
] as const;
