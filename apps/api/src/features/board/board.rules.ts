import type { Urgency } from "@lung-iris/prisma";
import type { Span, WaitingMoment } from "./board.store.ts";

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** The last 24 full hours and the one that runs, the oldest first. */
export function hourSpans(now: Date): Span[] {
  const current = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  return Array.from({ length: HOURS + 1 }, (_, at) => {
    const from = current - (HOURS - at) * HOUR_MS;
    return { from: new Date(from), to: new Date(from + HOUR_MS) };
  });
}

/** Each full hour, and now where that is none. */
export function momentsOf(hours: readonly Span[], now: Date): Date[] {
  const full = hours.map(({ from }) => from);
  const isFull = full.some((hour) => hour.getTime() === now.getTime());
  return isFull ? full : [...full, now];
}

export interface Moment {
  at: Date;
  critical: number;
  urgent: number;
  soon: number;
  routine: number;
}

/** One row a moment, with a count for each class. */
export function byMoment(
  moments: readonly Date[],
  counts: readonly WaitingMoment[],
): Moment[] {
  return moments.map((at) => {
    const of = (urgency: Urgency): number =>
      counts.find(
        (row) => row.urgency === urgency && row.at.getTime() === at.getTime(),
      )?.count ?? 0;
    return {
      at,
      critical: of("CRITICAL"),
      urgent: of("URGENT"),
      soon: of("SOON"),
      routine: of("ROUTINE"),
    };
  });
}
