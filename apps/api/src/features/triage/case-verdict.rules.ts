import type { TriageAssessment } from "./triage.rules.ts";

/** Where the AI stands with one film of a case. */
export type FilmVerdict =
  | { state: "pending" }
  /** Its job ended without a prediction. */
  | { state: "failed" }
  | { state: "refused"; reason: string }
  | { state: "assessed"; probability: number; threshold: number };

export interface CaseVerdict {
  assessment: TriageAssessment;
  hasFailedFilm: boolean;
}

/**
 * What the films of one study say together: the likeliest pneumonia counts,
 * a lateral view beside an assessed frontal one does no harm, and nothing is
 * "not assessed" while a film is still on its way.
 */
export function caseVerdict(films: readonly FilmVerdict[]): CaseVerdict {
  const assessed = films.filter((film) => film.state === "assessed");
  const hasFailed = films.some((film) => film.state === "failed");
  const [first, ...others] = assessed;
  if (first) {
    // Thresholds differ between age groups, so the excess decides.
    const likeliest = others.reduce(
      (best, film) => (excess(film) > excess(best) ? film : best),
      first,
    );
    return { assessment: likeliest, hasFailedFilm: hasFailed };
  }
  if (films.some((film) => film.state === "pending")) {
    return { assessment: { state: "pending" }, hasFailedFilm: false };
  }
  const refused = films.find((film) => film.state === "refused");
  const reason = hasFailed ? "error" : (refused?.reason ?? "error");
  return {
    assessment: { state: "not-assessed", reason },
    hasFailedFilm: false,
  };
}

function excess(film: { probability: number; threshold: number }): number {
  return film.probability - film.threshold;
}
