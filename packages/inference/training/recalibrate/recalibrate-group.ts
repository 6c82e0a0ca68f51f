/** A new calibration and new operating points of one age group. */
import { createHash } from "node:crypto";

import type { Calibration } from "../../src/models/manifest.ts";
import { calibrate } from "../../src/triage/calibration.ts";
import { LEAST_SENSITIVITY } from "../fit/group-fits.ts";
import { fitGroup, type GroupFit } from "../fit/operating-points.ts";
import { isSick, type Answered, type SiteGroup } from "./site-groups.ts";

export interface RecalibratedGroup {
  group: SiteGroup;
  fit: GroupFit;
  /** Answers as the model gives them now. */
  before: Answered[];
  /**
   * The same films by a fit that saw none of their patients: of two halves of
   * the patients each is answered by the fit of the other. What goes into the
   * candidate is fitted on both.
   */
  after: Answered[];
  evergreenBefore: Answered[];
  evergreenAfter: Answered[];
}

/**
 * Fits a group that has films enough.
 *
 * @param old the group's calibration so far: how much its map weighs in the
 *   scores stays, since the scores were made with it
 */
export function recalibrateGroup(
  group: SiteGroup,
  old: Calibration,
): RecalibratedGroup {
  const { fit: films, evergreen } = group;
  const fit = fitOf(group, films, old);
  const halves = [true, false].map((isFirst) => ({
    learnt: films.filter((film) => inFirstHalf(film) === isFirst),
    judged: films.filter((film) => inFirstHalf(film) !== isFirst),
  }));
  const crossed = halves.flatMap(({ learnt, judged }) => {
    const half = fitOf(group, learnt, old);
    return judged.map((film) => answeredBy(film, half));
  });
  const byFile = new Map(crossed.map((film) => [film.row.file, film]));
  return {
    group,
    fit,
    before: films,
    after: films.flatMap(({ row }) => byFile.get(row.file) ?? []),
    evergreenBefore: evergreen,
    evergreenAfter: evergreen.map((film) => answeredBy(film, fit)),
  };
}

function fitOf(
  { name }: SiteGroup,
  films: readonly Answered[],
  { mapWeight }: Calibration,
): GroupFit {
  const set = {
    name,
    // The map is weighed into the scores already, so that nothing is added.
    logits: films.map(({ score }) => score),
    strongest: films.map(() => 0),
    positive: films.map(isSick),
    patients: films.map(({ row }) => row.patient),
  };
  const fit = fitGroup([set], LEAST_SENSITIVITY[name]);
  return { ...fit, calibration: { ...fit.calibration, mapWeight } };
}

/** What the product would say of a film under the new numbers. */
function answeredBy(film: Answered, fit: GroupFit): Answered {
  const { probability } = calibrate(film.score, fit.calibration);
  const threshold = fit.thresholds.balanced;
  return {
    ...film,
    probability,
    threshold,
    positive: probability >= threshold,
  };
}

/** One of two halves of the patients, the same in every run. */
function inFirstHalf({ row }: Answered): boolean {
  const digest = createHash("sha256").update(`half ${row.patient}`).digest();
  return (digest[0] ?? 0) < 128;
}
