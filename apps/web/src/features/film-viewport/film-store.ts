import { fetchFilm, fetchFilmOfCase, type StoredFilm } from "./film-pixels.ts";

type FilmSource = Parameters<typeof fetchFilm>[0];

/** A chest film of 3000 × 3000 pixels takes 18 MB; a case has few of them. */
const KEPT_FILMS = 6;

/** The films of the page, fetched once; the one longest unused goes first. */
export class FilmStore {
  readonly #films = new Map<string, Promise<StoredFilm>>();
  /** Films on their way by case, as long as nobody knows which they are. */
  readonly #coming = new Map<string, Promise<void>>();
  /** Which film a case opened with. */
  readonly #firstOf = new Map<string, string>();

  /**
   * Fetches the film that a case opens with, before the case says which that
   * is. What goes wrong is told to who asks for the film itself.
   */
  expect(caseId: string): void {
    const first = this.#firstOf.get(caseId);
    const isHere = first !== undefined && this.#films.has(first);
    if (isHere || this.#coming.has(caseId)) return;
    const coming = fetchFilmOfCase(caseId, new AbortController().signal)
      .then((film) => {
        this.#firstOf.set(caseId, film.id);
        this.#keep(film.id, Promise.resolve(film));
      })
      .catch(() => undefined)
      .finally(() => this.#coming.delete(caseId));
    this.#coming.set(caseId, coming);
  }

  /** @throws FilmError; asking again after a failure fetches again */
  async load(source: FilmSource): Promise<StoredFilm> {
    // It may be one of those that are on their way.
    if (!this.#films.has(source.id)) await Promise.all(this.#coming.values());
    const film = this.#films.get(source.id) ?? this.#fetch(source);
    this.#keep(source.id, film);
    return film;
  }

  #keep(id: string, film: Promise<StoredFilm>): void {
    this.#films.delete(id);
    this.#films.set(id, film);
    for (const longest of this.#films.keys()) {
      if (this.#films.size <= KEPT_FILMS) break;
      this.#films.delete(longest);
    }
  }

  #fetch(source: FilmSource): Promise<StoredFilm> {
    const film = fetchFilm(source, new AbortController().signal);
    film.catch(() => {
      if (this.#films.get(source.id) === film) this.#films.delete(source.id);
    });
    return film;
  }
}
