import { z } from "zod";
import { LOOK_PARTS } from "./seen.ts";

/**
 * Every event that can stand in the audit trail. Stored events are never
 * rewritten: a change here that old rows do not fit needs a new type or a
 * raised `EVENT_VERSION` with a reader for both.
 */
export const EVENT_VERSION = 1;

const id = z.string().min(1);
const snapshot = z.record(z.string(), z.json());
const noDetails = z.object({}).strict();

/** Fields that every event has, whatever its type. */
const common = {
  /** The site whose auditors may see it; null for events of no one site. */
  siteId: z.uuid().nullable(),
  patientId: z.uuid().nullable(),
  before: snapshot.nullable().default(null),
  after: snapshot.nullable().default(null),
};

function event<
  Type extends string,
  Subject extends string,
  Details extends z.ZodObject,
>(type: Type, subject: Subject, details: Details) {
  return z.object({
    type: z.literal(type),
    subject: z.object({ type: z.literal(subject), id }).strict(),
    ...common,
    details,
  });
}

const signInMethod = z.enum(["password", "id-token"]);

const authEvents = [
  event("auth.signed-in", "user", z.object({ method: signInMethod }).strict()),
  event(
    "auth.sign-in-refused",
    "user",
    z
      .object({
        method: signInMethod,
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
      })
      .strict(),
  ),
  event("auth.signed-out", "user", noDetails),
  event("auth.ticket-created", "user", noDetails),
  /** Attempts that were not even tried, counted over a minute. */
  event(
    "auth.attempts-refused",
    "user",
    z
      .object({
        count: z.int().positive(),
        reason: z.enum([
          "too-many-of-account",
          "too-many-of-source",
          "too-many-of-everybody",
        ]),
        since: z.iso.datetime(),
        /** Up to ten addresses that they came from. */
        sources: z.array(z.string()),
      })
      .strict(),
  ),
  event(
    "auth.reauthenticated",
    "user",
    z.object({ method: signInMethod }).strict(),
  ),
  event(
    "auth.reauthentication-refused",
    "user",
    z.object({ reason: z.enum(["wrong-credentials", "locked"]) }).strict(),
  ),
] as const;

const userEvents = [
  event("user.created", "user", noDetails),
  event(
    "user.create-refused",
    "user",
    z.object({ reason: z.enum(["email-of-another-site"]) }).strict(),
  ),
  event("user.updated", "user", openDetails()),
  event(
    "user.password-changed",
    "user",
    /** Whether it replaced a first password that an admin had set. */
    z.object({ wasFirst: z.boolean() }).strict(),
  ),
  event("user.locale-changed", "user", noDetails),
  event("users.viewed", "users", listDetails()),
  event("site.created", "site", noDetails),
  event("site.updated", "site", noDetails),
] as const;

const caseEvents = [
  event("worklist.viewed", "worklist", openDetails()),
  event("case.opened", "case", noDetails),
  event("case.claimed", "case", noDetails),
  event("case.lease-renewed", "case", noDetails),
  event(
    "case.released",
    "case",
    z.object({ reason: z.enum(["reader", "lease-expired"]) }).strict(),
  ),
  event("case.assigned", "case", noDetails),
  event("case.reassess-requested", "case", noDetails),
  event("case.prediction-revealed", "case", openDetails()),
  event("case.not-assessed", "case", openDetails()),
  event("case.reassessed", "case", openDetails()),
  event("case.raised", "case", openDetails()),
  event("patient.opened", "patient", noDetails),
  event(
    "patient.viewed",
    "patient",
    z
      .object({ operation: z.string(), parts: z.array(z.enum(LOOK_PARTS)) })
      .strict(),
  ),
  event("patient.updated", "patient", noDetails),
] as const;

/** How signatures were recorded before readings; old events are still read. */
const reviewEvents = [
  event("review.signed", "review", openDetails()),
  event("review.amended", "review", openDetails()),
] as const;

const signedVersion = z
  .object({
    caseId: z.uuid(),
    readingId: z.uuid(),
    supersedesId: z.uuid().nullable(),
  })
  .strict();

/** What a reader did with a case. A signature's subject is the version. */
const readingEvents = [
  event(
    "reading.opinion-recorded",
    "case",
    z.object({ opinion: z.string() }).strict(),
  ),
  event("reading.draft-saved", "case", noDetails),
  event("reading.notice-acknowledged", "case", noDetails),
  event("reading.signed", "reading", signedVersion),
  event("reading.amended", "reading", signedVersion),
] as const;

const placed = z
  .object({
    cause: z.enum(["assessed", "asked-again", "failed", "corrected", "policy"]),
    imageId: z.uuid().optional(),
  })
  .strict();
const identityChange = z.object({ reason: z.string().nullable() }).strict();

/** Transitions of the case that nobody reads for. */
const placeEvents = [
  event("case.arrived", "case", z.object({ imageId: z.uuid() }).strict()),
  event("case.film-added", "case", z.object({ imageId: z.uuid() }).strict()),
  event(
    "case.reopened",
    "case",
    z
      .object({
        imageId: z.uuid(),
        wipedVersionId: z.uuid().optional(),
        signerId: z.uuid().optional(),
      })
      .strict(),
  ),
  event("case.placed", "case", placed),
  event("case.renamed", "case", identityChange),
  event("case.moved", "case", identityChange),
  event("case.corrected", "case", noDetails),
  event(
    "case.taken-over",
    "case",
    z.object({ reason: z.string(), from: z.uuid().nullable() }).strict(),
  ),
] as const;

const studyEvents = [
  event("study.uploaded", "study", openDetails()),
  event("study.updated", "study", openDetails()),
  event("upload.refused", "upload", openDetails()),
  event("image.added", "image", openDetails()),
  event("image.duplicate", "image", openDetails()),
  event("image.viewed", "image", openDetails()),
  event("image.thumbnail-viewed", "image", openDetails()),
  event("image.downloaded", "image", openDetails()),
] as const;

/**
 * A model's role was given or taken. Without `reason` before 2026-11-28, when
 * a starting worker did so by itself.
 */
const roleChange = z
  .object({
    name: z.string(),
    sha256: z.string(),
    fingerprint: z.string().optional(),
    reason: z.string().optional(),
    /** Films that nobody has signed, which the new live model is asked about. */
    filmsAskedAgain: z.number().int().nonnegative().optional(),
  })
  .strict();

const triageEvents = [
  event("prediction.recorded", "prediction", openDetails()),
  event("model.registered", "model", openDetails()),
  event("model.bootstrapped", "model", openDetails()),
  event("model.promoted", "model", roleChange),
  event("model.shadowed", "model", roleChange),
  event("model.retired", "model", roleChange),
] as const;

const datasetEvents = [
  event("datasets.viewed", "datasets", listDetails()),
  event("dataset.previewed", "dataset", openDetails()),
  event("dataset.created", "dataset", openDetails()),
  event("dataset.started", "dataset", openDetails()),
  event("dataset.ready", "dataset", openDetails()),
  event("dataset.failed", "dataset", openDetails()),
  event("dataset.downloaded", "dataset", openDetails()),
] as const;

const auditEvents = [
  event("audit.searched", "audit", openDetails()),
  event("audit.verified", "audit", openDetails()),
  event("audit.exported", "audit", openDetails()),
] as const;

const systemEvents = [event("demo.seeded", "system", openDetails())] as const;

/** What of a list of users or exports was shown, and by which operation. */
function listDetails() {
  return z.object({ operation: z.string(), ids: z.array(id) }).strict();
}

/** Details without a fixed shape: a filter, counts, codes, ids, hashes. */
function openDetails() {
  return z.object({}).catchall(z.json());
}

export const auditEvent = z.discriminatedUnion("type", [
  ...authEvents,
  ...userEvents,
  ...caseEvents,
  ...reviewEvents,
  ...readingEvents,
  ...placeEvents,
  ...studyEvents,
  ...triageEvents,
  ...datasetEvents,
  ...auditEvents,
  ...systemEvents,
]);

/** An event as callers hand it in; before and after may be left out. */
export type AuditEventInput = z.input<typeof auditEvent>;
export type AuditEventContent = z.output<typeof auditEvent>;
export type AuditEventType = AuditEventContent["type"];

/** Every type, sorted. */
export const AUDIT_EVENT_TYPES: readonly AuditEventType[] = [
  ...new Set(auditEvent.options.map((option) => option.shape.type.value)),
].sort();
