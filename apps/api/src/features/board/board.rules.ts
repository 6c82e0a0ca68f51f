import type { Urgency } from "@lung-iris/prisma";
import type { Span, Step } from "./board.store.ts";

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

/**
 * How many of each class waited at each moment: those that came until then
 * less those that were signed until then.
 */
export function byMoment(
  moments: readonly Date[],
  { arrived, signed }: { arrived: readonly Step[]; signed: readonly Step[] },
): Moment[] {
  const at = (place: number, urgency: Urgency): number =>
    sumUntil(arrived, place, urgency) - sumUntil(signed, place, urgency);
  return moments.map((time, place) => ({
    at: time,
    critical: at(place, "CRITICAL"),
    urgent: at(place, "URGENT"),
    soon: at(place, "SOON"),
    routine: at(place, "ROUTINE"),
  }));
}

function sumUntil(
  steps: readonly Step[],
  place: number,
  urgency: Urgency,
): number {
  return steps
    .filter((step) => step.urgency === urgency && step.place <= place)
    .reduce((sum, { count }) => sum + count, 0);
}
