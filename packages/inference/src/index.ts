export { InferenceError, type InferenceErrorCode } from "./errors.ts";
export { decodeFilm } from "./image/decode-film.ts";
export { DEFAULT_FILM_LIMITS, type FilmLimits } from "./image/film-limits.ts";
export type * from "./types.ts";
