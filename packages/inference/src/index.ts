export { availableEngines, openNet } from "./engine/open-net.ts";
export {
  FINDINGS,
  findingCalled,
  type CatalogueEntry,
} from "./findings/catalogue.ts";
export { createClassifier, type ChestXrayClassifier } from "./classifier.ts";
export { InferenceError, type InferenceErrorCode } from "./errors.ts";
export { decodeFilm } from "./image/decode-film.ts";
export type {
  HeaderElement,
  HeaderList,
  HeaderSubject,
} from "./image/film-header.ts";
export { describeFilm } from "./image/describe-film.ts";
export { DEFAULT_FILM_LIMITS, type FilmLimits } from "./image/film-limits.ts";
export { renderOverlay } from "./image/overlay.ts";
export {
  AS_STORED,
  orientedSize,
  orientPoint,
  orientRect,
  type FilmOrientation,
} from "./image/orient-film.ts";
export { renderFilm, type RenderOptions } from "./image/render-film.ts";
export { highestPoint } from "./evaluate/localisation.ts";
export { readManifest, type ManifestRow } from "./evaluate/manifest.ts";
export { bootstrap } from "./metrics/bootstrap.ts";
export {
  beyondChance,
  calibrationError,
  chanceOfCalibrationError,
} from "./metrics/calibration-error.ts";
export type { SharedFilm, ShareOptions } from "./image/share-film.ts";
export { cohenKappaFigure, fleissKappaFigure } from "./metrics/agreement.ts";
export {
  CHANGE_LIMIT,
  FILMS_BEFORE_WATCH,
  changeLevel,
  newChangeWatch,
  watchNext,
  watchedFilms,
  type ChangeWatch,
} from "./metrics/change-watch.ts";
export { designEffectOf, proportion, type Figure } from "./metrics/figure.ts";
export {
  harmOf,
  operatingPoints,
  type OperatingPoint,
  type ScoreBin,
} from "./metrics/operating-points.ts";
export { auroc } from "./metrics/ranking.ts";
export { scoredSet, type ScoredSet } from "./metrics/scored-set.ts";
export {
  kolmogorovSmirnov,
  populationStability,
} from "./metrics/two-samples.ts";
export { prepareFilm, toTrunkScale } from "./models/preprocess.ts";
export {
  defaultModelDir,
  findModelDir,
  listModels,
} from "./models/registry.ts";
export { sealModel } from "./models/seal.ts";
export { trainingPatient } from "./models/training-record.ts";
export { readModelManifest, readSealedManifest } from "./models/weights.ts";
export { createInferencePool } from "./pool/inference-pool.ts";
export type {
  InferencePool,
  InferencePoolOptions,
} from "./pool/pool-interface.ts";
export type * from "./types.ts";
export { GATE_REASONS } from "./types.ts";
