import { z } from "zod";

/**
 * Events as the first release wrote them: most details and every before and
 * after took any JSON. Kept for as long as such trails are read.
 */
const open = z.record(z.string(), z.json());
const none = z.strictObject({});
const method = z.enum(["password", "id-token"]);

/** Details that had a fixed shape then. */
const CLOSED: Readonly<Record<string, z.ZodType<z.core.util.JSONType>>> = {
  "auth.signed-in": z.strictObject({ method }),
  "auth.sign-in-refused": z.strictObject({
    method,
    reason: z.enum(["wrong-credentials", "locked", "inactive", "no-such-user"]),
    emailSha256: z.string(),
  }),
  "auth.signed-out": none,
  "auth.ticket-created": none,
  "user.created": none,
  "user.locale-changed": none,
  "site.created": none,
  "case.opened": none,
  "case.claimed": none,
  "case.lease-renewed": none,
  "case.released": z.strictObject({
    reason: z.enum(["reader", "lease-expired"]),
  }),
  "case.assigned": none,
  "case.reassess-requested": none,
  "patient.opened": none,
  "patient.updated": none,
};

/** Those whose details took any JSON. */
const OPEN: ReadonlySet<string> = new Set([
  "user.updated",
  "worklist.viewed",
  "case.prediction-revealed",
  "case.not-assessed",
  "case.reassessed",
  "case.raised",
  "review.signed",
  "review.amended",
  "study.uploaded",
  "study.updated",
  "upload.refused",
  "image.added",
  "image.duplicate",
  "image.viewed",
  "image.downloaded",
  "prediction.recorded",
  "model.registered",
  "model.promoted",
  "model.retired",
  "dataset.previewed",
  "dataset.created",
  "dataset.started",
  "dataset.ready",
  "dataset.failed",
  "dataset.downloaded",
  "audit.searched",
  "audit.verified",
  "audit.exported",
  "demo.seeded",
]);

/** The shape of an event of version 1; null for a type that came later. */
export function version1Of(type: string) {
  if (!(type in CLOSED) && !OPEN.has(type)) return null;
  return z.strictObject({
    version: z.literal(1),
    type: z.literal(type),
    subject: z.strictObject({ type: z.string(), id: z.string().min(1) }),
    siteId: z.uuid().nullable(),
    patientId: z.uuid().nullable(),
    before: open.nullable(),
    after: open.nullable(),
    details: CLOSED[type] ?? open,
  });
}
