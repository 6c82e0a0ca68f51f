import type { Film, FilmInfo } from "../types.ts";

/** Everything about a film but its pixels. */
export function describeFilm(film: Film): FilmInfo {
  const info: FilmInfo & { pixels?: unknown } = { ...film };
  delete info.pixels;
  return info;
}
