/** Some 15 kB each: the thumbnails of several full pages. */
const KEPT = 400;

/**
 * Small pictures of patients in this page's own memory. The browser may not
 * keep them (its cache outlives the session and serves whoever signs in
 * next); the page does, so that going to and fro stays quick, and they end
 * with it.
 */
export class PictureStore {
  readonly #pictures = new Map<string, Promise<string>>();

  /** An address for an `img`, fetched once; throws where it cannot be had. */
  load(path: string): Promise<string> {
    const known = this.#pictures.get(path);
    const picture = known ?? this.#fetch(path);
    this.#pictures.delete(path); // so that the map's order is by use
    this.#pictures.set(path, picture);
    for (const [oldest, unused] of this.#pictures) {
      if (this.#pictures.size <= KEPT) break;
      this.#pictures.delete(oldest);
      release(unused);
    }
    return picture;
  }

  /** Forgets all of them, at the end of the session. */
  clear(): void {
    for (const picture of this.#pictures.values()) release(picture);
    this.#pictures.clear();
  }

  #fetch(path: string): Promise<string> {
    const picture = fetchPicture(path);
    picture.catch(() => {
      if (this.#pictures.get(path) === picture) this.#pictures.delete(path);
    });
    return picture;
  }
}

/** The one of this page. */
export const pictures = new PictureStore();

async function fetchPicture(path: string): Promise<string> {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) throw new Error(`${path}: ${String(answer.status)}`);
  return URL.createObjectURL(await answer.blob());
}

function release(picture: Promise<string>): void {
  picture.then(
    (address) => URL.revokeObjectURL(address),
    () => undefined,
  );
}
