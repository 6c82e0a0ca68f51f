import type { Tx } from "@lung-iris/prisma";
import { z } from "zod";

/** The one PostgreSQL channel; payloads tell the topics apart. */
export const NOTICE_CHANNEL = "lung_iris";

/** What happened to a case, as the subscription tells it. */
export const CASE_CHANGE_KINDS = [
  "ARRIVED",
  "ASSESSED",
  "CLAIMED",
  "RELEASED",
  "ASSIGNED",
  "SIGNED",
  "CHANGED",
  // Its critical result was marked, told, read back, withdrawn or escalated.
  "CRITICAL",
] as const;

/** What became of a job to assess a film. */
export const ASSESSMENT_OUTCOMES = [
  "assessed",
  "not-assessed",
  "failed",
] as const;

const noticeSchema = z.discriminatedUnion("topic", [
  z.object({
    topic: z.literal("case"),
    kind: z.enum(CASE_CHANGE_KINDS),
    caseId: z.string(),
    siteId: z.string(),
  }),
  z.object({
    topic: z.literal("dataset"),
    datasetId: z.string(),
    siteId: z.string(),
  }),
  // Sent by the tables themselves (a trigger), whoever changes them.
  z.object({ topic: z.literal("session"), userId: z.string() }),
  // A site's policy changed.
  z.object({ topic: z.literal("policy"), siteId: z.string() }),
  // An alarm was raised, taken, acknowledged or is over.
  z.object({
    topic: z.literal("alarm"),
    siteId: z.string(),
    alarmId: z.string(),
  }),
  // For the figures of /metrics: the workers have no port of their own.
  z.object({
    topic: z.literal("assessment"),
    outcome: z.enum(ASSESSMENT_OUTCOMES),
    cause: z.string(),
    /** From the acceptance of the film, or the request, to the answer. */
    seconds: z.number().min(0),
  }),
]);

/**
 * News for every API process. Carries identifiers only, never patient data:
 * anybody who may connect to the database can listen to the channel.
 */
export type Notice = z.infer<typeof noticeSchema>;
export type CaseNotice = Extract<Notice, { topic: "case" }>;
export type AssessmentNotice = Extract<Notice, { topic: "assessment" }>;
/** A session of the user ended, or the user's rights changed. */
export type SessionNotice = Extract<Notice, { topic: "session" }>;
export type DatasetNotice = Extract<Notice, { topic: "dataset" }>;
/** Something became of an alarm. */
export type AlarmNotice = Extract<Notice, { topic: "alarm" }>;
/** A site has a new policy. */
export type PolicyNotice = Extract<Notice, { topic: "policy" }>;
export type CaseChangeKind = CaseNotice["kind"];

/** Tells every API process once the transaction commits, and only then. */
export async function notify(tx: Tx, notice: Notice): Promise<void> {
  const payload = JSON.stringify(notice);
  await tx.$executeRaw`SELECT pg_notify(${NOTICE_CHANNEL}, ${payload})`;
}

/** Reads a payload of the channel; `null` for what a newer version sent. */
export function parseNotice(payload: string | undefined): Notice | null {
  try {
    const parsed = noticeSchema.safeParse(JSON.parse(payload ?? ""));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
