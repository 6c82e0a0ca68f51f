import { beyondChance, type Figure } from "@lung-iris/inference";
import type { Bar, BarsDocument, FilmSet } from "../bars/bars-document.ts";
import { isLeast } from "../bars/bars-document.ts";
import { PHANTOM_SOURCE } from "../known-films/reference-films.ts";
import type { JudgedFilm } from "./judged-film.ts";
import type { BarOutcome, JudgementDocument } from "./judgement-document.ts";
import { groupsOf, measureFilms, type FilmGroup } from "./measure.rules.ts";

/**
 * Holds a candidate to the bars: each for all films of its set and for each
 * age group, sex and source by itself. One miss blocks, whatever else is won.
 */
export function judge(
  { bars }: BarsDocument,
  films: readonly JudgedFilm[],
): BarOutcome[] {
  return bars.flatMap((bar) => {
    const set = films.filter((film) => film.set === bar.set);
    return groupsOf(set).map((group) => judgeGroup(bar, group));
  });
}

/** Whether nothing blocks. */
export function isPassed(outcomes: readonly BarOutcome[]): boolean {
  return outcomes.every(({ blocks }) => !blocks);
}

/** What would change if the candidate were live: answers on known films. */
export function changesOn(
  set: FilmSet,
  films: readonly JudgedFilm[],
): JudgementDocument["changes"][number] {
  const of = films.filter((film) => film.set === set);
  const count = (live: boolean, candidate: boolean): number =>
    of.filter(
      (film) =>
        film.live.isPositive === live &&
        film.candidate.isPositive === candidate,
    ).length;
  return {
    set,
    films: of.length,
    bothPositive: count(true, true),
    onlyLive: count(true, false),
    onlyCandidate: count(false, true),
    bothNegative: count(false, false),
  };
}

function judgeGroup(
  bar: Bar,
  { dimension, name, films }: FilmGroup,
): BarOutcome {
  const { set, measure, limit, leastFilms, leastOfAKind, mustBeMeasured } = bar;
  const measured = measureFilms(measure, films);
  const { sick, candidate } = measured;
  const well = measured.films - sick;
  // Only films with the finding have regions to point at.
  const fewest = measure === "POINTING" ? sick : Math.min(sick, well);
  const isEnough =
    candidate !== null &&
    fewest >= leastOfAKind &&
    (measure === "POINTING" || measured.films >= leastFilms);
  const row = {
    set,
    measure,
    dimension,
    group: name,
    limit,
    leastFilms,
    leastOfAKind,
    ...measured,
  };
  // A public collection may have no regions, or few of a kind: what has to be
  // measured is measured on the films that are drawn here.
  const isDrawnHere =
    set !== "REFERENCE" ||
    films.some(({ source }) => source === PHANTOM_SOURCE);
  if (!isEnough)
    return {
      ...row,
      outcome: "NOT_MEASURED",
      blocks: mustBeMeasured && isDrawnHere,
    };
  const isMet = isLeast(measure)
    ? candidate.value >= limit
    : heldToLimit(measure, candidate, measured.byChance) <= limit;
  return { ...row, outcome: isMet ? "MET" : "MISSED", blocks: !isMet };
}

/**
 * What may not pass the limit: the far end of a loss, the part of a calibration
 * error that is not chance, else the figure itself.
 */
function heldToLimit(
  measure: Bar["measure"],
  { value, high }: Figure,
  byChance: number | null,
): number {
  if (measure === "AUROC_LOSS") return high;
  return byChance === null ? value : beyondChance(value, byChance);
}
