export { hasNativeEngine } from "./backend.ts";
export { createClassifier, type ChestXrayClassifier } from "./classifier.ts";
export { InferenceError, type InferenceErrorCode } from "./errors.ts";
export { decodeFilm } from "./image/decode-film.ts";
export { describeFilm } from "./image/describe-film.ts";
export { DEFAULT_FILM_LIMITS, type FilmLimits } from "./image/film-limits.ts";
export { renderOverlay } from "./image/overlay.ts";
export { renderFilm, type RenderOptions } from "./image/render-film.ts";
export {
  defaultModelDir,
  findModelDir,
  listModels,
} from "./models/registry.ts";
export {
  createInferencePool,
  type InferencePool,
  type InferencePoolOptions,
} from "./pool/inference-pool.ts";
export {
  openForwardPass,
  type ForwardOutput,
  type ForwardPass,
} from "./timing/forward-pass.ts";
export { measureStages, type StageTimes } from "./timing/measure-stages.ts";
export { ONNX_NAMES } from "./timing/onnx-network.ts";
export type * from "./types.ts";
