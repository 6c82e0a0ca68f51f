import { isLeast, type Bar, type BarsDocument } from "./bars-document.ts";

/** What of a bar asks less than before. */
export type Loosened =
  "limit" | "leastFilms" | "leastOfAKind" | "mustBeMeasured" | "removed";

/** A bar that asks less than before, or other reference films. */
export type LooserLimit =
  | { what: Loosened; set: Bar["set"]; measure: Bar["measure"] }
  | { what: "phantoms"; set: "REFERENCE"; measure: null };

/**
 * Where bars ask less than others did, limit by limit; empty where whoever
 * meets `now` meets `before` as well. A group that counts as too small from a
 * higher number on is no longer held to its bar, so that is looser too. Other
 * reference films are other figures: whoever chooses them after a judgement
 * chooses those that come out well.
 */
export function looserLimits(
  before: BarsDocument,
  now: BarsDocument,
): LooserLimit[] {
  const isSameFilms =
    before.phantoms.films === now.phantoms.films &&
    before.phantoms.seed === now.phantoms.seed;
  return [
    ...(isSameFilms
      ? []
      : ([{ what: "phantoms", set: "REFERENCE", measure: null }] as const)),
    ...before.bars.flatMap((bar) => looserOf(bar, now)),
  ];
}

function looserOf(bar: Bar, now: BarsDocument): LooserLimit[] {
  const { set, measure } = bar;
  const next = now.bars.find(
    (other) => other.set === set && other.measure === measure,
  );
  const what: Loosened[] = next === undefined ? ["removed"] : [];
  if (next !== undefined) {
    const isLooser = isLeast(measure)
      ? next.limit < bar.limit
      : next.limit > bar.limit;
    if (isLooser) what.push("limit");
    if (next.leastFilms > bar.leastFilms) what.push("leastFilms");
    if (next.leastOfAKind > bar.leastOfAKind) what.push("leastOfAKind");
    if (bar.mustBeMeasured && !next.mustBeMeasured) what.push("mustBeMeasured");
  }
  return what.map((one) => ({ what: one, set, measure }));
}
