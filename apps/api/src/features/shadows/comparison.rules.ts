import { proportion, type Figure } from "@lung-iris/inference";
import {
  URGENCY_LADDER,
  type PolicyDocument,
  type UrgencyName,
} from "../policies/policy-document.ts";

/** What an answer is by the site's policy. */
export const GRADES = ["negative", "positive", "strong"] as const;
export type Grade = (typeof GRADES)[number];

/** Films that both models answered, by what each says. */
export interface GradedFilms {
  live: Grade;
  shadow: Grade;
  films: number;
}

/** What would be different a film, a day and in the list. */
export interface Comparison {
  films: number;
  bothPositive: number;
  onlyLive: number;
  onlyShadow: number;
  bothNegative: number;
  /** Shares of the films; null of none. */
  more: Figure | null;
  fewer: Figure | null;
  /** Films that both answered a day; null before a whole day is over. */
  filmsADay: number | null;
  placements: Placement[];
}

/** Films that a class gets by the AI's word alone, sickest class first. */
interface Placement {
  urgency: UrgencyName;
  live: number;
  shadow: number;
}

/**
 * Counts, with Wilson's intervals. Where a film stands is what the AI alone
 * says by the policy, before flags, age, follow-ups and waiting.
 *
 * @param days that the shadow has run
 */
export function compare(
  cells: readonly GradedFilms[],
  { urgency }: Pick<PolicyDocument, "urgency">,
  days: number,
): Comparison {
  const count = (is: (cell: GradedFilms) => boolean): number =>
    cells.filter(is).reduce((sum, { films }) => sum + films, 0);
  const films = count(() => true);
  const onlyLive = count(
    ({ live, shadow }) => live !== "negative" && shadow === "negative",
  );
  const onlyShadow = count(
    ({ live, shadow }) => live === "negative" && shadow !== "negative",
  );
  return {
    films,
    bothPositive: count(
      ({ live, shadow }) => live !== "negative" && shadow !== "negative",
    ),
    onlyLive,
    onlyShadow,
    bothNegative: count(
      ({ live, shadow }) => live === "negative" && shadow === "negative",
    ),
    more: proportion(onlyShadow, films),
    fewer: proportion(onlyLive, films),
    filmsADay: days < 1 ? null : films / days,
    placements: URGENCY_LADDER.map((name) => ({
      urgency: name,
      live: count(({ live }) => urgency[live] === name),
      shadow: count(({ shadow }) => urgency[shadow] === name),
    })).filter(({ live, shadow }) => live + shadow > 0),
  };
}
