import type { Clock } from "../platform/clock.ts";

/** A clock that stands still. */
export function clockAt(at: Date): Clock {
  return { now: () => at };
}

/** The moment so many minutes after another. */
export function minutesAfter(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000);
}
