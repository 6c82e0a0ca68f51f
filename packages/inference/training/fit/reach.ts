/** How far the interval of a film's probability reaches. */
import type { Calibration } from "../../src/models/manifest.ts";
import { calibratedLogit, deviationAt } from "../../src/triage/calibration.ts";

/** Part of the looks of a film that its interval is to hold. */
const COVERAGE = 0.95;

/** Scores of the same films: as they are, and as other devices see them. */
export interface FilmLooks {
  plain: ArrayLike<number>;
  others: readonly ArrayLike<number>[];
}

/**
 * Half of the interval in deviations of the fit, so that of the films' looks
 * as many stay within as `COVERAGE` says (split conformal prediction with a
 * normalised distance, Lei et al. 2018): a quantile of how far the looks lie
 * from the film itself. Null without another look.
 */
export function conformalReach(
  films: readonly FilmLooks[],
  calibration: Calibration,
): number | null {
  const distances = distancesOf(films, calibration).sort((a, b) => a - b);
  const place = Math.ceil((distances.length + 1) * COVERAGE) - 1;
  return distances[Math.min(place, distances.length - 1)] ?? null;
}

/** Part of the films' looks that lie within their intervals; NaN of none. */
export function coverageOf(
  films: readonly FilmLooks[],
  calibration: Calibration,
): number {
  const distances = distancesOf(films, calibration);
  const within = distances.filter((distance) => distance <= calibration.reach);
  return within.length / distances.length;
}

function distancesOf(
  films: readonly FilmLooks[],
  calibration: Calibration,
): number[] {
  return films.flatMap(({ plain, others }) =>
    others.flatMap((look) =>
      Array.from(look, (score, at) => {
        const own = plain[at] ?? 0;
        const moved =
          calibratedLogit(score, calibration) -
          calibratedLogit(own, calibration);
        return Math.abs(moved) / Math.max(1e-9, deviationAt(own, calibration));
      }),
    ),
  );
}
