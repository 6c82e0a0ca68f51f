import type { InboxKind, NotificationWay, Urgency } from "@lung-iris/prisma";

export const WAYS: readonly NotificationWay[] = ["EMAIL", "WEBHOOK"];

/** Every kind of note, as the pages list them. */
export const NOTE_KINDS = [
  "CRITICAL",
  "ESCALATED",
  "ASSIGNED",
  "MENTIONED",
  "TAKEN_OVER",
  "PROCEDURE",
  "RETAKE_ASKED",
  "RETAKE_DONE",
  "ALARM",
  "PROMOTION_PROPOSED",
  "PROMOTION_DECIDED",
  "THRESHOLD_PROPOSED",
  "THRESHOLD_DECIDED",
  "TRAINING_DONE",
  "TRAINING_FAILED",
  "JUDGED",
] as const satisfies readonly InboxKind[];

/** Minutes since midnight; over midnight where the end is earlier. */
export interface Hours {
  fromMinute: number;
  toMinute: number;
}

/**
 * What goes through quiet hours: a critical result, and a case that is to be
 * read now and stands as critical. Everything else can wait for the morning.
 */
export function isUrgentNote(
  kind: InboxKind,
  urgency: Urgency | null,
): boolean {
  return (
    kind === "CRITICAL" || (kind === "ESCALATED" && urgency === "CRITICAL")
  );
}

/** By which ways notes of a kind go to who has chosen nothing. */
export function shippedWays(kind: InboxKind): readonly NotificationWay[] {
  return kind === "CRITICAL" ? WAYS : [];
}

const DAY_MINUTES = 24 * 60;
const MINUTE_MS = 60_000;

/**
 * The end of the quiet hours that a time lies in, or null outside of them. By
 * the clock of a zone; where it is put forward or back in these hours, an hour
 * off.
 */
export function quietUntil(
  now: Date,
  hours: Hours | null,
  timeZone: string,
): Date | null {
  if (hours === null) return null;
  const { fromMinute, toMinute } = hours;
  const minute = minuteOfDay(now, timeZone);
  const isQuiet =
    fromMinute < toMinute
      ? fromMinute <= minute && minute < toMinute
      : fromMinute <= minute || minute < toMinute;
  if (!isQuiet) return null;
  const left = (toMinute - minute + DAY_MINUTES) % DAY_MINUTES;
  const start = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
  return new Date(start + left * MINUTE_MS);
}

function minuteOfDay(time: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(time);
  const read = (type: string) =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  return read("hour") * 60 + read("minute");
}

/** Pauses before the next tries, in seconds; after the last it is given up. */
const PAUSES = [30, 60, 300, 900, 3_600, 4 * 3_600, 8 * 3_600] as const;

/** How long to wait after so many failed tries, or null to give up. */
export function pauseAfter(tries: number, isPermanent: boolean): number | null {
  if (isPermanent) return null;
  return PAUSES[tries - 1] ?? null;
}
