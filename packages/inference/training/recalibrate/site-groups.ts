/** A site's own decided films, by whose calibration they get. */
import { isAnswered } from "../../src/evaluate/measure.ts";
import type { Outcome } from "../../src/evaluate/outcome.ts";
import { EVERGREEN } from "../data/evergreen.ts";

export const GROUPS = ["child", "adult", "default"] as const;
export type GroupName = (typeof GROUPS)[number];
export type Answered = Extract<Outcome, { status: "assessed" }>;

/**
 * A calibration has two numbers; with fewer films, or fewer of one kind, its
 * interval is wider than what it would mend (Riley 2020 asks for some 100 to
 * 200 of each for a calibration that is to be trusted to a few per cent).
 */
export const LEAST_FILMS = 100;
export const LEAST_OF_A_KIND = 20;

/** Films of one group: to fit on, and of the evergreen test to measure on. */
export interface SiteGroup {
  name: GroupName;
  fit: Answered[];
  evergreen: Answered[];
  sick: number;
  well: number;
  isEnough: boolean;
}

/** Answered films with a plain label, group by group. */
export function siteGroups(outcomes: readonly Outcome[]): SiteGroup[] {
  const counted = outcomes
    .filter(isAnswered)
    .filter(({ row }) => row.label !== "other");
  return GROUPS.map((name) => {
    const own = counted.filter(({ calibratedAs }) => calibratedAs === name);
    const fit = own.filter(({ row }) => row.split !== EVERGREEN);
    const sick = fit.filter(isSick).length;
    const well = fit.length - sick;
    return {
      name,
      fit,
      evergreen: own.filter(({ row }) => row.split === EVERGREEN),
      sick,
      well,
      isEnough:
        fit.length >= LEAST_FILMS && Math.min(sick, well) >= LEAST_OF_A_KIND,
    };
  });
}

export function isSick({ row }: Answered): boolean {
  return row.label === "pneumonia";
}

/** "adult: 84 films, 30 with pneumonia, 54 without": why a group is left. */
export function countsOf({ name, fit, sick, well }: SiteGroup): string {
  return `${name}: ${String(fit.length)} films to fit on, ${String(sick)} with pneumonia and ${String(well)} without`;
}
