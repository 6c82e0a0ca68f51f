import {
  type FilmDetails,
  NO_DETAILS,
  mergeDetails,
  problemsOf,
  toApiDetails,
} from "../film-details/film-details.ts";
import { isCdIndex } from "./by-files.ts";
import { readFileFacts } from "./film-kind.ts";
import { SendFailure, type SendFilm } from "./send-film.ts";
import {
  type FilmStatus,
  type UploadFilm,
  type UploadState,
  retryAfter,
} from "./upload-state.ts";

/** A browser opens six connections to a site; two stay free for the page. */
const AT_ONCE = 4;

export interface UploadManagerOptions {
  send: SendFilm;
  newId: () => string;
  todayIso: () => string;
  /** Called when the API says that the session is over. */
  onSessionEnded: () => void;
  /** Runs `work` later; handed in so that tests need not wait. */
  later: (work: () => void, ms: number) => void;
  /** Films wait until a site is chosen; false where there is only one. */
  needsSite: boolean;
}

export interface NamedFile {
  file: File;
  /** With its folders. */
  path: string;
}

/**
 * Brings films to the server, a few at once. It outlives the upload page, so
 * that people can look at something else while films are on their way.
 */
export class UploadManager {
  #state: UploadState;
  readonly #options: UploadManagerOptions;
  readonly #files = new Map<string, File>();
  readonly #running = new Map<string, AbortController>();
  readonly #attempts = new Map<string, number>();
  readonly #listeners = new Set<() => void>();

  constructor(options: UploadManagerOptions) {
    this.#options = options;
    this.#state = {
      films: [],
      shared: NO_DETAILS,
      siteId: null,
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly read = (): UploadState => this.#state;

  /** The film's bytes, for a small picture of it; gone after a reload. */
  file(id: string): File | undefined {
    return this.#files.get(id);
  }

  /** Shows the films of before a reload, once. */
  takeUp(earlier: readonly UploadFilm[]): void {
    const known = new Set(this.#state.films.map(({ id }) => id));
    const missing = earlier.filter(({ id }) => !known.has(id));
    if (missing.length > 0) {
      this.#change({ films: [...missing, ...this.#state.films] });
    }
  }

  /** Takes films in; DICOM goes at once, pictures wait for a person. */
  async add(files: readonly NamedFile[]): Promise<void> {
    const films = files.map(({ file, path }): UploadFilm => {
      const id = this.#options.newId();
      this.#files.set(id, file);
      const status = { step: "new" } as const;
      return {
        id,
        name: path,
        bytes: file.size,
        kind: null,
        status,
        details: {},
      };
    });
    this.#change({ films: [...this.#state.films, ...films] });
    const discs = foldersOfDiscs(files);
    for (const { id, name } of films) {
      const isOnCd = discs.some((folder) => name.startsWith(folder));
      await this.#sort(id, isOnCd);
    }
  }

  async #sort(id: string, isOnCd: boolean): Promise<void> {
    const file = this.#files.get(id);
    if (!file) return;
    try {
      const path = this.#find(id)?.name ?? file.name;
      const { kind, aside } = await readFileFacts(file, path, {
        isOnCd,
      });
      const status: FilmStatus =
        aside === null ? startOf(kind) : { step: "aside", kind: aside };
      this.#update(id, { kind, status });
    } catch {
      // The file was moved or deleted since it was chosen.
      this.#fail(id, "FILE_GONE", null);
    }
    this.#pump();
  }

  /** Sends what was set aside all the same. */
  sendAside(ids: readonly string[]): void {
    for (const id of ids) {
      const film = this.#find(id);
      if (film?.status.step !== "aside") continue;
      this.#update(id, { status: startOf(film.kind) });
    }
    this.#pump();
  }

  setShared(change: Partial<FilmDetails>): void {
    this.#change({ shared: { ...this.#state.shared, ...change } });
  }

  setSite(siteId: string | null): void {
    this.#change({ siteId });
    this.#pump();
  }

  setDetails(id: string, change: Partial<FilmDetails>): void {
    const film = this.#find(id);
    if (film) this.#update(id, { details: { ...film.details, ...change } });
  }

  /** Sends pictures that were held; those with mistakes in them stay. */
  release(ids: readonly string[]): void {
    for (const id of ids) {
      const film = this.#find(id);
      if (film?.status.step !== "held") continue;
      if (Object.keys(this.problems(film)).length > 0) continue;
      this.#update(id, { status: { step: "queued" } });
    }
    this.#pump();
  }

  problems(film: UploadFilm): ReturnType<typeof problemsOf> {
    const merged = mergeDetails(this.#state.shared, film.details);
    return problemsOf(merged, this.#options.todayIso());
  }

  retry(ids: readonly string[]): void {
    for (const id of ids) {
      const isFailed = this.#find(id)?.status.step === "failed";
      if (!isFailed || !this.#files.has(id)) continue;
      this.#attempts.delete(id);
      this.#update(id, { status: { step: "queued" } });
    }
    this.#pump();
  }

  /** Sends a refused film again as the chest film that a person says it is. */
  takeAsChest(id: string): void {
    const status = this.#find(id)?.status;
    const isRefused = status?.step === "done" && status.result.canBeTaken;
    if (!isRefused || !this.#files.has(id)) return;
    this.#update(id, { isTakenAsChest: true, status: { step: "queued" } });
    this.#pump();
  }

  /** Whether the bytes are still here to be sent again. */
  canRetry(id: string): boolean {
    return this.#files.has(id);
  }

  /** Takes a film off the list; one on its way is stopped. */
  remove(ids: readonly string[]): void {
    for (const id of ids) {
      this.#running.get(id)?.abort();
      this.#files.delete(id);
    }
    this.#change({
      films: this.#state.films.filter((film) => !ids.includes(film.id)),
    });
    this.#pump();
  }

  #pump(): void {
    if (this.#options.needsSite && this.#state.siteId === null) return;
    for (const film of this.#state.films) {
      if (this.#running.size >= AT_ONCE) return;
      if (film.status.step === "queued") void this.#send(film);
    }
  }

  async #send(film: UploadFilm): Promise<void> {
    const { id } = film;
    const file = this.#files.get(id);
    if (!file) return;
    const abort = new AbortController();
    this.#running.set(id, abort);
    this.#update(id, { status: { step: "sending", sent: 0 } });
    try {
      const result = await this.#options.send({
        file,
        siteId: this.#state.siteId,
        details: toApiDetails(mergeDetails(this.#state.shared, film.details)),
        takeAsChest: film.isTakenAsChest ?? false,
        signal: abort.signal,
        onProgress: (sent) =>
          this.#update(id, { status: { step: "sending", sent } }),
      });
      this.#update(id, { status: { step: "done", result } });
    } catch (error) {
      this.#afterFailure(id, error);
    }
    this.#running.delete(id);
    this.#pump();
  }

  #afterFailure(id: string, error: unknown): void {
    const { code, message } =
      error instanceof SendFailure
        ? error
        : { code: "FILE_GONE", message: null };
    if (code === "ABORTED") return;
    if (code === "UNAUTHENTICATED") this.#options.onSessionEnded();
    // A line that breaks again and again and yet brings something arrives.
    const hasMoved = error instanceof SendFailure && error.hasMoved;
    const attempt = hasMoved ? 1 : (this.#attempts.get(id) ?? 0) + 1;
    this.#attempts.set(id, attempt);
    const wait = retryAfter(code, attempt);
    if (wait === null) {
      this.#fail(id, code, message);
      return;
    }
    const before = this.#find(id)?.status;
    const sent = hasMoved && before?.step === "sending" ? before.sent : null;
    const progress = sent === null ? {} : { sent };
    this.#update(id, {
      status: { step: "retrying", code, attempt, ...progress },
    });
    this.#options.later(() => {
      if (this.#find(id)?.status.step !== "retrying") return;
      this.#update(id, { status: { step: "queued" } });
      this.#pump();
    }, wait);
  }

  #fail(id: string, code: string, message: string | null): void {
    this.#update(id, { status: { step: "failed", code, message } });
  }

  #find(id: string): UploadFilm | undefined {
    return this.#state.films.find((film) => film.id === id);
  }

  #update(id: string, change: Partial<UploadFilm>): void {
    if (!this.#find(id)) return;
    this.#change({
      films: this.#state.films.map((film) =>
        film.id === id ? { ...film, ...change } : film,
      ),
    });
  }

  #change(change: Partial<UploadState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** Pictures wait for a person, who knows whose they are. */
function startOf(kind: UploadFilm["kind"]): FilmStatus {
  return { step: kind === "picture" ? "held" : "queued" };
}

/** Folders with the index of a CD in them, each with its slash. */
function foldersOfDiscs(files: readonly NamedFile[]): string[] {
  return files.flatMap(({ path }) => {
    const slash = path.lastIndexOf("/");
    const isIndex = slash > 0 && isCdIndex(path.slice(slash + 1));
    return isIndex ? [path.slice(0, slash + 1)] : [];
  });
}
