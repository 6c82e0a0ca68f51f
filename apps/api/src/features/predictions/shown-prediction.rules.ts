/** Where the live model stands with one film of a case. */
export type FilmAnswer =
  | { state: "pending" }
  /** Its job ended without a prediction. */
  | { state: "failed" }
  | { state: "refused"; predictionId: string; reason: string }
  | {
      state: "assessed";
      predictionId: string;
      /** Of the leading finding, calibrated, 0 to 1. */
      probability: number;
      threshold: number;
    };

/** What the films of a case say together. */
export interface ShownPrediction {
  /** The prediction that the case shows; null where there is none. */
  predictionId: string | null;
  assessment:
    | { state: "pending" }
    | { state: "not-assessed"; reason: string }
    | { state: "assessed"; probability: number; threshold: number };
  /** Beside an assessed film lies one whose job failed for good. */
  hasFailedFilm: boolean;
}

/**
 * Which prediction a case shows. The only place that chooses: urgency,
 * screens, signatures and exports follow `Case.shownPredictionId`. The film
 * that exceeds its threshold most counts; a lateral view beside an assessed
 * frontal one does no harm, and nothing is "not assessed" while a film is
 * still on its way.
 */
export function chooseShown(films: readonly FilmAnswer[]): ShownPrediction {
  const hasFailedFilm = films.some(({ state }) => state === "failed");
  const [first, ...others] = films.filter((film) => film.state === "assessed");
  if (first) {
    // Thresholds differ between age groups, so the excess decides.
    const { predictionId, probability, threshold } = others.reduce(
      (best, film) => (excess(film) > excess(best) ? film : best),
      first,
    );
    const assessment = { state: "assessed" as const, probability, threshold };
    return { predictionId, assessment, hasFailedFilm };
  }
  if (films.some(({ state }) => state === "pending")) {
    return {
      predictionId: null,
      assessment: { state: "pending" },
      hasFailedFilm: false,
    };
  }
  if (films.length === 0)
    return {
      predictionId: null,
      assessment: { state: "not-assessed", reason: "no-film" },
      hasFailedFilm: false,
    };
  const refused = films.find((film) => film.state === "refused");
  const reason = hasFailedFilm ? "error" : (refused?.reason ?? "error");
  return {
    predictionId: refused?.predictionId ?? null,
    assessment: { state: "not-assessed", reason },
    hasFailedFilm: false,
  };
}

function excess(film: { probability: number; threshold: number }): number {
  return film.probability - film.threshold;
}
