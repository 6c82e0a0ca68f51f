/**
 * Every event the API can write, by what it is about. The API refuses to write
 * any other; a test compares this list with the API's own.
 */
export const AUDIT_EVENT_GROUPS = {
  access: [
    "auth.signed-in",
    "auth.sign-in-refused",
    "auth.signed-out",
    "auth.ticket-created",
    "auth.attempts-refused",
    "auth.reauthenticated",
    "auth.reauthentication-refused",
    "access.refused",
    "access.refusals-counted",
  ],
  users: [
    "user.created",
    "user.create-refused",
    "user.updated",
    "user.password-changed",
    "user.locale-changed",
    "user.quiet-hours-changed",
    "user.window-kept",
    "user.window-forgotten",
    "users.viewed",
    "site.created",
    "site.updated",
  ],
  worklist: [
    "worklist.viewed",
    "view.created",
    "view.changed",
    "view.shared",
    "view.deleted",
    "view.restored",
    "view.default-chosen",
  ],
  cases: [
    "case.opened",
    "case.claimed",
    "case.lease-renewed",
    "case.released",
    "case.assigned",
    "case.assignment-lapsed",
    "case.escalated",
    "comment.added",
    "comment.edited",
    "inbox.read",
    "pool.created",
    "pool.changed",
    "pool.closed",
    "case.reassess-requested",
    "case.prediction-revealed",
    "case.not-assessed",
    "case.reassessed",
    "case.raised",
    "case.arrived",
    "case.film-added",
    "case.reopened",
    "case.placed",
    "case.renamed",
    "case.moved",
    "case.corrected",
    "case.taken-over",
    "case.retake-ended",
    "case.second-read-asked",
    "case.first-reading-shown",
    "case.preliminary-issued",
    "patient.opened",
    "patient.viewed",
    "patient.updated",
    "patient.merged",
    "patient.merge-received",
    "patient.unmerged",
    "patient.merge-returned",
    "patient.not-same-said",
    "patient.not-same-taken-back",
  ],
  readings: [
    "reading.opinion-recorded",
    "reading.draft-saved",
    "reading.notice-acknowledged",
    "reading.signed",
    "reading.amended",
    "reading.addendum-added",
    "report.exported",
    "preliminary.exported",
    "macro.created",
    "macro.changed",
    "macro.deleted",
    "critical.marked",
    "critical.told",
    "critical.acknowledged",
    "critical.withdrawn",
    "critical.escalated",
    "procedure.begun",
    "procedure.step-done",
    "procedure.step-corrected",
    "procedure.step-escalated",
    "procedure.step-dropped",
    "procedure.step-reopened",
    // how signatures were recorded before
    "review.signed",
    "review.amended",
  ],
  films: [
    "study.uploaded",
    "study.updated",
    "upload.refused",
    "upload.set-aside",
    "image.added",
    "image.taken-as-chest",
    "image.text-found",
    "image.duplicate",
    "image.viewed",
    "image.thumbnail-viewed",
    "image.header-viewed",
    "image.downloaded",
  ],
  ai: [
    "prediction.recorded",
    "model.registered",
    "model.bootstrapped",
    "model.promoted",
    "model.shadowed",
    "model.retired",
    "bars.declared",
    "judgement.requested",
    "judgement.finished",
    "promotion.proposed",
    "promotion.approved",
    "promotion.rejected",
    "promotion.rolled-back",
  ],
  alarms: ["alarm.raised", "alarm.ended", "alarm.taken", "alarm.acknowledged"],
  policies: [
    "policy.changed",
    "procedure.saved",
    "threshold.proposed",
    "threshold.approved",
    "threshold.declined",
    "threshold.withdrawn",
  ],
  exports: [
    "datasets.viewed",
    "dataset.previewed",
    "dataset.created",
    "dataset.started",
    "dataset.ready",
    "dataset.patients-listed",
    "dataset.failed",
    "dataset.held-back",
    "dataset.downloaded",
    "learning.withdrawn",
    "learning.withdrawal-lifted",
  ],
  audit: ["audit.searched", "audit.verified", "audit.exported"],
  system: ["demo.seeded", "backup.started", "backup.restored"],
} as const;

export type AuditGroup = keyof typeof AUDIT_EVENT_GROUPS;
export type AuditEventType = (typeof AUDIT_EVENT_GROUPS)[AuditGroup][number];

// Object.keys gives strings; these are the keys of the constant above.
export const AUDIT_GROUPS = Object.keys(AUDIT_EVENT_GROUPS) as AuditGroup[];

const GROUP_OF: ReadonlyMap<string, AuditGroup> = new Map(
  AUDIT_GROUPS.flatMap((group) =>
    AUDIT_EVENT_GROUPS[group].map((type) => [type, group] as const),
  ),
);

export const AUDIT_EVENT_TYPES: readonly AuditEventType[] =
  AUDIT_GROUPS.flatMap((group) => [...AUDIT_EVENT_GROUPS[group]]);

/** Whether this version of the app has words for a type. */
export function isKnownType(type: string): type is AuditEventType {
  return GROUP_OF.has(type);
}

/** What a type is about; null for one that this version does not know. */
export function groupOf(type: string): AuditGroup | null {
  return GROUP_OF.get(type) ?? null;
}

/** Things that somebody may need to act on; they get a mark in the list. */
const NOTEWORTHY: ReadonlySet<string> = new Set<AuditEventType>([
  "auth.sign-in-refused",
  "auth.attempts-refused",
  "auth.reauthentication-refused",
  "access.refused",
  "access.refusals-counted",
  "user.create-refused",
  "upload.refused",
  "case.not-assessed",
  "dataset.failed",
  "dataset.held-back",
  "alarm.raised",
]);

export function isNoteworthy(type: string): boolean {
  return NOTEWORTHY.has(type);
}
