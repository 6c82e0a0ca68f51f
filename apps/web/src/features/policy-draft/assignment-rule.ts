import type { PolicyDraft } from "./policy-draft.ts";

/** A rule of assignment as it is edited and sent. */
export type RuleDraft = PolicyDraft["assignment"]["rules"][number];

/** The API's input takes a list of one without its brackets, too. */
export function rulesOf({ assignment }: PolicyDraft): RuleDraft[] {
  return [assignment.rules].flat();
}

/** A new rule; whom it gives to is yet to be chosen. */
export function newRule(name: string): RuleDraft {
  return {
    name,
    fromMinute: null,
    toMinute: null,
    bodyParts: [],
    modalities: [],
    readerId: null,
    poolId: null,
    leastLoaded: false,
  };
}

/** Minutes since midnight as a clock says them, "07:30"; "" for none. */
export function clockOf(minute: number | null | undefined): string {
  if (minute == null) return "";
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** The other way round; null for what is no time. */
export function minuteOf(clock: string): number | null {
  const [, hour, minute] = /^(\d{2}):(\d{2})$/.exec(clock) ?? [];
  if (hour === undefined || minute === undefined) return null;
  return Number(hour) * 60 + Number(minute);
}

/** The list with a rule one place further up or down. */
export function moved(
  rules: readonly RuleDraft[],
  at: number,
  by: -1 | 1,
): RuleDraft[] {
  const other = rules[at + by];
  const own = rules[at];
  if (other === undefined || own === undefined) return [...rules];
  return rules.map((rule, place) =>
    place === at ? other : place === at + by ? own : rule,
  );
}

/** A rule as `valuesOf` wrote it down, or null for what is none. */
export function readRule(value: unknown): RuleDraft | null {
  if (typeof value !== "string") return null;
  // Written by `valuesOf`, and by nobody else.
  const [, rule] = JSON.parse(value) as [number, RuleDraft];
  return rule;
}
