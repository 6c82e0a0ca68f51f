import type { AssignmentRule } from "../policies/policy-document.ts";

/** What the rules look at of a case. */
export interface CaseFacts {
  arrivedAt: Date;
  /** As the films state them, in any case; empty where none does. */
  bodyParts: readonly string[];
  modality: string;
}

/** The rules that fit a case of a site, the first of them first. */
export function rulesFor(
  rules: readonly AssignmentRule[],
  facts: CaseFacts,
  timeZone: string,
): AssignmentRule[] {
  const minute = minuteOfDay(facts.arrivedAt, timeZone);
  return rules.filter(
    (rule) =>
      isWithin(rule, minute) &&
      names(rule.bodyParts, facts.bodyParts) &&
      names(rule.modalities, [facts.modality]),
  );
}

/** Minutes since midnight by the clock on the wall of a zone. */
export function minuteOfDay(time: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(time);
  const read = (type: "hour" | "minute") =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  return read("hour") * 60 + read("minute");
}

/** From the first minute up to, and without, the last; over midnight too. */
export function isWithin(
  { fromMinute, toMinute }: Pick<AssignmentRule, "fromMinute" | "toMinute">,
  minute: number,
): boolean {
  if (fromMinute === null || toMinute === null) return true;
  return fromMinute < toMinute
    ? fromMinute <= minute && minute < toMinute
    : fromMinute <= minute || minute < toMinute;
}

/** Whether a list of a rule names one of the values; an empty one names all. */
function names(wanted: readonly string[], values: readonly string[]): boolean {
  if (wanted.length === 0) return true;
  const upper = new Set(values.map((value) => value.trim().toUpperCase()));
  return wanted.some((value) => upper.has(value.trim().toUpperCase()));
}

/** Who of some has least to do; of equals the first. */
export function leastLoaded(
  loads: ReadonlyMap<string, { waiting: number; reading: number }>,
): string | null {
  let least: { id: string; work: number } | null = null;
  for (const [id, { waiting, reading }] of loads) {
    const work = waiting + reading;
    if (least === null || work < least.work) least = { id, work };
  }
  return least?.id ?? null;
}
