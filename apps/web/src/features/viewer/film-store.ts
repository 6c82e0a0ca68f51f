import { fetchFilm } from "./film-pixels.ts";
import type { Film } from "./viewer-contract.ts";

type FilmSource = Parameters<typeof fetchFilm>[0];

/** A chest film of 3000 × 3000 pixels takes 18 MB; a case has few of them. */
const KEPT_FILMS = 6;

/** The films of the page, fetched once; the one longest unused goes first. */
export class FilmStore {
  readonly #films = new Map<string, Promise<Film>>();

  /** @throws FilmError; asking again after a failure fetches again */
  load(source: FilmSource): Promise<Film> {
    const known = this.#films.get(source.id);
    const film = known ?? this.#fetch(source);
    this.#films.delete(source.id);
    this.#films.set(source.id, film);
    for (const id of this.#films.keys()) {
      if (this.#films.size <= KEPT_FILMS) break;
      this.#films.delete(id);
    }
    return film;
  }

  #fetch(source: FilmSource): Promise<Film> {
    const film = fetchFilm(source, new AbortController().signal);
    film.catch(() => {
      if (this.#films.get(source.id) === film) this.#films.delete(source.id);
    });
    return film;
  }
}
