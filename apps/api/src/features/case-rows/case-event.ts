import type { Case, Reading, ReadingVersion, Tx } from "@lung-iris/prisma";
import type { AuditEventInput } from "../../audit/audit-event.ts";
import { changesOf } from "../../audit/changes.ts";
import type { Changes } from "../../audit/changes.ts";
import { notify } from "../../platform/notifications.ts";
import type { CaseChangeKind } from "../../platform/notifications.ts";

/** How events and news of cases and readings look; the commands send them. */

/** What of a case stands in before and after. */
export const CASE_COLUMNS = [
  "state",
  "assessment",
  "notAssessedReason",
  "urgency",
  "urgencyReasons",
  "probability",
  "threshold",
  "shownPredictionId",
  "assigneeId",
  "poolId",
  "assignedAt",
  "assignmentRule",
  "escalatedAt",
  "escalateReason",
  "claimedById",
  "claimExpiresAt",
  "decidedLabel",
  "agreesWithAi",
  "signedAt",
  "preliminaryAt",
  "reopenedAt",
  "retakeAskedAt",
  "retakeDoneAt",
  "retakeReason",
  "secondRead",
  "secondReadReasons",
  "secondReadDueAt",
  "secondReaderId",
  "secondReadUntil",
  "isControl",
  "policyVersion",
  "patientId",
  "patientName",
  "mrn",
  "accessionNumber",
  "version",
] as const satisfies readonly (keyof Case)[];

export const READING_COLUMNS = [
  "state",
  "opinion",
  "opinionAt",
  "opinionIsBlind",
  "revealedAt",
  "revealedPredictionId",
  "firstShownAt",
  "draftGivenToId",
  "draftGivenAt",
  "draftAnsweredById",
] as const satisfies readonly (keyof Reading)[];

const VERSION_COLUMNS = [
  "version",
  "label",
  "decision",
  "overrideReason",
  "changeReason",
  "notDiagnosticReason",
  "retakeAsked",
  "confidence",
  "findings",
  "comment",
  "report",
  "marks",
  "amendReason",
  "predictionId",
  "readerGrade",
] as const satisfies readonly (keyof ReadingVersion)[];

/** The reading's columns beside the case's: `reading.state` and so on. */
export function prefixed(snapshot: Changes["after"]): Changes["after"] {
  return Object.fromEntries(
    Object.entries(snapshot).map(([name, value]) => [`reading.${name}`, value]),
  );
}

/** The envelope of an event about a case. */
export function subjectOf(row: Case) {
  return {
    siteId: row.siteId,
    patientId: row.patientId,
    subject: { type: "case" as const, id: row.id },
  };
}

export function versionEvent(
  type:
    | "reading.signed"
    | "reading.amended"
    | "reading.addendum-added"
    | "reading.restored",
  of: {
    patientId: string;
    cases: Changes;
    readings: Changes;
    earlier: ReadingVersion | null;
    made: ReadingVersion;
    stage?: Reading["stage"];
    confirmsChestFilm?: boolean;
  },
): AuditEventInput {
  const { patientId, cases, readings, earlier, made } = of;
  const versions = changesOf(earlier, made, VERSION_COLUMNS);
  return {
    type,
    siteId: made.siteId,
    patientId,
    subject: { type: "reading", id: made.id },
    before: {
      case: cases.before,
      reading: { ...readings.before, ...versions.before },
    },
    after: {
      case: cases.after,
      reading: { ...readings.after, ...versions.after },
    },
    details: {
      caseId: made.caseId,
      readingId: made.readingId,
      supersedesId: earlier?.id ?? null,
      ...(of.stage === undefined ? {} : { stage: of.stage }),
      ...(of.confirmsChestFilm ? { confirmsChestFilm: true } : {}),
    },
  };
}

/** Tells every open worklist of the site, once the transaction commits. */
export function tellWorklists(
  tx: Tx,
  row: Case,
  kind: CaseChangeKind,
): Promise<void> {
  return notify(tx, {
    topic: "case",
    kind,
    caseId: row.id,
    siteId: row.siteId,
  });
}
